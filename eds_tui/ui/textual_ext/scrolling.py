"""Finds rows that move up or down together, so that a terminal moves them by itself.

A key held down in a list moves every row by one. To send them all again is three times what the
change is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from eds_tui.ui.textual_ext.cells import Cell, Row, is_whole

LEAST_MOVED = 3
"""Rows that have to move together."""
_SAMPLED = 5
"""Of so many cells one is looked at to tell rows apart."""
_LEAST_SAVED = 40
"""Cells that must be saved by it: the sequences cost some too."""


@dataclass(frozen=True, kw_only=True)
class Scroll:
    """Rows that move, and those that leave or come in."""

    by: int
    """How far up; down where it is negative."""
    rows: Mapping[int, Row]
    """How each of them is to look, from the first to the last."""

    @property
    def top(self) -> int:
        """The first of the rows."""
        return min(self.rows)

    @property
    def bottom(self) -> int:
        """The last."""
        return max(self.rows)

    def moved(self, before: Mapping[int, Row]) -> dict[int, Row]:
        """Return how they look once they have moved; of those that came in nothing is known.

        Args:
            before: How they looked.
        """
        known = {y: before[y + self.by] if y + self.by in self.rows else {} for y in self.rows}
        return {y: dict(row) for y, row in known.items()}


def scroll_to(before: Mapping[int, Row], after: Mapping[int, Row]) -> Scroll | None:
    """Return what a terminal is to move first; ``None`` where that saves nothing.

    Args:
        before: How the rows of the screen look, as far as is known.
        after: How those that are drawn are to look.
    """
    changed = {y: row for y, row in after.items() if before.get(y) != row}
    if len(changed) < LEAST_MOVED:
        return None
    moves = _moves(before, changed)
    by, most = max(Counter(by for _, by in moves).items(), key=_votes, default=(0, 0))
    if most < LEAST_MOVED:
        return None
    places = [place for y, moved in moves if moved == by for place in (y, y + by)]
    rows = {y: after.get(y, before.get(y, {})) for y in range(min(places), max(places) + 1)}
    scroll = Scroll(by=by, rows=rows)
    return scroll if _can_move(scroll, before) and _saves(scroll, before) else None


def _moves(before: Mapping[int, Row], changed: Mapping[int, Row]) -> list[tuple[int, int]]:
    """Return which rows look as others did, and by how much those have moved up.

    What looks like several others, as an empty row does, says nothing.
    """
    places: dict[tuple[Cell | None, ...], int | None] = {}
    for y, row in before.items():
        sample = _sample(row)
        places[sample] = None if sample in places else y
    found = []
    for y, row in changed.items():
        other = places.get(_sample(row))
        if other is not None and other != y and before[other] == row:
            found.append((y, other - y))
    return found


def _sample(row: Row) -> tuple[Cell | None, ...]:
    """Return some cells of a row: to compare each row with each other costs more than to draw."""
    return tuple(map(row.get, range(0, len(row), _SAMPLED)))


def _votes(counted: tuple[int, int]) -> tuple[int, int]:
    by, votes = counted
    return votes, -abs(by)


def _can_move(scroll: Scroll, before: Mapping[int, Row]) -> bool:
    """Return whether all is known of the rows, before and after."""
    widths = {len(row) for row in scroll.rows.values()}
    widths |= {len(before.get(y, {})) for y in scroll.rows}
    return len(widths) == 1 and all(map(is_whole, scroll.rows.values()))


def _saves(scroll: Scroll, before: Mapping[int, Row]) -> bool:
    moved = scroll.moved(before)
    return _missing(moved, scroll.rows) + _LEAST_SAVED < _missing(before, scroll.rows)


def _missing(shown: Mapping[int, Row], rows: Mapping[int, Row]) -> int:
    """Return how many cells look otherwise than they are shown."""
    return sum(shown[y].get(x) != cell for y, row in rows.items() for x, cell in row.items())
