"""Picking one of a few."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from eds_tui.ui.dialogs.dialog import Dialog


class PickDialog(Dialog[int]):
    """Lines to choose from; returns the place of the one chosen, from 0."""

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(title, "↑ ↓ Move   Enter Choose   Esc Close")
        self._lines = lines

    def content(self) -> ComposeResult:
        """Draw the lines."""
        yield OptionList(
            *(Option(Content(line)) for line in self._lines), markup=False, compact=True
        )

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Return the place of the line."""
        self.dismiss(event.option_index)
