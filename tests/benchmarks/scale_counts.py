"""How long the counts beside the names of the lists take."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from eds_tui.domain.views import View
from eds_tui.repository.unit_of_work import Database
from tests.benchmarks import many
from tests.benchmarks.figures import Figure, Reading
from tests.benchmarks.scale_lists import HANDLER
from tests.benchmarks.timing import Times, clock_of

ROUNDS = 25
AT_MOST_MS = 5.0


class CountScale:
    """The figures of the counts in one kind of database."""

    def __init__(self, kind: str) -> None:
        self._counts = Figure(f"{kind}: counts of all lists", "ms", at_most=AT_MOST_MS)
        self._open = Figure(f"{kind}: open incidents that are counted", "rows")
        self.figures = (self._counts, self._open)

    def measure(self, database: Database) -> Iterator[Reading]:
        """Give a reading of each."""
        times = Times(clock_of(database))
        for _ in range(ROUNDS):
            times.of(partial(_counted, database))
        yield self._counts.of(times.median)
        yield self._open.of(_counted(database)[View.OPEN])


def _counted(database: Database) -> dict[View, int]:
    with database.reading() as work:
        return work.incidents.counts(HANDLER, many.NOW)
