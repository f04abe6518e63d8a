"""Makes the SQLAlchemy engine of a URL, with what each dialect needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from eds_tui.domain.database_url import usual_spelling
from eds_tui.domain.errors import BUSY, DatabaseBusy, Unavailable
from eds_tui.host.database_url import IN_MEMORY, path_of
from eds_tui.repository import pooler, postgres, sqlite
from eds_tui.repository.listening import Listeners
from eds_tui.repository.sqlite_file import SqliteFile

WRITING = "eds_writing"
"""Execution option of a connection that will write: it takes the writer's slot at once."""

PATIENCE = "eds_patience"
"""Execution option of one that will write: how long it waits for the slot, if not as usual."""

POOL_SECONDS = 10
"""How long work waits for a connection that other work is using."""

_NOT_UNDERSTOOD = (
    "The database URL can't be understood. It looks like sqlite:////folder/file.db or"
    " postgresql://user@host/database"
)
_WRONG_PORT = "The port in the database URL is a number from 1 to 65535."


def open_engine(
    database_url: str, *, make: bool = False, program: str = postgres.PROGRAM
) -> Engine:
    """Make the engine for a database URL; nothing is connected yet.

    Args:
        database_url: Where the database is.
        make: Whether a SQLite file that is missing is made, with its folder, for this account
            alone. It never is later on.
        program: By which name a server knows its connections.

    Raises:
        Unavailable: The URL can't be understood, or names a database that is not supported, or the
            file can't be made.
    """
    url = _parse(database_url)
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(url, make=make)
    return _open_postgres(url, program)


def is_postgres(on: Connection | Engine) -> bool:
    """Return whether a connection or an engine leads to PostgreSQL; else it leads to SQLite."""
    return on.dialect.name == "postgresql"


def for_reading(engine: Engine) -> Engine:
    """Return an engine over the same connections whose transactions read, and wait for nobody.

    On PostgreSQL they do so as far as they are opened so (``opening.py``).
    """
    return engine.execution_options(**{WRITING: False})


def for_writing(engine: Engine) -> Engine:
    """Return an engine over the same connections whose transactions may write."""
    own = postgres.WRITES if is_postgres(engine) else {}
    return for_units_that_write(engine).execution_options(**own)


def for_units_that_write(engine: Engine, patience: timedelta | None = None) -> Engine:
    """Return the same for units of work, whose transactions PostgreSQL is told to open so.

    Args:
        engine: Of the database.
        patience: How long they wait for another writer's transaction; as long as somebody at a
            screen does, where it is not given.
    """
    return engine.execution_options(**{WRITING: True, PATIENCE: patience})


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


def _open_sqlite(url: URL, *, make: bool) -> Engine:
    file = SqliteFile(path_of(str(url.database)))
    engine = _made(url.set(drivername="sqlite"), sqlite.CONNECTIONS)
    if make:
        file.make()
    event.listen(engine, "do_connect", file.connect)
    event.listen(engine, "connect", sqlite.prepare_connection)
    event.listen(engine, "checkout", file.require_unmoved)
    event.listen(engine, "begin", partial(_begin_sqlite, file))
    return engine


def _open_postgres(given: URL, program: str) -> Engine:
    # The driver is loaded for those alone who work on PostgreSQL.
    from eds_tui.repository.postgres_cursor import LeanCursor

    url, mode = pooler.split(given)
    # Whether a connection still stands shows when its server is asked for the time.
    engine = _made(
        url.set(drivername="postgresql+psycopg"),
        postgres.CONNECTIONS,
        connect_args=postgres.connect_args(url.query, program) | {"cursor_factory": LeanCursor},
    )
    _require_known_options(url)
    # Before the dialect asks the server anything that an old one does not know.
    event.listen(engine, "connect", postgres.require_fit, insert=True)
    # Whoever names options of their own means them in place of these.
    settings = postgres.PLANNING if "options" in url.query else postgres.settings()
    pooler.ConnectionSettings(settings, mode).attach(engine)
    Listeners().attach(engine)
    return engine


def _made(url: URL, connections: int, **more: Any) -> Engine:
    try:
        return create_engine(
            url, pool_size=connections, max_overflow=0, hide_parameters=True, **more
        )
    except (ArgumentError, ValueError):
        raise Unavailable(_NOT_UNDERSTOOD) from None


def _require_known_options(url: URL) -> None:
    import psycopg

    try:
        psycopg.conninfo.make_conninfo(**dict.fromkeys(url.query, ""))
    except psycopg.ProgrammingError as error:
        raise Unavailable(f"The database URL can't be used: {str(error).strip()}.") from None


def _parse(database_url: str) -> URL:
    try:
        url = make_url(usual_spelling(database_url))
        backend = url.get_backend_name()
    except ArgumentError:
        raise Unavailable(_NOT_UNDERSTOOD) from None
    except ValueError:  # of all parts only a port has to be a number
        raise Unavailable(_WRONG_PORT) from None
    if not all(map(_is_port, _ports(url))):
        raise Unavailable(_WRONG_PORT)
    if backend not in {"sqlite", "postgresql"}:
        raise Unavailable(f"A {backend} database is not supported; use PostgreSQL or SQLite.")
    if backend == "sqlite" and url.database in {None, "", IN_MEMORY}:
        raise Unavailable("The database must be a file: sqlite:////folder/file.db")
    return url


def _ports(url: URL) -> Iterator[str]:
    """Yield every port that a URL names, before the database or behind it, one for each host."""
    if url.port is not None:
        yield str(url.port)
    for given in url.normalized_query.get("port", ()):
        yield from filter(None, given.split(","))
    for host in url.normalized_query.get("host", ()):
        _, colon, port = host.rpartition(":")
        # A colon without a port, or in an address of many, is none of a port.
        if colon and port and not host.startswith(("/", "[")) and host.count(":") == 1:
            yield port


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) < 65536


def _begin_sqlite(file: SqliteFile, connection: Connection) -> None:
    options = connection.get_execution_options()
    writing = options.get(WRITING, False)
    if writing and not connection.info.get("wal"):
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        connection.info["wal"] = True
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    if writing:
        sqlite.take_writers_slot(driver, connection.exec_driver_sql, options.get(PATIENCE))
        if file.has_moved(connection.info):
            # Whoever restored a back-up had the slot until now: this is the former database.
            driver.execute("ROLLBACK")
            raise DatabaseBusy(BUSY)
    else:
        driver.execute("BEGIN")
