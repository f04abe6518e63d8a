"""How a SQLite file is opened."""

from __future__ import annotations

import os
import sqlite3

from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

CONNECTIONS = 2
"""Connections to the file: a long read holds up no other work."""
BUSY_TIMEOUT_MS = 5_000
"""How long a writer waits for another one's transaction."""


def prepare_connection(connection: sqlite3.Connection, _record: object) -> None:
    """Set a new connection up.

    The driver's own transaction handling is off: it begins no transaction before a read, and never
    IMMEDIATE. ``synchronous`` is FULL because a number that was read out must survive a power cut.
    """
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def require_its_file(
    connection: sqlite3.Connection, record: ConnectionPoolEntry, _proxy: object
) -> None:
    """Give up a connection whose file has been moved, removed or replaced since it was opened.

    SQLite would go on writing to a file that nobody finds any more.

    Raises:
        DisconnectionError: So that the pool opens the file anew.
    """
    if "file" not in record.info:
        record.info["file"] = connection.execute("PRAGMA database_list").fetchone()[2]
    there = _identity(record.info["file"])
    if there != record.info.setdefault("identity", there):
        raise DisconnectionError("The file is no longer where it was.")
    if there is None:
        # A file that is still to be made has none yet.
        del record.info["identity"]


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino
