"""Follows the clock of a PostgreSQL server without a query for each moment."""

from __future__ import annotations

from datetime import datetime, timedelta

from eds_tui.domain.clock import Clock


class ServerClock:
    """What the server's clock says, whatever the machine's own does meanwhile.

    Several machines share a database: what they store is of one time, the server's. It is asked
    whenever a connection is taken up; in between, the seconds since then are added.

    Args:
        own: The machine's clock.
    """

    def __init__(self, own: Clock) -> None:
        self._own = own
        self._known: tuple[datetime, float] | None = None

    def __call__(self) -> datetime:
        """Return the moment; before the server has ever answered, by the machine's own clock."""
        if self._known is None:
            return self._own()
        known, at = self._known
        return known + timedelta(seconds=self._own.seconds() - at)

    def seconds(self) -> float:
        """Return seconds that only grow: the machine's."""
        return self._own.seconds()

    def era(self) -> str:
        """Return of which seconds these are."""
        return self._own.era()

    def skew(self) -> timedelta | None:
        """Return by how much the machine's own clock is ahead of the server's."""
        return self._own() - self()

    def note(self, moment: datetime, asked: float, answered: float) -> None:
        """Take note of the time, unless it is what was known, as closely as an answer shows.

        Args:
            moment: What the server said.
            asked: The seconds at which it was asked.
            answered: The seconds at which it had answered.
        """
        if self._known is not None:
            known, at = self._known
            expected = at + (moment - known).total_seconds()
            if asked <= expected <= answered:
                return
        self._known = (moment, (asked + answered) / 2)
