"""The incidents of a list that are ticked, also those that the list holds no longer (rule 45)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from eds_tui.domain.views import IncidentRow


class Ticks:
    """Keeps the row of each ticked incident, however far the list has gone from it.

    A row that is out of sight is kept as it was seen last: what somebody else has changed since is
    not overwritten, since the decision names that version.
    """

    def __init__(self) -> None:
        self._rows: dict[int, IncidentRow] = {}

    def __contains__(self, number: int) -> bool:
        """Return whether the incident with a number is ticked."""
        return number in self._rows

    def __len__(self) -> int:
        """Return how many incidents are ticked."""
        return len(self._rows)

    def turn(self, row: IncidentRow) -> None:
        """Tick an incident, or untick it."""
        if self._rows.pop(row.number, None) is None:
            self._rows[row.number] = row

    def untick(self, numbers: Collection[int]) -> None:
        """Untick some incidents."""
        for number in numbers:
            self._rows.pop(number, None)

    def update(self, rows: Sequence[IncidentRow], *, whole: bool = False) -> None:
        """Keep rows as they are now.

        Args:
            rows: Some of the list.
            whole: Whether they are all of it: what is not among them has left it.
        """
        fresh = {row.number: row for row in rows}
        if whole:
            self.untick(self._rows.keys() - fresh.keys())
        self._rows |= {number: fresh[number] for number in self._rows.keys() & fresh.keys()}

    def in_order(self, rows: Sequence[IncidentRow]) -> tuple[IncidentRow, ...]:
        """Return what is ticked: of some rows in their order, then the others as they were ticked.

        Args:
            rows: Those that the list holds.
        """
        held = [row.number for row in rows if row.number in self._rows]
        others = [number for number in self._rows if number not in set(held)]
        return tuple(self._rows[number] for number in (*held, *others))
