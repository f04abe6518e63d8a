"""How long housekeeping takes where nothing has come due, as it does every twenty seconds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from eds_tui.repository.unit_of_work import Database
from eds_tui.services.housekeeping import Housekeeping
from tests.benchmarks import many
from tests.benchmarks.bare_driver import driver_of
from tests.benchmarks.figures import CannotMeasure, Figure, Reading
from tests.benchmarks.timing import Times, clock_of
from tests.factories import SetClock

ROUNDS = 100
P95_MS = 2.0


class HousekeepingScale:
    """The figure of one kind of database."""

    def __init__(self, kind: str) -> None:
        name = f"{kind}: housekeeping with nothing to do, p95"
        self._figure = Figure(name, "ms", at_most=P95_MS)
        self.figures: tuple[Figure, ...] = (self._figure,)

    def measure(self, database: Database) -> Iterator[Reading]:
        """Give its reading, beside the shortest question there is."""
        housekeeping = Housekeeping(database, SetClock(many.NOW))
        housekeeping.run()
        if housekeeping.run():
            raise CannotMeasure("There is something to do for the housekeeping each time.")
        bare, ours = Times(clock_of(database)), Times(clock_of(database))
        for _ in range(ROUNDS):
            bare.of(partial(_asked, database))
            ours.of(housekeeping.run)
        yield self._figure.of(ours.p95, bare.p95)


def _asked(database: Database) -> object:
    with driver_of(database) as driver:
        driver.execute("SELECT 1")
        return driver.fetchone()
