"""What goes to the terminal: only the cells that changed, and no character that steers it.

Textual repaints whole regions; on a slow line that is most of the cost of a key. This keeps a copy
of what the terminal shows and sends the difference. It uses private parts of Textual, which is
pinned; ``tests/ui/test_terminal.py`` keeps it honest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from rich.cells import set_cell_size, split_graphemes
from rich.console import Console
from rich.segment import Segment
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

from eds_tui.domain.text import one_line
from eds_tui.host.terminals import MODERN, Kind
from eds_tui.ui.textual_ext.cells import Cell, Row, cells_of
from eds_tui.ui.textual_ext.scrolling import LEAST_MOVED, Scroll, scroll_to

_REWRITE_GAP = 6
"""Unchanged cells between two changed ones that cost no more than moving the cursor over them."""

_UNSTEADY = re.compile("[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff]").search
"""Marks that change the width of what they follow on some terminals only."""


class Frame:
    """A copy of what the terminal shows.

    Args:
        kind: What it can show.
    """

    def __init__(self, kind: Kind = MODERN) -> None:
        self.kind = kind
        self._rows: dict[int, Row] = {}
        self._drawn: dict[int, _Pieces] = {}
        """What a row was last drawn from; from the same again it is not taken to cells anew."""

    def use(self, kind: Kind) -> None:
        """Send from now on what another kind of terminal can show."""
        self.kind = kind
        self.forget()

    def forget(self) -> None:
        """Take nothing for granted: the next paint is sent whole."""
        self._rows.clear()
        self._drawn.clear()

    def difference(self, update: CompositorUpdate) -> str | None:
        """Return what to send so that the terminal shows an update.

        Args:
            update: What the compositor has drawn.

        Returns:
            Text and control sequences; ``None`` for a kind of update that is not known here.
        """
        pieces = _pieces(update)
        if pieces is None:
            return None
        drawn = [(y, x, cells_of(line, self.kind)) for y, x, line in self._drawn_anew(pieces)]
        out = _Output()
        if self.kind.moves_rows and len(drawn) >= LEAST_MOVED:
            drawn = self._scrolled(out, drawn)
        for y, x, cells in drawn:
            self._draw(out, y, x, cells)
        return out.finish()

    def _drawn_anew(self, pieces: Iterable[_Piece]) -> list[_Piece]:
        """Return the pieces of those rows that were last drawn from others."""
        anew: list[_Piece] = []
        for y, of_row in groupby(pieces, key=itemgetter(0)):
            row = list(of_row)
            drawn = [(x, *strip) for _, x, strip in row]
            if self._drawn.get(y) != drawn:
                self._drawn[y] = drawn
                anew += row
        return anew

    def _scrolled(self, out: _Output, drawn: list[_Drawn]) -> list[_Drawn]:
        """Have the terminal move what only moves, and return what is to be drawn then."""
        after: dict[int, Row] = {}
        for y, x, cells in drawn:
            row = after.setdefault(y, dict(self._rows.get(y, {})))
            row.update(enumerate(cells, x))
        scroll = scroll_to(self._rows, after)
        if scroll is None:
            return drawn
        out.scroll(scroll)
        self._rows |= scroll.moved(self._rows)
        whole = [(y, 0, [row[x] for x in range(len(row))]) for y, row in scroll.rows.items()]
        return [each for each in drawn if each[0] not in scroll.rows] + whole

    def _draw(self, out: _Output, y: int, x: int, cells: list[Cell]) -> None:
        row = self._rows.setdefault(y, {})
        changed = [i for i, cell in enumerate(cells) if row.get(x + i) != cell]
        if not changed:
            return
        row.update(enumerate(cells, x))
        for first, last in _runs(changed):
            start = first - cells[first][2]
            out.write(y, x + start, cells[start : last + 1])


_Piece = tuple[int, int, Strip]
"""Row, first column, and what stands there."""

_Pieces = list[tuple[int | Segment, ...]]
"""The pieces of a row, each its first column and its segments."""

_Drawn = tuple[int, int, list[Cell]]
"""Row, first column, and cells."""


class _Output:
    """Text and control sequences; the colours are set only where they change."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._sgr = ""

    def write(self, y: int, x: int, cells: list[Cell]) -> None:
        """Put cells at a place."""
        append = self._parts.append
        append(f"\x1b[{y + 1};{x + 1}H")
        for text, look, offset in cells:
            if offset:
                continue
            if look != self._sgr:
                append(f"\x1b[0;{look}m" if look else "\x1b[0m")
                self._sgr = look
            append(text)

    def scroll(self, scroll: Scroll) -> None:
        """Move rows within margins; those that come in are blank, or whatever a terminal makes."""
        # A line feed at the lower margin, or its reverse at the upper one, as a VT100 has them.
        at, step = (scroll.bottom, "\n") if scroll.by > 0 else (scroll.top, "\x1bM")
        self._parts.append(
            f"\x1b[{scroll.top + 1};{scroll.bottom + 1}r\x1b[{at + 1};1H"
            f"{step * abs(scroll.by)}\x1b[r"
        )

    def finish(self) -> str:
        """Return all that was put, with the colours set back."""
        if self._sgr:
            self._parts.append("\x1b[0m")
        return "".join(self._parts)


def _runs(changed: list[int]) -> Iterator[tuple[int, int]]:
    first = last = changed[0]
    for place in changed[1:]:
        if place - last > _REWRITE_GAP:
            yield first, last
            first = place
        last = place
    yield first, last


def _pieces(update: CompositorUpdate) -> Iterator[_Piece] | None:
    if isinstance(update, ChopsUpdate):
        return _chops(update)
    if isinstance(update, LayoutUpdate):
        return _layout(update)
    return None


def _chops(update: ChopsUpdate) -> Iterator[_Piece]:
    for y, x1, x2 in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > x2 or end <= x1:
                continue
            yield y, x, strip if end <= x2 else strip.crop(0, x2 - x)


def _layout(update: LayoutUpdate) -> Iterator[_Piece]:
    for y, strips in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in strips:
            yield y, x, strip
            x += strip.cell_length


class Encoded(CompositorUpdate):
    """An update that has been turned into what is to be sent."""

    def __init__(self, text: str) -> None:
        self._text = text

    def render_segments(self, console: Console) -> str:
        """Return what is to be sent."""
        return self._text


class Harmless(LineFilter):
    """Lets only text through that steers no terminal and is as wide on each, as the last wall."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with every other character replaced; each keeps its width."""
        return [
            segment
            if segment.control or (segment.text.isprintable() and not _UNSTEADY(segment.text))
            else Segment(_harmless(segment.text), segment.style)
            for segment in segments
        ]


@lru_cache(maxsize=2048)
def _harmless(text: str) -> str:
    return "".join(
        set_cell_size(one_line(text[start:end]), width)
        for start, end, width in split_graphemes(text)[0]
    )
