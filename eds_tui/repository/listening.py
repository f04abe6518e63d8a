"""Wakes sessions when something changes: by PostgreSQL's NOTIFY; elsewhere they poll (rule 30)."""

from __future__ import annotations

import logging
import select
import socket
import threading
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, Insert, Text, cast, func
from sqlalchemy.sql.dml import ReturningInsert

from eds_tui.repository.engine import is_postgres, postgres_arguments
from eds_tui.repository.tables import events

_CHANNEL = "eds_tui_changes"
_PAUSE = 5.0
"""Seconds between two attempts to connect."""
_log = logging.getLogger(__name__)


def showing_errors(statement: Insert) -> ReturningInsert[Any]:
    """Return the insert of an event that wakes whoever listens, on PostgreSQL.

    The id of the event goes out with the transaction, or not at all.
    """
    return statement.returning(events.c.id, func.pg_notify(_CHANNEL, cast(events.c.id, Text)))


def change_signals(engine: Engine) -> ChangeSignals | None:
    """Return the signals of what other programs change; ``None`` where the database gives none.

    Args:
        engine: Of the database; they have a connection beside the engine's.
    """
    return ChangeSignals(engine) if is_postgres(engine) else None


class ChangeSignals:
    """Waits on a connection of its own, outside any transaction, and makes it anew when it ends."""

    def __init__(self, engine: Engine) -> None:
        self._arguments = postgres_arguments(engine, "eds-tui kiosk")
        self._ends: tuple[socket.socket, socket.socket] | None = None
        self._stopped = threading.Event()

    def __iter__(self) -> Iterator[None]:
        """Yield whenever something may have changed, until ``stop``; waits in between.

        Each time that it has connected counts as well: nobody notified it of what came before.
        """
        # Whoever stops it looks for the ends after that: one of both sees the other.
        self._ends = socket.socketpair()
        with self._ends[0], self._ends[1] as bell:
            while not self._stopped.is_set():
                yield from self._of_one_connection(bell)
                self._stopped.wait(_PAUSE)

    def stop(self) -> None:
        """End the wait, from another thread; who waits closes what is held."""
        self._stopped.set()
        if self._ends is not None:
            self._ends[0].close()

    def _of_one_connection(self, bell: socket.socket) -> Iterator[None]:
        """Yield at every notice, until asked to stop or the connection ends."""
        import psycopg

        try:
            with psycopg.connect(**self._arguments, autocommit=True) as connection:
                connection.execute(f"LISTEN {_CHANNEL}")
                yield
                while not self._stopped.is_set():
                    select.select([connection.fileno(), bell.fileno()], [], [])
                    if list(connection.notifies(timeout=0)):
                        yield
        except psycopg.Error as error:
            _log.info("listening: %s", str(error).strip())
