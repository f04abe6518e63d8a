"""Picking one of several, by arrow or by typing part of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from eds_tui.domain.text import one_line
from eds_tui.ui.dialogs.dialog import CLOSE, Dialog
from eds_tui.ui.widgets.buttons import Button
from eds_tui.ui.widgets.find_list import FindList, FindRow


class PickDialog(Dialog[int]):
    """Lines to choose from; typing leaves those that have the text. Returns the place, from 0."""

    BUTTONS = (Button("Choose", "submit"), CLOSE)

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(title, "Type to find   ↑ ↓ Move   Enter Choose   Esc Close")
        self._rows = [_row(one_line(line)) for line in lines]

    def content(self) -> ComposeResult:
        """Draw the field and the lines."""
        yield FindList(self._rows, hint="part of the name")

    @on(FindList.Chosen)
    def chosen(self, event: FindList.Chosen) -> None:
        """Return the place of the line under the cursor."""
        self.dismiss(event.place)


def _row(line: str) -> FindRow:
    return FindRow(line, lambda width: Content(line))
