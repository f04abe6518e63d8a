"""Picking one of several, by arrow or by typing part of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input
from textual.widgets.option_list import Option

from eds_tui.domain.folding import fold
from eds_tui.domain.text import one_line
from eds_tui.ui.dialogs.dialog import CLOSE, Dialog
from eds_tui.ui.widgets.buttons import Button
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.name_list import NameList


class PickDialog(Dialog[int]):
    """Lines to choose from; typing leaves those that have the text. Returns the place, from 0."""

    BUTTONS = (Button("Choose", "submit"), CLOSE)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
    ]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(title, "Type to find   ↑ ↓ Move   Enter Choose   Esc Close")
        self._lines = [one_line(line) for line in lines]
        self._found = list(range(len(lines)))

    def content(self) -> ComposeResult:
        """Draw the field and the lines."""
        yield LineInput(placeholder="part of the name")
        names = NameList(*(Option(Content(line)) for line in self._lines), compact=True)
        names.can_focus = False
        yield names

    def on_mount(self) -> None:
        """Begin with the first line."""
        self.query_one(NameList).highlighted = 0 if self._lines else None

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Leave the lines that have every word that is typed."""
        words = fold(event.value).split()
        folded = [fold(line) for line in self._lines]
        self._found = [i for i, line in enumerate(folded) if all(word in line for word in words)]
        names = self.query_one(NameList)
        names.clear_options()
        names.add_options([Option(Content(self._lines[place])) for place in self._found])
        names.highlighted = 0 if self._found else None

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        names = self.query_one(NameList)
        if step > 0:
            names.action_cursor_down()
        else:
            names.action_cursor_up()

    @on(Input.Submitted)
    def chosen(self) -> None:
        """Return the place of the line under the cursor."""
        highlighted = self.query_one(NameList).highlighted
        if highlighted is not None and self._found:
            self.dismiss(self._found[highlighted])
