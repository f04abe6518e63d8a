"""Opens transactions on PostgreSQL, each with one question, whatever the answer has to tell.

Whether the line still stands, what time it is, whether the account may still do what its person
asks for: whoever presses a key waits for all of that, and a server in another building takes half a
millisecond and more for each answer. So what every unit of work begins with is asked at once.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import InvalidatePoolError

from eds_tui.domain.account import Account
from eds_tui.repository import pooler, postgres
from eds_tui.repository.accounts import account_of, asking_for
from eds_tui.repository.engine import WRITING

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy.pool import ConnectionPoolEntry

    from eds_tui.repository.server_clock import ServerClock

_TIME = "SELECT clock_timestamp()"
_ASKED = "eds_asked"
_OPENED = "eds_opened"
_IDLE = 0
"""The driver's word for a connection on which no transaction stands open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a transaction is to begin."""

    actor: Account | None
    """Who it is for, and whose account is looked up; ``None`` for the program's own work."""
    writing: bool = False
    """Whether it may change anything; else it reads a consistent snapshot."""
    walled: bool = False
    """Whether it reads behind the wall before a school, where it is for one (rule 24)."""
    by_key: bool = False
    """Whether what it reads is read by keys, for which the server need not plan each time."""

    @property
    def school_id(self) -> int | None:
        """The row id of the school behind whose wall it reads."""
        return self.actor.scope.school_id if self.actor is not None and self.walled else None

    def statements(self, *, prepares: bool) -> str:
        """Return what is sent, as one text: there is nothing in it but row ids.

        Args:
            prepares: Whether statements are prepared on the connection at all.
        """
        statements = [postgres.BEGIN_WRITING if self.writing else postgres.BEGIN_READING, _TIME]
        if self.actor is not None:
            statements.append(asking_for(self.actor.id))
        if self.by_key and prepares:
            statements.append(postgres.PLAN_ONCE)
        if self.school_id is not None:
            statements.append(postgres.confining(self.school_id))
        return ";".join(statements)


@dataclass(frozen=True, slots=True)
class _Opened:
    account: Account | None


class Openings:
    """Opens the transactions of an engine, and has its server tell the time.

    Also who connects without opening one, as the schema is brought up to date, asks for the time:
    a connection that has dropped shows by that, and is made anew.

    Args:
        engine: Of the database.
        clock: Is told the time.
    """

    def __init__(self, engine: Engine, clock: ServerClock) -> None:
        self._clock = clock
        self._asked = threading.local()
        event.listen(engine, "checkout", self._taken_up)
        event.listen(engine, "checkin", self._given_back)
        event.listen(engine, "begin", self._begun, insert=True)

    @contextmanager
    def opened(self, engine: Engine, opening: Opening) -> Iterator[Connection]:
        """Connect, with a transaction open that is undone in the end unless it is committed."""
        self._asked.opening = opening
        try:
            connection = engine.connect()
        finally:
            self._asked.opening = None
        with connection:
            if opening.school_id is not None:
                connection.execution_options(**{postgres.WALLED: True})
            connection.begin()
            yield connection

    def _taken_up(
        self, connection: psycopg.Connection, record: ConnectionPoolEntry, _proxy: object
    ) -> None:
        """Open a transaction on a connection from the pool; one that has dropped is made anew."""
        import psycopg

        is_new = _ASKED not in record.info
        record.info[_ASKED] = True
        opening: Opening | None = getattr(self._asked, "opening", None)
        before = connection.autocommit
        try:
            # What begins the transaction is among what is asked.
            connection.autocommit = True
            record.info[_OPENED] = self._ask(connection, record, opening)
            if opening is None:
                connection.autocommit = before
        except psycopg.Error as error:
            if is_new:
                raise
            raise InvalidatePoolError from error

    def _ask(
        self, connection: psycopg.Connection, record: ConnectionPoolEntry, opening: Opening | None
    ) -> _Opened | None:
        prepares = not pooler.is_shared(record)
        text = opening.statements(prepares=prepares) if opening else _TIME
        asked = self._clock.seconds()
        # As bytes: only text that stands in the program is taken for a statement by its type.
        with closing(connection.cursor()) as cursor:
            cursor.execute(text.encode(), prepare=False)
            answered = self._clock.seconds()
            if opening is not None:
                cursor.nextset()
            row = cursor.fetchone()
            assert row is not None
            self._clock.note(row[0].astimezone(UTC), asked, answered)
            if opening is None:
                return None
            account = None
            if opening.actor is not None:
                cursor.nextset()
                found = cursor.fetchone()
                account = account_of(found) if found else None
            return _Opened(account)

    def _begun(self, connection: Connection) -> None:
        """Begin another transaction where the one that was opened has been committed."""
        line = connection.connection
        driver = line.driver_connection
        assert driver is not None
        if line.info.get(_OPENED) is not None and driver.info.transaction_status == _IDLE:
            writing = connection.get_execution_options().get(WRITING)
            begin = postgres.BEGIN_WRITING if writing else postgres.BEGIN_READING
            connection.exec_driver_sql(begin)

    def _given_back(
        self, connection: psycopg.Connection | None, record: ConnectionPoolEntry
    ) -> None:
        """Leave the next transaction to the driver, unless it is opened here."""
        opened = record.info.pop(_OPENED, None)
        if opened is not None and connection is not None and not connection.closed:
            connection.autocommit = False


def account_on(connection: Connection) -> Account | None:
    """Return the account that was looked up as a transaction was opened."""
    opened: _Opened = connection.connection.info[_OPENED]
    return opened.account
