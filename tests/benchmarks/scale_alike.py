"""How soon it is found what reads like a call among all that is open (rule 33)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random

from eds_tui.demo.data import read_data
from eds_tui.domain.lookalike import telling_words
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.search import Search
from tests.benchmarks import many
from tests.benchmarks.bare_driver import driver_of
from tests.benchmarks.figures import Figure, Reading
from tests.benchmarks.scale_number import handler
from tests.benchmarks.timing import Times, clock_of
from tests.factories import SetClock

P95_MS = 10.0
_SEED = 33
_LENGTHS = (25, 60, 300)
"""Characters after which somebody pauses in typing."""
_SCHOOL = 1
_SHARED = (
    "SELECT max(shared) FROM (SELECT count(*) AS shared FROM open_words"
    " WHERE word IN ({}) GROUP BY incident_id) AS counted"
)


class AlikeScale:
    """The figure of one kind of database."""

    def __init__(self, kind: str) -> None:
        self._figure = Figure(f"{kind}: alike elsewhere, p95", "ms", at_most=P95_MS)
        self.figures: tuple[Figure, ...] = (self._figure,)

    def measure(self, database: Database) -> Iterator[Reading]:
        """Give its reading, beside the words' rows counted by the bare driver."""
        actor = handler(database)
        search = Search(database, SetClock(many.NOW))
        bare, ours = Times(clock_of(database)), Times(clock_of(database))
        for text in _typed():
            bare.of(partial(_counted, database, text))
            ours.of(partial(search.elsewhere, actor, text, _SCHOOL))
        yield self._figure.of(ours.p95, bare.p95)


def _typed() -> Iterator[str]:
    """Yield what is typed of descriptions like those that are there."""
    dice = Random(_SEED)
    data = read_data()
    for template in data.templates:
        slots = {name: dice.choice(choices) for name, choices in data.words.items()}
        text = many.filled(template.text, slots)
        yield from (text[:length] for length in _LENGTHS)


def _counted(database: Database, text: str) -> object:
    words = ", ".join(f"'{word}'" for word in sorted(telling_words(text))) or "''"
    with driver_of(database) as driver:
        driver.execute(_SHARED.format(words))
        return driver.fetchone()
