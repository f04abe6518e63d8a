"""Being woken by a change: PostgreSQL tells at once; elsewhere one looks every second (rule 30)."""

from __future__ import annotations

import logging
import select
import socket
import threading
from collections.abc import Callable
from typing import Any, Protocol

from sqlalchemy import Engine, Insert, Text, cast, func
from sqlalchemy.sql.dml import ReturningInsert

from eds_tui.repository.engine import postgres_arguments
from eds_tui.repository.tables import events

_CHANNEL = "eds_tui_changes"
_PAUSE = 5.0
"""Seconds between two attempts to connect."""
_log = logging.getLogger(__name__)


class Listener(Protocol):
    """Wakes somebody whenever something may have changed."""

    def start(self) -> None:
        """Begin, in a thread of its own."""

    def stop(self) -> None:
        """End, without waiting for the thread."""


def telling(statement: Insert) -> ReturningInsert[Any]:
    """Return the insert of an event that wakes whoever listens, on PostgreSQL.

    The id of the event goes out with the transaction, or not at all.
    """
    return statement.returning(func.pg_notify(_CHANNEL, cast(events.c.id, Text)))


def listener(engine: Engine, wake: Callable[[], None]) -> Listener:
    """Return what wakes when another program has changed something.

    Args:
        engine: Of the database; the listener has a connection beside the engine's.
        wake: Called in another thread, at any time until a little after ``stop``.
    """
    is_listening = engine.dialect.name == "postgresql"
    return PostgresListener(engine, wake) if is_listening else Silent()


class Silent:
    """Never wakes anybody."""

    def start(self) -> None:
        """Do nothing."""

    def stop(self) -> None:
        """Do nothing."""


class PostgresListener:
    """Waits on a connection of its own, outside any transaction, and makes it anew when it ends.

    Each time it has connected it wakes as well: nobody told it of what came before.
    """

    def __init__(self, engine: Engine, wake: Callable[[], None]) -> None:
        self._arguments = postgres_arguments(engine)
        self._wake = wake
        self._ends: tuple[socket.socket, socket.socket] | None = None
        self._stopped = threading.Event()
        self.thread = threading.Thread(target=self._run, name="listener", daemon=True)
        """Where it waits; it ends soon after ``stop``."""

    def start(self) -> None:
        """Begin to wait."""
        self._ends = socket.socketpair()
        self.thread.start()

    def stop(self) -> None:
        """End the wait; the thread closes what it holds."""
        if not self._stopped.is_set():
            self._stopped.set()
            if self._ends is not None:
                self._ends[0].close()

    def _run(self) -> None:
        assert self._ends is not None
        with self._ends[1] as bell:
            while not self._stopped.is_set():
                self._listen(bell)
                self._stopped.wait(_PAUSE)

    def _listen(self, bell: socket.socket) -> None:
        """Wake at every notice, until told to stop or the connection ends."""
        import psycopg

        try:
            with psycopg.connect(**self._arguments, autocommit=True) as connection:
                connection.execute(f"LISTEN {_CHANNEL}")
                self._wake()
                while not self._stopped.is_set():
                    select.select([connection.fileno(), bell.fileno()], [], [])
                    if list(connection.notifies(timeout=0)):
                        self._wake()
        except psycopg.Error as error:
            _log.info("listening: %s", str(error).strip())
