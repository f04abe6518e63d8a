"""What must not slow down with the number of incidents and schools, at a size that is asked for.

What is measured is one class of figures a matter, each with its ``figures`` and a ``measure`` that
is given a database; another one is added to ``GROWING``. Those are measured with a tenth of the
incidents first, and how much each figure has grown is a figure of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Protocol

from eds_tui.repository.unit_of_work import Database
from tests.benchmarks import stock
from tests.benchmarks.figures import Figure, Reading
from tests.benchmarks.parts import Part
from tests.benchmarks.product import Product
from tests.benchmarks.scale_alike import AlikeScale
from tests.benchmarks.scale_check import CheckScale
from tests.benchmarks.scale_counts import CountScale
from tests.benchmarks.scale_housekeeping import HousekeepingScale
from tests.benchmarks.scale_kiosk import KioskScale
from tests.benchmarks.scale_lists import ListScale
from tests.benchmarks.scale_number import NumberScale
from tests.benchmarks.scale_paging import PagingScale
from tests.benchmarks.scale_schools import SchoolScale
from tests.benchmarks.scale_search import SearchScale

INCIDENTS = 1_000_000


class Matter(Protocol):
    """Figures of one matter in one kind of database."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What is measured."""

    def measure(self, database: Database) -> Iterator[Reading]:
        """Give a reading of each figure."""


GROWING: tuple[Callable[[str], Matter], ...] = (
    ListScale,
    CountScale,
    SchoolScale,
    SearchScale,
    NumberScale,
    HousekeepingScale,
    AlikeScale,
    CheckScale,
)
"""Each makes its figures for the name of a kind of database."""
TIMES_ROWS = 10
"""How many times as many incidents the larger of the two databases has."""
KINDS: dict[str, Callable[[int], AbstractContextManager[Database]]] = {
    "SQLite": stock.sqlite,
    "PostgreSQL": stock.postgres,
}


def parts(incidents: int = INCIDENTS, kinds: Iterable[str] = KINDS) -> tuple[Part, ...]:
    """Return a part for each kind of database, of so many incidents, and one for all of them."""
    asked = tuple(kinds)
    paging = PagingScale({kind: partial(KINDS[kind], incidents) for kind in asked})
    return (
        *(_part(kind, incidents) for kind in asked),
        Part(lambda _: paging.measure(), paging.figures),
    )


def _part(kind: str, incidents: int) -> Part:
    growing, kiosk = [make(kind) for make in GROWING], KioskScale(kind)
    tenth = incidents // TIMES_ROWS
    figures = [
        each
        for matter in growing
        for figure in matter.figures
        for each in (figure, figure.grown(tenth))
    ]
    measure = partial(_measure, kind, incidents, growing, kiosk)
    return Part(measure, (*figures, *kiosk.figures))


def _measure(
    kind: str, incidents: int, growing: Sequence[Matter], kiosk: Matter, _: Product
) -> Iterator[Reading]:
    tenth = incidents // TIMES_ROWS
    with KINDS[kind](tenth) as database:
        before = {
            reading.figure: reading.measured
            for matter in growing
            for reading in matter.measure(database)
        }
    with KINDS[kind](incidents) as database:
        for matter in growing:
            for reading in matter.measure(database):
                yield reading
                grown = reading.figure.grown(tenth)
                yield grown.of(reading.measured, before[reading.figure])
        yield from kiosk.measure(database)
