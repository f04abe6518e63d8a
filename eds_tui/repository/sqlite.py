"""SQLite: connections, and what its errors mean."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from time import monotonic, sleep

from sqlalchemy.exc import DBAPIError

from eds_tui.domain.search_words import kept_words

CONNECTIONS = 2
"""Connections to the file: a long read holds up no other work."""
BUSY_TIMEOUT_MS = 5_000
"""How long a writer waits for another one's transaction."""
_PAUSE = 0.005
"""Seconds between two tries for the writer's slot, on average."""


FOLDED_TEXT = "folded_text"
"""The function by which SQLite folds what its full text keeps, as the look-ups do."""


def folded_text(text: str) -> str:
    """Return the words of a text as a full text keeps them, line by line."""
    return "\n".join(" ".join(words) for words in kept_words(text))


def is_busy(error: DBAPIError) -> bool:
    """Return whether the same may succeed once others are done."""
    return _kind(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def is_read_only(error: DBAPIError) -> bool:
    """Return whether the file takes no changes."""
    return _kind(error) == sqlite3.SQLITE_READONLY


def is_disk_failure(error: DBAPIError) -> bool:
    """Return whether the disk failed while it was read or written."""
    return _kind(error) == sqlite3.SQLITE_IOERR


def _kind(error: DBAPIError) -> int | None:
    """Return the result code of SQLite without what says more (sqlite.org/rescode.html, 3).

    ``None`` where it is no error of SQLite's own.
    """
    code: int | None = getattr(error.orig, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def prepare_connection(connection: sqlite3.Connection, _record: object) -> None:
    """Set a new connection up.

    The driver's own transaction handling is off: it begins no transaction before a read, and never
    IMMEDIATE. ``synchronous`` is FULL because a number that was read out must survive a power cut.
    """
    connection.isolation_level = None
    connection.create_function(FOLDED_TEXT, 1, folded_text, deterministic=True)
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def take_writers_slot(
    connection: sqlite3.Connection,
    once_more: Callable[[str], object],
    patience: timedelta | None = None,
) -> None:
    """Begin a transaction that writes, as soon as no other one does.

    SQLite's own waiting sleeps the longer the longer it has waited, up to 100 ms: of many writers
    the latest come is the first served, and some are never. Here all try equally often.

    Args:
        connection: The driver's.
        once_more: Called with the statement when it was in vain, to raise what the driver says.
        patience: How long to try; as long as any writer waits, where it is not given.
    """
    end = monotonic() + (patience.total_seconds() if patience else BUSY_TIMEOUT_MS / 1000)
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while (failed := _failure(connection)) in _BUSY and monotonic() < end:
            sleep(random.uniform(0, 2 * _PAUSE))
        if failed is not None:
            once_more(_TAKE)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


_TAKE = "BEGIN IMMEDIATE"
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY, sqlite3.SQLITE_BUSY_SNAPSHOT})


def _failure(connection: sqlite3.Connection) -> int | None:
    try:
        connection.execute(_TAKE)
    except sqlite3.Error as error:
        return error.sqlite_errorcode
    return None
