"""How a pooler between program and server hands connections on, in PgBouncer's own words."""

from __future__ import annotations

from enum import StrEnum


class PoolMode(StrEnum):
    """What a pooler lends a server's connection for."""

    SESSION = "session"
    """As long as the program is connected: all is as without it."""
    TRANSACTION = "transaction"
    """One transaction: nothing that is set, and nobody who listens, outlives it."""
