"""What every key does in a place, and doing it: the help is the palette as well (rule 54)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from eds_tui.ui.commands.base import Command
from eds_tui.ui.dialogs.dialog import CLOSE, Dialog
from eds_tui.ui.styles import sheets
from eds_tui.ui.widgets.buttons import Button
from eds_tui.ui.widgets.find_list import FindList, FindRow

_KEYS = 16
"""Cells for the keys."""
_NOT_NOW = "Not now: "


@dataclass(frozen=True)
class HelpRow:
    """What a key does."""

    keys: str
    words: str
    label: str = ""
    """What the row of keys calls it."""
    command: type[Command] | None = None
    """What Enter does; ``None`` where only the key itself does it."""
    works: bool = True
    """Whether it does anything with what is shown just now."""

    @classmethod
    def of(cls, command: type[Command], *, works: bool) -> HelpRow:
        """Return the row of a command."""
        return cls(command.all_keys(), command.help(), command.label, command, works)

    def draw(self, width: int) -> Content:
        """Return the row, with its words beside its keys."""
        words = self.words if self.works else f"{_NOT_NOW}{self.words}"
        first, *rest = wrap(words, max(10, width - _KEYS)) or [""]
        # Keys that are too wide for their column push the words on.
        keys = self.keys.ljust(_KEYS - 1) + " "
        lines = [Content.assemble((keys, "bold"), first)]
        return Content("\n").join([*lines, *(Content(" " * _KEYS + line) for line in rest)])


class HelpDialog(Dialog[type[Command]]):
    """A row for each command of the place, and for each key that its parts answer.

    Part of what is wanted finds it. Returns the command that is to be done.

    Args:
        place: What the place is called.
        rows: What can be done there.
    """

    BUTTONS = (Button("Do it", "submit"), CLOSE)
    CSS_PATH = sheets("dialog", "find_list", "help")

    def __init__(self, place: str, rows: Sequence[HelpRow]) -> None:
        super().__init__(f"Keys: {place}", "Type to find   ↑ ↓ Move   Enter Do it   Esc Close")
        self._rows = rows

    def content(self) -> ComposeResult:
        """Draw the rows."""
        rows = [FindRow(f"{row.label} {row.keys}", row.draw, row.words) for row in self._rows]
        yield FindList(rows, hint="part of what you want to do")

    @on(FindList.Chosen)
    def do(self, event: FindList.Chosen) -> None:
        """Return the command under the cursor, or say why it can't be done from here."""
        row = self._rows[event.place]
        if not row.works:
            self.complain(f"{row.label}: that does nothing with what is shown there now.")
        elif row.command is None:
            self.complain("That is done by its own key, in the place itself.")
        else:
            self.dismiss(row.command)
