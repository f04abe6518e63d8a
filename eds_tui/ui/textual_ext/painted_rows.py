"""Which rows of a widget the terminal shows as they are by now, so that they are left alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence


class PaintedRows:
    """How each row looked whenever it was drawn since it was last to be painted."""

    def __init__(self) -> None:
        self._drawn: defaultdict[int, set[Hashable]] = defaultdict(set)

    def drew(self, row: int, look: Hashable) -> None:
        """Take note that a row has been drawn, for whatever reason, and maybe shown.

        Args:
            row: Counted from the top.
            look: All that decides how it looks.
        """
        self._drawn[row].add(look)

    def outdated(self, looks: Sequence[Hashable]) -> list[int]:
        """Return the rows that must be painted, which they are then taken to be.

        A row that was drawn in two ways is one of them, since nobody knows which one is shown.

        Args:
            looks: How each row looks now.
        """
        rows = [row for row, look in enumerate(looks) if self._drawn[row] != {look}]
        for row in rows:
            self._drawn[row] = {looks[row]}
        return rows
