"""Wakes sessions when something changes: by PostgreSQL's NOTIFY; elsewhere they poll (rule 30)."""

from __future__ import annotations

import logging
import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, Insert, Text, cast, event, func
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import ReturningInsert

from eds_tui.domain.errors import EdsError
from eds_tui.repository import pooler
from eds_tui.repository.tables import events

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy.pool import ConnectionPoolEntry

_CHANNEL = "eds_tui_changes"
_PAUSE = 5.0
"""Seconds between two attempts to connect."""
_EARS = "eds_ears"
_LISTENERS = "eds_listeners"
_log = logging.getLogger(__name__)


def showing_errors(statement: Insert) -> ReturningInsert[Any]:
    """Return the insert of an event that wakes whoever listens, on PostgreSQL.

    The id of the event goes out with the transaction, or not at all.
    """
    return statement.returning(events.c.id, func.pg_notify(_CHANNEL, cast(events.c.id, Text)))


class _Ears:
    """Hears what a connection is notified of, and tells whoever wants to know."""

    def __init__(self) -> None:
        self.of: set[ChangeSignals] = set()

    def __call__(self, _notice: psycopg.Notify) -> None:
        for each in tuple(self.of):
            each.hear()


class Listeners:
    """Tells whoever waits for changes which connection is used, and which has ended.

    It is there from the start: to add a listener to a pool that others use would break their use.
    """

    def __init__(self) -> None:
        self._of: frozenset[ChangeSignals] = frozenset()
        self._changing = threading.Lock()

    @classmethod
    def of(cls, engine: Engine) -> Listeners:
        """Return those of an engine to which they have been attached."""
        found: Listeners = engine.get_execution_options()[_LISTENERS]
        return found

    def attach(self, engine: Engine) -> None:
        """Be told of every connection of an engine that nobody uses yet."""
        engine.update_execution_options(**{_LISTENERS: self})
        event.listen(engine, "checkout", self._taken_up)
        event.listen(engine, "close", self._closed)

    def add(self, one: ChangeSignals) -> None:
        """Tell somebody from now on."""
        with self._changing:
            self._of |= {one}

    def remove(self, one: ChangeSignals) -> None:
        """Tell somebody no more."""
        with self._changing:
            self._of -= {one}

    def _taken_up(
        self, connection: psycopg.Connection, record: ConnectionPoolEntry, _proxy: object
    ) -> None:
        for each in self._of:
            each.taken_up(connection, record)

    def _closed(self, _connection: object, record: ConnectionPoolEntry) -> None:
        for each in self._of:
            each.closed(record)


class ChangeSignals:
    """Waits for changes on the connection that work goes through, while nobody works.

    What comes while somebody does is heard with the answers to their statements. When the
    connection ends it is made anew, by whoever works next or by whoever waits here.

    Args:
        engine: Of the database, with one connection.
        turn: Waits for that connection to be free, and keeps others from it.
    """

    def __init__(self, engine: Engine, turn: Callable[[], AbstractContextManager[None]]) -> None:
        self._engine = engine
        self._listeners = Listeners.of(engine)
        self._turn = turn
        self._bell: socket.socket | None = None
        self._stopped = threading.Event()
        self._heard = threading.Event()
        self._fileno = -1

    def __iter__(self) -> Iterator[None]:
        """Yield whenever something may have changed, until ``stop``; waits in between.

        Each time that it has connected counts as well: nobody notified it of what came before.
        """
        # Whoever stops it looks for the bell after that: one of both sees the other.
        self._bell, rung = socket.socketpair()
        with self._bell, rung:
            self._bell.setblocking(False)
            self._listeners.add(self)
            self._take_up()
            while not self._stopped.is_set():
                if self._heard.is_set():
                    self._heard.clear()
                    yield
                else:
                    self._wait(rung)
            self._listeners.remove(self)

    def stop(self) -> None:
        """End the wait, from another thread."""
        self._stopped.set()
        self._ring()

    def hear(self) -> None:
        """Take note that something may have changed."""
        self._heard.set()
        self._ring()

    def _ring(self) -> None:
        """Have whoever waits look again."""
        if self._bell is not None:
            with suppress(OSError):  # it is rung already, or nobody waits any more
                self._bell.send(b"!")

    def _wait(self, rung: socket.socket) -> None:
        """Wait for a notice, the end of the connection, or the bell."""
        fileno = self._fileno
        ready = _readable(rung.fileno(), fileno, _PAUSE if fileno < 0 else None)
        if rung.fileno() in ready:
            rung.recv(4096)
        elif fileno < 0:
            self._take_up()
        elif ready:
            self._look(fileno)

    def _look(self, fileno: int) -> None:
        """Look at what came: it may have been the answer to somebody's statement."""
        with suppress(EdsError), self._turn():
            if fileno != self._fileno or not _readable(fileno, -1, 0):
                return
            self._connect()

    def _take_up(self) -> None:
        with suppress(EdsError), self._turn():
            self._connect()

    def _connect(self) -> None:
        """Use the connection: the server sends what it has, and one that has ended is made anew."""
        try:
            self._engine.connect().close()
        except (DBAPIError, EdsError) as error:
            _log.info("listening: %s", str(error).strip())

    def taken_up(self, connection: psycopg.Connection, record: ConnectionPoolEntry) -> None:
        """Listen on a connection that somebody is about to use, unless that is done."""
        if pooler.is_shared(record):
            # The notices would be somebody else's.
            self._stopped.set()
        ears = record.info.get(_EARS)
        if self._stopped.is_set() or (ears is not None and self in ears.of):
            return
        if ears is None:
            ears = self._listen(connection)
        if ears is not None:
            record.info[_EARS] = ears
            ears.of = {each for each in ears.of if not each.is_stopped} | {self}
            self._fileno = connection.fileno()
            self.hear()

    @property
    def is_stopped(self) -> bool:
        """Whether nobody waits any more."""
        return self._stopped.is_set()

    def _listen(self, connection: psycopg.Connection) -> _Ears | None:
        """Have the server notify a connection; ``None`` where it does not, as a standby."""
        import psycopg

        if connection.info.parameter_status("in_hot_standby") == "on":
            return None
        ears = _Ears()
        before = connection.autocommit
        try:
            connection.autocommit = True
            connection.execute(f"LISTEN {_CHANNEL}")
            connection.autocommit = before
        except psycopg.Error as error:
            _log.info("listening: %s", str(error).strip())
            if not connection.closed:
                connection.autocommit = before
            return None
        connection.add_notify_handler(ears)
        return ears

    def closed(self, record: ConnectionPoolEntry) -> None:
        """Wait on a connection no more that has ended."""
        ears = record.info.get(_EARS)
        if ears is not None and self in ears.of:
            self._fileno = -1
            self._ring()


def _readable(one: int, other: int, seconds: float | None) -> set[int]:
    """Return which of two files there is something to read of, having waited for that.

    Args:
        one: A file.
        other: Another one; less than 0 for none. One that was closed meanwhile counts as well.
        seconds: How long is waited; ``None``: for as long as it takes.
    """
    waiting = select.poll()
    for each in (one, other):
        if each >= 0:
            waiting.register(each, select.POLLIN)
    return {each for each, _ in waiting.poll(None if seconds is None else seconds * 1000)}
