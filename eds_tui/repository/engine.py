"""Engines: where the database is, how it is opened, and what each dialect needs for that."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from eds_tui.domain.errors import Unavailable
from eds_tui.repository import sqlite

WRITING = "eds_writing"
"""Execution option of a connection that will write: it takes the writer's slot at once."""

_CONNECTIONS = 2


def open_engine(database_url: str) -> Engine:
    """Make the engine for a database URL; nothing is connected yet.

    A SQLite file's folder is made when it is missing, for this account alone.

    Raises:
        Unavailable: The URL can't be understood, or names a database that is not supported.
    """
    url = _parse(database_url)
    folder = Path(str(url.database)).absolute().parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(f"The folder {folder} can't be made: {error.strerror}.") from error
    engine = create_engine(url, pool_size=_CONNECTIONS, max_overflow=0, hide_parameters=True)
    event.listen(engine, "connect", sqlite.prepare_connection)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _parse(database_url: str) -> URL:
    try:
        url = make_url(database_url)
        backend = url.get_backend_name()
    except ArgumentError:
        raise Unavailable(
            "The database URL can't be understood. It looks like sqlite:////folder/file.db"
        ) from None
    if backend != "sqlite":
        raise Unavailable(f"A {backend} database is not supported; use SQLite.")
    if url.database in {None, "", ":memory:"}:
        raise Unavailable("The database must be a file: sqlite:////folder/file.db")
    return url


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    if writing and not connection.info.get("wal"):
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        connection.info["wal"] = True
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
