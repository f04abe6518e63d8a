"""Choosing a file from a folder tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from eds_tui.domain.errors import EdsError
from eds_tui.domain.file_names import Entry, shown_names
from eds_tui.domain.text import one_line, visible
from eds_tui.ui.dialogs.dialog import CLOSE, Dialog
from eds_tui.ui.runtime.background import in_thread_with_timeout, showing_errors
from eds_tui.ui.textual_ext.typeahead import BLOCKS_INPUT
from eds_tui.ui.widgets.buttons import Button
from eds_tui.ui.widgets.name_list import NameList

Folder = tuple[str, ...]
"""The names from the top of the tree down."""


class FilesDialog(Dialog[tuple[Folder, str]]):
    """Folders and files; Enter goes in or chooses, Backspace goes up. Returns folder and name.

    Args:
        read: Returns what is in a folder; runs in a thread.
    """

    BUTTONS = (Button("Choose", "choose"), Button("Folder above", "up"), CLOSE)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace,left", "up", show=False),
        Binding("ctrl+j", "choose", show=False),
    ]

    def __init__(self, *, read: Callable[[Folder], tuple[Entry, ...]]) -> None:
        super().__init__(
            "Attach a file of at most 20 MB", "Enter Choose   ← Folder above   Esc Close"
        )
        self._read = read
        self._folder: Folder = ()
        self._entries: tuple[Entry, ...] = ()

    def content(self) -> ComposeResult:
        """Draw the folder's name and what is in it."""
        yield Static("", id="folder", markup=False)
        yield NameList(markup=False, compact=True)

    def on_mount(self) -> None:
        """Show the top of the tree."""
        self._show(())

    @work(group=BLOCKS_INPUT)
    async def _show(self, folder: Folder) -> None:
        async with showing_errors(self._refuse):
            entries = await in_thread_with_timeout(self._read, folder)
            self._folder, self._entries = folder, entries
            names = self.query_one(NameList)
            names.clear_options()
            shown = shown_names(entry.name for entry in entries)
            labels = map(_label, shown, entries)
            names.add_options([Option(Content(label)) for label in labels])
            names.highlighted = 0 if entries else None
            where = " / ".join(("Your folder", *map(one_line, folder)))
            self._say(where if entries else f"{where}: nothing to choose here")

    def _refuse(self, error: EdsError) -> None:
        self._say(f"! {error.message}")

    def _say(self, text: str) -> None:
        self.query_one("#folder", Static).update(Content(visible(text)))

    @on(NameList.OptionSelected)
    def chosen(self, event: NameList.OptionSelected) -> None:
        """Go into a folder, or return a file."""
        entry = self._entries[event.option_index]
        if entry.is_folder:
            self._show((*self._folder, entry.name))
        else:
            self.dismiss((self._folder, entry.name))

    def action_choose(self) -> None:
        """Choose what the cursor is on."""
        self.query_one(NameList).action_select()

    def action_up(self) -> None:
        """Go to the folder above; the top has none."""
        if self._folder:
            self._show(self._folder[:-1])


def _label(shown: str, entry: Entry) -> str:
    return f"{shown}/" if entry.is_folder else f"{shown}   {entry.size:,} bytes"
