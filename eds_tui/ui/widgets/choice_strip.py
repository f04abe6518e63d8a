"""A choice side by side, made by one letter or digit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.events import Key, Paste
from textual.geometry import Offset, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from eds_tui.domain.folding import fold

Value = TypeVar("Value")


@dataclass(frozen=True)
class Option(Generic[Value]):
    """One thing that can be chosen."""

    value: Value
    key: str
    """The letter or digit that chooses it, in any case."""
    label: str
    explanation: str = ""
    """Said beside the strip while the cursor is on it."""


class ChoiceStrip(Widget, Generic[Value], can_focus=True):
    """Options side by side, in as many rows as they need; a letter or digit chooses and moves on.

    Left and right move the cursor, Space chooses what it is on, Enter moves on to the next field
    and chooses what the cursor was moved to: where it only came to stand, nothing is chosen. The
    chosen one stands between ▸ and ◂, so that it is seen without colour.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choice--option",
        "choice--chosen",
        "choice--cursor",
        "choice--key",
    }

    @dataclass
    class Changed(Message):
        """Another option was chosen, or the cursor is on another one."""

        strip: ChoiceStrip[Any]

        @property
        def control(self) -> ChoiceStrip[Any]:
            """The strip."""
            return self.strip

    def __init__(self, options: Sequence[Option[Value]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._options = options
        self.next: Widget | None = None
        """Where a choice moves on to; ``None`` is the next field of the screen."""
        self._cursor = 0
        self._moved = False
        """Whether the cursor was moved to where it is, by whoever has the focus here."""
        self._chosen: int | None = None

    @property
    def value(self) -> Value | None:
        """What is chosen."""
        return None if self._chosen is None else self._options[self._chosen].value

    @value.setter
    def value(self, value: Value | None) -> None:
        places = [i for i, option in enumerate(self._options) if option.value == value]
        self._chosen = places[0] if places else None
        self._cursor = self._chosen or 0
        self._changed()

    @property
    def explanation(self) -> str:
        """What is said about the option under the cursor."""
        return self._options[self._cursor].explanation

    def _changed(self) -> None:
        self.refresh()
        self.post_message(self.Changed(self))

    def on_key(self, event: Key) -> None:
        """Choose or move by a key; keys that mean nothing here go on to the screen."""
        typed = (event.character or "").casefold()
        for place, option in enumerate(self._options):
            if typed and typed == option.key.casefold():
                self._choose(place)
                self._move_on()
                break
        else:
            if not self._steer(event.key):
                return
        event.stop()
        event.prevent_default()

    def _steer(self, key: str) -> bool:
        match key:
            case "left" | "right":
                step = 1 if key == "right" else -1
                self._cursor = (self._cursor + step) % len(self._options)
                self._moved = True
                self._changed()
            case "space":
                self._choose(self._cursor)
            case "enter" | "ctrl+j":
                if self._moved:
                    self._choose(self._cursor)
                self._move_on()
            case _:
                return False
        return True

    def _choose(self, place: int) -> None:
        self._chosen = self._cursor = place
        self._changed()

    def _move_on(self) -> None:
        if self.next is None:
            self.screen.focus_next()
        else:
            self.next.focus()

    def on_paste(self, event: Paste) -> None:
        """Choose what is pasted by its name; what is none of them goes on to the screen."""
        text = fold(event.text).strip()
        names = [{fold(option.key), fold(option.label)} for option in self._options]
        for place, option in enumerate(names):
            if text in option:
                event.stop()
                event.prevent_default()
                self._choose(place)
                self._move_on()

    @property
    def cursor_cell(self) -> Offset:
        """The cell of the first letter of the option under the cursor."""
        row, before = self._places(self.size.width)[self._cursor]
        return Offset(1 + before, row)

    def _places(self, width: int) -> list[tuple[int, int]]:
        """Return the row of each option, and how many cells come before it there."""
        places: list[tuple[int, int]] = []
        row = before = 0
        for option in self._options:
            wide = cell_len(option.label) + 2
            if before and before + wide > width:
                row, before = row + 1, 0
            places.append((row, before))
            before += wide
        return places

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many rows the options need."""
        return self._places(width)[-1][0] + 1

    def on_focus(self) -> None:
        """Say what the option under the cursor means."""
        self._moved = False
        self._changed()

    def render_line(self, y: int) -> Strip:
        """Draw the options of a row."""
        option_style = self.get_component_rich_style("choice--option")
        chosen_style = self.get_component_rich_style("choice--chosen")
        segments: list[Segment] = []
        rows = [row for row, _ in self._places(self.size.width)]
        for place, option in enumerate(self._options):
            if rows[place] != y:
                continue
            chosen = place == self._chosen
            style = chosen_style if chosen else option_style
            if self.has_focus and place == self._cursor:
                style = self.get_component_rich_style("choice--cursor")
            left, right = ("▸", "◂") if chosen else (" ", " ")
            head, _, tail = option.label.partition(option.key)
            if head:
                segments.append(Segment(f"{left}{option.label}{right}", style))
            else:
                key_style = style + self.get_component_rich_style("choice--key", partial=True)
                segments += [
                    Segment(left, style),
                    Segment(option.key, key_style),
                    Segment(f"{tail}{right}", style),
                ]
        return Strip(segments).adjust_cell_length(self.size.width, option_style)
