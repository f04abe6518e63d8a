"""Makes the SQLAlchemy engine of a URL, with what each dialect needs."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from eds_tui.domain.errors import Unavailable
from eds_tui.repository import postgres, sqlite
from eds_tui.repository.sqlite_file import SqliteFile

WRITING = "eds_writing"
"""Execution option of a connection that will write: it takes the writer's slot at once."""

POOL_SECONDS = 10
"""How long work waits for a connection that other work is using."""

_NOT_UNDERSTOOD = (
    "The database URL can't be understood. It looks like sqlite:////folder/file.db or"
    " postgresql://user@host/database"
)


def open_engine(database_url: str, *, make: bool = False) -> Engine:
    """Make the engine for a database URL; nothing is connected yet.

    Args:
        database_url: Where the database is.
        make: Whether a SQLite file that is missing is made, with its folder, for this account
            alone. It never is later on.

    Raises:
        Unavailable: The URL can't be understood, or names a database that is not supported, or the
            file can't be made.
    """
    url = _parse(database_url)
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(url, make=make)
    return _open_postgres(url)


def is_postgres(on: Connection | Engine) -> bool:
    """Return whether a connection or an engine leads to PostgreSQL; else it leads to SQLite."""
    return on.dialect.name == "postgresql"


def for_reading(engine: Engine) -> Engine:
    """Return an engine over the same connections whose transactions read, and wait for nobody."""
    own = postgres.READING if is_postgres(engine) else {}
    return engine.execution_options(**own, **{WRITING: False})


def for_writing(engine: Engine) -> Engine:
    """Return an engine over the same connections whose transactions may write."""
    own = postgres.WRITES if is_postgres(engine) else {}
    return engine.execution_options(**own, **{WRITING: True})


def is_outcome_unknown(error: DBAPIError) -> bool:
    """Return whether a commit that failed may have been done all the same.

    PostgreSQL that answers with an error has not done it; a line that dropped says nothing. SQLite
    knows, but for a disk that failed while it wrote.
    """
    if isinstance(error.orig, sqlite3.Error):
        return sqlite.is_disk_failure(error)
    return error.connection_invalidated or postgres.is_out_of_reach(error)


def connections(engine: Engine) -> int:
    """Return how many connections work may use at a time."""
    return postgres.CONNECTIONS if is_postgres(engine) else sqlite.CONNECTIONS


def postgres_arguments(engine: Engine) -> dict[str, Any]:
    """Return how the driver itself connects to where an engine leads."""
    arguments = engine.dialect.create_connect_args(engine.url)[1]
    return {**arguments, **postgres.connect_args(engine.url.query)}


def _open_sqlite(url: URL, *, make: bool) -> Engine:
    file = SqliteFile(_path_of(str(url.database)))
    try:
        engine = create_engine(
            url, pool_size=sqlite.CONNECTIONS, max_overflow=0, hide_parameters=True
        )
    except (ArgumentError, ValueError):
        raise Unavailable(_NOT_UNDERSTOOD) from None
    if make:
        file.make()
    event.listen(engine, "do_connect", file.connect)
    event.listen(engine, "connect", sqlite.prepare_connection)
    event.listen(engine, "checkout", file.require_unmoved)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _path_of(name: str) -> Path:
    return Path(unquote(urlsplit(name).path)) if name.startswith("file:") else Path(name)


def _open_postgres(url: URL) -> Engine:
    # Whether a connection still stands shows when its server is asked for the time.
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=postgres.CONNECTIONS,
        max_overflow=0,
        hide_parameters=True,
        connect_args=postgres.connect_args(url.query),
    )
    # Before the dialect asks the server anything that an old one does not know.
    event.listen(engine, "connect", postgres.require_version, insert=True)
    return engine


def _parse(database_url: str) -> URL:
    try:
        url = make_url(database_url)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError):
        raise Unavailable(_NOT_UNDERSTOOD) from None
    if url.port is not None and not 0 < url.port < 65536:
        raise Unavailable("The port in the database URL is a number from 1 to 65535.")
    if backend not in {"sqlite", "postgresql"}:
        raise Unavailable(f"A {backend} database is not supported; use PostgreSQL or SQLite.")
    if backend == "sqlite" and url.database in {None, "", ":memory:"}:
        raise Unavailable("The database must be a file: sqlite:////folder/file.db")
    return url


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    if writing and not connection.info.get("wal"):
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        connection.info["wal"] = True
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    if writing:
        sqlite.take_writers_slot(driver, connection.exec_driver_sql)
    else:
        driver.execute("BEGIN")
