"""A line to type part of a name in, and the names that have it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets.option_list import Option

from eds_tui.domain.folding import fold
from eds_tui.domain.text import one_line
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.name_list import NameList


class NameFinder:
    """Lines to choose from; typing leaves those that have every word.

    Args:
        lines: Of any origin; the first is marked to begin with.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = [one_line(line) for line in lines]
        self._found = list(range(len(lines)))
        self.line = LineInput(placeholder="part of the name")
        """Where one types."""
        self._names = NameList(*(Option(Content(line)) for line in self._lines), compact=True)
        self._names.can_focus = False

    def content(self) -> ComposeResult:
        """Yield the field over the lines."""
        yield self.line
        yield self._names

    def begin(self) -> None:
        """Begin with the first line."""
        self._names.highlighted = 0 if self._lines else None

    def narrow(self, text: str) -> None:
        """Leave the lines that have every word of a text."""
        words = fold(text).split()
        folded = [fold(line) for line in self._lines]
        self._found = [i for i, line in enumerate(folded) if all(word in line for word in words)]
        self._names.clear_options()
        self._names.add_options([Option(Content(self._lines[place])) for place in self._found])
        self._names.highlighted = 0 if self._found else None

    def step(self, step: int) -> None:
        """Move the cursor."""
        if step > 0:
            self._names.action_cursor_down()
        else:
            self._names.action_cursor_up()

    def mark(self, place: int) -> None:
        """Put the cursor on a line that is there just now."""
        if place in self._found:
            self._names.highlighted = self._found.index(place)

    @property
    def place(self) -> int | None:
        """The place of the line under the cursor, from 0; ``None`` where none is left."""
        highlighted = self._names.highlighted
        return None if highlighted is None or not self._found else self._found[highlighted]
