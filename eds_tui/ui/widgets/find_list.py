"""A field over a list of lines: what is typed leaves the lines that have it, Enter chooses one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input
from textual.widgets.option_list import Option

from eds_tui.domain.folding import fold
from eds_tui.domain.text import one_line
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.name_list import NameList

NOTHING = "Nothing has that in it."


@dataclass(frozen=True)
class FindRow:
    """A line of the list."""

    name: str
    """What it is called, and found by before all else."""
    draw: Callable[[int], Content]
    """Returns it for a width in cells; in as many lines of the terminal as it needs."""
    words: str = ""
    """What it is found by as well."""


class FindList(Vertical):
    """Arrows move in the list while one types; the likeliest comes first.

    A row whose name has words that begin so goes before one that has them anywhere, and that
    before one that has what is typed inside of words.

    Args:
        rows: The lines.
        hint: Said in the empty field.
        nothing: Said where no line has what is typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step('cursor_up')", show=False),
        Binding("down", "step('cursor_down')", show=False),
        Binding("pageup", "step('page_up')", show=False),
        Binding("pagedown", "step('page_down')", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """Enter was pressed with the cursor on a line."""

        place: int
        """That of the line among all, from 0."""

    def __init__(self, rows: Sequence[FindRow], *, hint: str, nothing: str = NOTHING) -> None:
        super().__init__()
        self._rows = rows
        self._nothing = nothing
        self._folded = [(fold(row.name), fold(f"{row.name} {row.words}")) for row in rows]
        self._found = list(range(len(rows)))
        self.field = LineInput(placeholder=hint)
        """Where one types."""
        self._names = NameList(compact=True)
        self._names.can_focus = False
        self._width = 0

    def compose(self) -> ComposeResult:
        """Put the field over the list."""
        yield self.field
        yield self._names

    def on_mount(self) -> None:
        """Show all lines, with the cursor on the first."""
        self._show(0)

    def on_resize(self) -> None:
        """Draw the lines for another width; the cursor stays."""
        if self._width != self.size.width:
            self._show(self._names.highlighted or 0)

    def _show(self, highlighted: int) -> None:
        self._width = self.size.width
        room = max(1, self._width - self._names.styles.scrollbar_size_vertical - 1)
        options = [Option(self._rows[place].draw(room)) for place in self._found]
        nothing = Option(Content(self._nothing), disabled=True)
        self._names.set_options(options or [nothing])
        self._names.highlighted = highlighted if options else None

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Leave the lines that have every word that is typed."""
        words = fold(event.value).split()
        lines = enumerate(self._folded)
        having = [place for place, (_, line) in lines if all(word in line for word in words)]
        self._found = sorted(having, key=lambda place: _rank(words, *self._folded[place]))
        self._show(0)

    @property
    def place(self) -> int | None:
        """The place of the line under the cursor among all, from 0; ``None`` where none is."""
        at = self._names.highlighted
        return None if at is None else self._found[at]

    def mark(self, place: int) -> None:
        """Put the cursor on a line that is there just now."""
        if place in self._found:
            self._show(self._found.index(place))

    @on(Input.Submitted)
    def choose(self, event: Input.Submitted) -> None:
        """Choose the line under the cursor."""
        event.stop()
        if (place := self.place) is not None:
            self.post_message(self.Chosen(place))

    async def action_step(self, move: str) -> None:
        """Move the cursor in the list."""
        await self._names.run_action(move)


def found_by_name(names: Sequence[str]) -> list[FindRow]:
    """Return rows that are their names alone, of any origin."""
    return [_named(one_line(name)) for name in names]


def _named(line: str) -> FindRow:
    return FindRow(line, lambda width: Content(line))


def _rank(words: Sequence[str], name: str, line: str) -> int:
    """Return how likely a line is meant: 0 is most."""
    for rank, text in enumerate((name, line)):
        begun = text.split()
        if all(any(each.startswith(word) for each in begun) for word in words):
            return rank
    return 2
