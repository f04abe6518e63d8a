"""How soon an incident is there by its number, with all that its screen shows of it.

Numbers are drawn from all that there are, so that most have not been read before. In the middle
what counts is the program; nineteen of twenty take as long as whatever else the machine does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random

from sqlalchemy import func, select

from eds_tui.domain.account import Account
from eds_tui.repository.tables import incidents
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.queue import Queue
from tests.benchmarks import many
from tests.benchmarks.bare_driver import driver_of
from tests.benchmarks.figures import Figure, Reading
from tests.benchmarks.timing import Times, clock_of
from tests.factories import SetClock

ROUNDS = 400
AT_MOST_MS = 1.0
_SEED = 34
_INCIDENT = "SELECT * FROM incidents WHERE number = {:d}"
_COMMENTS = "SELECT * FROM comments WHERE incident_id = {:d} ORDER BY id"


class NumberScale:
    """The figures of one kind of database."""

    def __init__(self, kind: str) -> None:
        self._middle = Figure(f"{kind}: an incident by number", "ms", at_most=AT_MOST_MS)
        self._p95 = Figure(f"{kind}: an incident by number, p95", "ms")
        self.figures = (self._middle, self._p95)

    def measure(self, database: Database) -> Iterator[Reading]:
        """Give a reading of each, beside the same rows by the bare driver."""
        actor = handler(database)
        queue = Queue(database, SetClock(many.NOW))
        with database.engine.connect() as connection:
            last = connection.execute(select(func.max(incidents.c.number))).scalar_one()
        numbers = Random(_SEED).sample(range(1, last + 1), min(ROUNDS, last))
        bare, ours = Times(clock_of(database)), Times(clock_of(database))
        for number in numbers:
            bare.of(partial(_row, database, number))
            ours.of(partial(queue.open, actor, number, again=True))
        yield self._middle.of(ours.median, bare.median)
        yield self._p95.of(ours.p95, bare.p95)


def handler(database: Database) -> Account:
    """Return an account of the service centre."""
    with database.reading() as work:
        found, *_ = work.accounts.service_centre()
    return found


def _row(database: Database, number: int) -> object:
    with driver_of(database) as driver:
        driver.execute(_INCIDENT.format(number))
        row = driver.fetchone()
        assert row is not None
        driver.execute(_COMMENTS.format(row[0]))
        return row, driver.fetchall()
