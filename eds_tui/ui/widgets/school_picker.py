"""Finding a school by anything the caller says (rule 31)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from eds_tui.domain.school import School, SchoolLookup
from eds_tui.domain.school_words import found_count
from eds_tui.ui.presentation.school_line import school_line
from eds_tui.ui.widgets.line_input import LineInput

SHOWN = 4
"""Schools that are shown below the field at a time."""


class SchoolInput(LineInput):
    """The one look-up field: up and down move in what was found, Enter takes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "pick(-1)", show=False),
        Binding("down", "pick(1)", show=False),
        Binding("tab", "take", show=False),
    ]

    @dataclass
    class Picked(Message):
        """The cursor in what was found is to move."""

        step: int

    class Left(Message):
        """Tab was pressed: what is found is meant, and the next field is wanted."""

    def action_take(self) -> None:
        """Ask for the school under the cursor to be taken, and go on to the next field."""
        self.post_message(self.Left())

    def action_pick(self, step: int) -> None:
        """Ask for the cursor in what was found to move."""
        self.post_message(self.Picked(step))


class SchoolResults(Widget):
    """What was found, with a cursor; says how many more there are.

    It has the same rows whatever is found, so that nothing below it moves while one types.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lookup = SchoolLookup.of("")
        self._schools: tuple[School, ...] = ()
        self._total = 0
        self._cursor = 0
        self.display = False

    @property
    def school(self) -> School | None:
        """The school under the cursor."""
        return self._schools[self._cursor] if self._schools else None

    def show(self, text: str, schools: tuple[School, ...], total: int) -> None:
        """Show what a look-up of a text found, with the cursor on the best."""
        self._lookup = SchoolLookup.of(text)
        self._schools, self._total, self._cursor = schools, total, 0
        self.display = True
        self.refresh()

    def hide(self) -> None:
        """Show nothing."""
        self._schools = ()
        self.display = False

    def move(self, step: int) -> None:
        """Move the cursor."""
        if self._schools:
            self._cursor = min(max(self._cursor + step, 0), len(self._schools) - 1)
            self.refresh()

    def render(self) -> Content:
        """Draw the schools around the cursor."""
        top = max(0, self._cursor - SHOWN + 1)
        lines = [self._line(place) for place in range(top, min(top + SHOWN, len(self._schools)))]
        if not lines:
            lines = [Content("  No school is found by that.")]
        elif self._total > SHOWN:
            count = f"{self._cursor + 1} of {found_count(self._total)}"
            lines.append(Content(f"  {count}; ↓ for more, or type more"))
        return Content("\n").join(lines)

    def _line(self, place: int) -> Content:
        mark = "▸ " if place == self._cursor else "  "
        width = self.content_size.width - len(mark)
        return Content(mark) + school_line(self._schools[place], self._lookup, width)


class CallerInput(LineInput):
    """The caller's name: up and down offer the people known at the school."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "offer(-1)", show=False),
        Binding("down", "offer(1)", show=False),
    ]

    @dataclass
    class Offered(Message):
        """Another known person is to be offered."""

        step: int

    def action_offer(self, step: int) -> None:
        """Ask for another known person."""
        self.post_message(self.Offered(step))
