"""Asks for a work note and the files that go with it, of which no school sees any (rule 27)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from eds_tui.domain.incident import LONGEST_COMMENT, ChosenFile
from eds_tui.ui.dialogs.dialog import LEAVE_IT, Dialog
from eds_tui.ui.dialogs.dialog_text import DialogText, in_box
from eds_tui.ui.dialogs.write import REPLIES, SENDS, TYPE_FIRST
from eds_tui.ui.styles import sheets
from eds_tui.ui.widgets.buttons import Button
from eds_tui.ui.widgets.files_field import FilesField
from eds_tui.ui.widgets.text_box import TextBox


@dataclass(frozen=True)
class Note:
    """What was typed, and what is to be attached."""

    text: str
    files: tuple[ChosenFile, ...] = ()


class Attaching(Protocol):
    """Chooses the files of a dialog."""

    def choose(self) -> None:
        """Choose a file to attach."""

    def drop_last(self) -> None:
        """Take the file that was chosen last away again."""

    def values(self) -> dict[str, Any]:
        """Return what a draft keeps: the paths of what is chosen; empty for nothing."""

    def restore(self, paths: tuple[str, ...]) -> None:
        """Choose the files of a draft again."""


class WorkNoteDialog(Dialog[Note]):
    """Many lines with files below them; Ctrl+S returns both.

    Args:
        title: What is asked for.
        attaching: Returns what chooses the files of the dialog.
    """

    CSS_PATH = sheets("dialog", "field", "write")
    BINDINGS: ClassVar[list[BindingType]] = [
        *SENDS,
        *REPLIES,
        Binding("ctrl+t,f3", "attach", show=False, priority=True),
        Binding("ctrl+r,f4", "drop_file", show=False, priority=True),
    ]
    BUTTONS = (
        Button("Done", "send"), Button("Reply", "reply"), Button("Attach", "attach"),
        Button("Remove file", "drop_file"), LEAVE_IT,
    )  # fmt: skip

    def __init__(self, title: str, *, attaching: Callable[[WorkNoteDialog], Attaching]) -> None:
        super().__init__(title, "Ctrl+S Done  Ctrl+Y Reply  Ctrl+T Attach  Esc Leave it")
        self._box = TextBox(longest=LONGEST_COMMENT, id="text")
        self.chosen = FilesField()
        """What is chosen to be attached."""
        self._attaching = attaching(self)
        fields = in_box(lambda: self._box, choices=self._attaching.values, choose=self._choose)
        self.text: DialogText = DialogText(self, fields)

    def content(self) -> ComposeResult:
        """Draw the box, and below it the files."""
        yield self._box
        yield self.chosen
        yield from self.text.lines()

    def _choose(self, values: Mapping[str, Any]) -> None:
        if values.get("files"):
            self._attaching.restore(tuple(map(str, values["files"])))

    @on(TextBox.Full)
    def full(self, event: TextBox.Full) -> None:
        """Say that not everything fitted."""
        self.text.refuse(event.sentence)

    def action_attach(self) -> None:
        """Choose a file to attach."""
        self._attaching.choose()

    def action_drop_file(self) -> None:
        """Take the file that was chosen last away again."""
        self._attaching.drop_last()

    def action_reply(self) -> None:
        """Put a canned reply in."""
        self.text.ask_reply()

    def action_send(self) -> None:
        """Return the note, if there is one."""
        if self._box.text.strip():
            self.dismiss(Note(self._box.text, self.chosen.files))
        else:
            self.text.refuse(TYPE_FIRST)
            self._box.focus()
