"""How soon a search of very many incidents gives its first window."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from eds_tui.domain.account import Scope
from eds_tui.domain.search import SearchPage, parse_search
from eds_tui.domain.views import Window
from eds_tui.repository.unit_of_work import Database
from tests.benchmarks import many
from tests.benchmarks.bare_driver import driver_of
from tests.benchmarks.figures import Figure, Reading
from tests.benchmarks.timing import Times, clock_of

ROUNDS = 40
P95_MS = {"SQLite": 10.0, "PostgreSQL": 30.0}
NOTHING_MS = 100.0
HANDLER = Scope(school_id=None, confidential=True, account_id=1)
SEARCHES = {
    "one letter": "p",
    "three letters": "pri",
    "a common word": "printer",
    "two common words": "printer office",
    "common and rare": "printer badenfi",
    "a rare word": "kingfisher",
    "an absent word": "zzyzx",
    "a word in a month": "printer from:01/05/2026 to:31/05/2026",
    "a word in three days": "printer from:07/06/2026",
    "a school and a word": "school:00300 printer",
    "a number": "INC0012345",
    "the beginning of a number": "INC00123",
    "filters": "category:h priority:2",
    "confidential ones": "is:confidential",
}
NOTHING = {
    "a phrase found nowhere": '"office printer school the"',
    "filters found nowhere": "assigned:me impact:1 priority:0",
    "a word and filters found nowhere": "printer assigned:me impact:1",
    "a sign found nowhere": "\N{SKULL AND CROSSBONES}",
}
"""Searches that are given up after a while; where and how they go on is said."""


class SearchScale:
    """The figures of the search in one kind of database."""

    def __init__(self, kind: str) -> None:
        self._figures = {
            text: Figure(f"{kind}: search, {name}, p95", "ms", at_most=most)
            for searches, most in ((SEARCHES, P95_MS[kind]), (NOTHING, NOTHING_MS))
            for name, text in searches.items()
        }
        self.figures = tuple(self._figures.values())

    def measure(self, database: Database) -> Iterator[Reading]:
        """Give a reading of each."""
        bare = Times(clock_of(database))
        for _ in range(ROUNDS):
            bare.of(partial(_newest, database))
        for text, figure in self._figures.items():
            times = Times(clock_of(database))
            for _ in range(ROUNDS):
                times.of(partial(_found, database, text))
            yield figure.of(times.p95, bare.p95)


def _found(database: Database, text: str) -> SearchPage:
    with database.reading() as work:
        return work.search.find(HANDLER, parse_search(text, many.NOW), Window(), many.NOW)


def _newest(database: Database) -> int:
    """Read as many rows as a window has with the bare driver."""
    with driver_of(database) as driver:
        driver.execute("SELECT * FROM incidents ORDER BY opened_at DESC, number DESC LIMIT 101")
        return len(driver.fetchall())
