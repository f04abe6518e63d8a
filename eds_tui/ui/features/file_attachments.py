"""Files that are chosen to be attached, one at a time, and chosen again from a draft (rule 7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eds_tui.domain.errors import Unavailable
from eds_tui.domain.incident import ChosenFile
from eds_tui.services.files import FileShelf
from eds_tui.ui import dialogs
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.forms import AttachFile, DropFile
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.widgets.files_field import FilesField


class FileAttachments:
    """Lets files be chosen and taken away again.

    Args:
        host: The screen.
        shelf: Where they are chosen from.
        chosen: Shows what is chosen.
        may_choose: Returns whether files can be attached just now, and says why not.
    """

    def __init__(
        self,
        *,
        host: Host,
        shelf: FileShelf,
        chosen: FilesField,
        may_choose: Callable[[], bool] = lambda: True,
    ) -> None:
        self.host = host
        self._shelf = shelf
        self._chosen_files = chosen
        self._may_choose = may_choose
        self._to_come: tuple[str, ...] = ()
        """Paths of a draft that have not been opened again yet."""

    def handlers(self) -> Handlers:
        """Return what is done for each command about files."""
        return {AttachFile: self.choose, DropFile: self.drop_last}

    def choose(self) -> None:
        """Choose a file to attach."""
        if self._may_choose():
            self.host.app.push_screen(dialogs.FilesDialog(read=self._shelf.entries), self._chosen)

    def _chosen(self, chosen: tuple[dialogs.Folder, str] | None) -> None:
        if chosen is not None:
            self._add(*chosen)

    @task(blocks_input=True)
    async def _add(self, folder: dialogs.Folder, name: str) -> None:
        self._chosen_files.add(await in_thread_with_timeout(self._shelf.choose, folder, name))

    def drop_last(self) -> None:
        """Take the file that was chosen last away again."""
        self._chosen_files.attach(self._chosen_files.files[:-1])

    @property
    def files(self) -> tuple[ChosenFile, ...]:
        """What is chosen."""
        return self._chosen_files.files

    def forget(self, files: tuple[ChosenFile, ...]) -> None:
        """Take files away that have been sent; what was chosen since stays."""
        left = list(self.files)
        for each in files:
            if each in left:
                left.remove(each)
        self._chosen_files.attach(tuple(left))

    def values(self) -> dict[str, Any]:
        """Return what a draft keeps: the paths of what is chosen; empty for nothing."""
        paths = [file.path for file in self.files]
        return {"files": paths} if paths else self.still_to_come()

    def still_to_come(self) -> dict[str, Any]:
        """Return what a draft keeps of files that are still to be chosen again."""
        return {"files": list(self._to_come)} if self._to_come else {}

    def restore(self, paths: tuple[str, ...]) -> None:
        """Choose the files of a draft again; one that is gone is named."""
        self._to_come = paths
        self._choose_again(paths)

    @task(blocks_input=True)
    async def _choose_again(self, paths: tuple[str, ...]) -> None:
        files, lost = await in_thread_with_timeout(self._shelf.choose_again, paths)
        self._to_come = ()
        self._chosen_files.attach(files)
        if lost:
            raise Unavailable(f"Not there any more, choose again: {', '.join(lost)}.")
