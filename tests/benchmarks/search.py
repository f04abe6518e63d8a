"""How soon a search of very many incidents answers, and what its index takes on the disk.

Every time is that of a whole search of the first window, from the text as it is typed to its rows:
the median of several, and under *worst* the longest of them all but each search's first, which only
warms the caches.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import Connection, inspect

from eds_tui import bootstrap
from eds_tui.domain.account import Scope
from eds_tui.domain.search import parse_search
from eds_tui.domain.views import Window
from eds_tui.repository.engine import WRITING
from eds_tui.repository.full_text import full_text_of
from eds_tui.repository.search import SearchRepository
from eds_tui.repository.unit_of_work import Database
from tests.benchmarks import many
from tests.benchmarks.figures import Figure, Reading
from tests.benchmarks.parts import Part
from tests.benchmarks.product import Product

INCIDENTS = 300_000
ROUNDS = 20
P50_MS = 20.0
WORST_MS = 150.0

HANDLER = Scope(school_id=None, confidential=True, account_id=1)
SCHOOL = Scope(school_id=300, confidential=False)
USUAL = (
    ("one letter", HANDLER, "p"),
    ("two letters", HANDLER, "pr"),
    ("three letters", HANDLER, "pri"),
    ("a common word", HANDLER, "printer"),
    ("a rare word", HANDLER, "kingfisher"),
    ("two words", HANDLER, "printer jam"),
    ("an absent word", HANDLER, "zzyzx"),
    ("a school and a word", HANDLER, "school:00300 printer"),
    ("a number", HANDLER, "INC0123456"),
    ("a letter, open", HANDLER, "p state:open"),
    ("a letter in two days of long ago", HANDLER, "p from:01/05/2025 to:02/05/2025"),
    ("a school's one letter", SCHOOL, "p"),
    ("a school's word", SCHOOL, "printer"),
)
HARD = (
    ("a word of every incident", HANDLER, "school"),
    ("a sign that is nowhere", HANDLER, "\N{SKULL AND CROSSBONES}"),
    ("a letter, late, none", HANDLER, "p is:late"),
    ("a letter, a filter, none", HANDLER, "p assigned:nobody impact:1 priority:0"),
)
"""Searches that no index answers by itself."""
SEARCHES = {
    Figure(f"search: {name}", "ms", at_most=at_most): (scope, text)
    for searches, at_most in ((USUAL, P50_MS), (HARD, WORST_MS))
    for name, scope, text in searches
}
WORST = Figure("search: worst of all", "ms", at_most=WORST_MS)
INDEXING = Figure("an incident into the full text", "ms", at_most=P50_MS)
DATABASE_SIZE = Figure("incidents without the full text", "MB")
INDEX_SIZE = Figure("full text", "MB")


def measure(_: Product) -> Iterator[Reading]:
    """Search a database of 300,000 incidents."""
    with TemporaryDirectory() as folder:
        database = bootstrap.open_database(f"sqlite:///{Path(folder) / 'many.db'}", make=True)
        with _writing(database) as connection:
            many.fill(connection, INCIDENTS)
            size = _megabytes(connection)
        with _writing(database) as connection:
            if inspect(connection).has_table("incident_search"):
                connection.exec_driver_sql("DROP TABLE incident_search")
            full_text_of(connection).create(connection)
            added = _megabytes(connection) - size
        yield DATABASE_SIZE.of(size)
        yield INDEX_SIZE.of(added)
        worst = 0.0
        for figure, (scope, text) in SEARCHES.items():
            _first, *took = [_search(database, scope, text) for _ in range(ROUNDS + 1)]
            worst = max(worst, *took)
            yield figure.of(median(took))
        yield WORST.of(worst)
        yield INDEXING.of(median(_index(database, number) for number in range(1, ROUNDS)))
        database.close()


@contextmanager
def _writing(database: Database) -> Iterator[Connection]:
    with database.engine.connect().execution_options(**{WRITING: True}) as connection:
        yield connection
        connection.commit()


def _megabytes(connection: Connection) -> float:
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    return float(pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one() / 1e6)


def _search(database: Database, scope: Scope, text: str) -> float:
    with database.engine.connect() as connection:
        began = perf_counter()
        query = parse_search(text, many.NOW)
        SearchRepository(connection).find(scope, query, Window(), many.NOW)
        return (perf_counter() - began) * 1000


def _index(database: Database, number: int) -> float:
    with database.engine.connect().execution_options(**{WRITING: True}) as connection:
        began = perf_counter()
        full_text_of(connection).index(connection, number)
        connection.commit()
        return (perf_counter() - began) * 1000


PARTS = (Part(measure, (DATABASE_SIZE, INDEX_SIZE, *SEARCHES, WORST, INDEXING)),)
