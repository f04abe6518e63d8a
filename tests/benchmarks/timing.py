"""Times calls by the processor where all of the work is done here, else by the clock."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time

from eds_tui.repository.engine import is_postgres
from eds_tui.repository.unit_of_work import Database


class Times:
    """The times that calls of one kind took.

    Args:
        clock: Gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._took: list[float] = []

    def of(self, call: Callable[[], object]) -> None:
        """Time a call."""
        began = self._clock()
        call()
        self._took.append((self._clock() - began) * 1000)

    @property
    def p95(self) -> float:
        """The milliseconds that nineteen of twenty keep to, but for the first that warms caches."""
        took = sorted(self._took[1:])
        return took[min(len(took) - 1, len(took) * 95 // 100)]

    @property
    def median(self) -> float:
        """The milliseconds that half of them keep to, but for the first."""
        return median(self._took[1:])


def clock_of(database: Database) -> Callable[[], float]:
    """Return the processor's clock, unless a server does part of the work."""
    return perf_counter if is_postgres(database.engine) else process_time
