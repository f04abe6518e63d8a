"""Databases of a size, filled once and kept between runs in the user's cache folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import platformdirs
from sqlalchemy import Connection, make_url, select

from eds_tui import bootstrap
from eds_tui.repository import schema, state_counts
from eds_tui.repository.engine import WRITING, is_postgres
from eds_tui.repository.full_text import full_text_of
from eds_tui.repository.open_words import fill as fill_open_words
from eds_tui.repository.postgres_text import PostgresText
from eds_tui.repository.tables import open_words
from eds_tui.repository.unit_of_work import Database
from tests.benchmarks import bulk, many
from tests.benchmarks.many_schools import add_schools
from tests.servers import HASTY, Server, running

SCHOOLS = 25_000
_BATCH = 1_000
_FILLED = ("incidents", "comments", "events", "incident_search")
FOLDER = platformdirs.user_cache_path("eds-tui-benchmarks")
"""What is kept stands here; whoever deletes it has it filled anew."""


@contextmanager
def sqlite(incidents: int) -> Iterator[Database]:
    """Open the SQLite database with so many incidents, filled now if it is not there."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{incidents}.db"
    unfinished = file.with_suffix(".unfinished")
    if not file.exists():
        for left in FOLDER.glob(f"{unfinished.name}*"):
            left.unlink()
        database = bootstrap.open_database(f"sqlite:///{unfinished}", make=True)
        _fill(database, incidents)
        database.close()
        unfinished.rename(file)
    with _current(f"sqlite:///{file}") as database:
        yield database


@contextmanager
def postgres(incidents: int) -> Iterator[Database]:
    """Open the database with so many incidents on a PostgreSQL server that runs meanwhile."""
    folder = FOLDER / "postgresql"
    folder.mkdir(parents=True, exist_ok=True)
    with running(folder, HASTY) as server:
        url = server.url_of(f"incidents_{incidents}")
        if not _is_there(server, url):
            unfinished = server.url_of(f"unfinished_{incidents}")
            server.drop(unfinished)
            server.create(unfinished)
            database = bootstrap.open_database(unfinished, make=True)
            _fill(database, incidents)
            database.close()
            server.create(url, unfinished)
            server.drop(unfinished)
        with _current(url) as database:
            # Else what was changed last is looked up.
            bulk.vacuum(database.engine)
            yield database


def _is_there(server: Server, url: str) -> bool:
    with server.inside(server.admin_url) as connection:
        name = make_url(url).database
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


@contextmanager
def _current(url: str) -> Iterator[Database]:
    database = Database.at(url)
    schema.upgrade(database.engine)
    with _writing(database) as connection:
        # Whoever adds very many incidents at a time keeps none.
        if connection.execute(select(open_words.c.word).limit(1)).first() is None:
            fill_open_words(connection)
            state_counts.fill(connection)
    try:
        yield database
    finally:
        database.close()


def _fill(database: Database, incidents: int) -> None:
    print(f"Filling {incidents:,} incidents; they are kept in {FOLDER}.", file=sys.stderr)
    if not is_postgres(database.engine):
        with _writing(database) as connection:
            bulk.hurry(connection)
            many.fill(connection, incidents, add_schools(connection, SCHOOLS))
            full_text_of(connection).create(connection)
        return
    with _writing(database) as connection:
        schools = add_schools(connection, SCHOOLS)
    with _writing(database) as connection, bulk.without_indexes(connection, *_FILLED):
        many.fill(connection, incidents, schools)
        for first in range(1, incidents + 1, _BATCH):
            PostgresText().fill(connection, first, first + _BATCH - 1)
    bulk.vacuum(database.engine)


@contextmanager
def _writing(database: Database) -> Iterator[Connection]:
    with database.engine.connect().execution_options(**{WRITING: True}) as connection:
        yield connection
        connection.commit()
