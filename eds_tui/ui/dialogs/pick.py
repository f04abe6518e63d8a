"""Picking one of several, by arrow or by typing part of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from eds_tui.ui.dialogs.dialog import CLOSE, Dialog
from eds_tui.ui.widgets.buttons import Button
from eds_tui.ui.widgets.find_list import FindList, found_by_name


class PickDialog(Dialog[int]):
    """Lines to choose from; typing leaves those that have the text. Returns the place, from 0."""

    BUTTONS = (Button("Choose", "submit"), CLOSE)

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(title, "Type to find   ↑ ↓ Move   Enter Choose   Esc Close")
        self._rows = found_by_name(lines)

    def content(self) -> ComposeResult:
        """Draw the field and the lines."""
        yield FindList(self._rows, hint="part of the name")

    @on(FindList.Chosen)
    def chosen(self, event: FindList.Chosen) -> None:
        """Return the place of the line under the cursor."""
        self.dismiss(event.place)
