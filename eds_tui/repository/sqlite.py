"""How a SQLite file is opened."""

from __future__ import annotations

import sqlite3

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
