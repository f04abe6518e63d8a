"""Picking one of several, by arrow or by typing part of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from eds_tui.ui.dialogs.dialog import CLOSE, Dialog
from eds_tui.ui.widgets.buttons import Button
from eds_tui.ui.widgets.name_finder import NameFinder


class PickDialog(Dialog[int]):
    """Lines to choose from; typing leaves those that have the text. Returns the place, from 0."""

    BUTTONS = (Button("Choose", "submit"), CLOSE)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
    ]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(title, "Type to find   ↑ ↓ Move   Enter Choose   Esc Close")
        self._finder = NameFinder(lines)

    def content(self) -> ComposeResult:
        """Draw the field and the lines."""
        return self._finder.content()

    def on_mount(self) -> None:
        """Begin with the first line."""
        self._finder.begin()

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Leave the lines that have every word that is typed."""
        self._finder.narrow(event.value)

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        self._finder.step(step)

    @on(Input.Submitted)
    def chosen(self) -> None:
        """Return the place of the line under the cursor."""
        if self._finder.place is not None:
            self.dismiss(self._finder.place)
