"""Follows the clock of a PostgreSQL server without a query for each moment."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

from eds_tui.domain.clock import Clock

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy.pool import ConnectionPoolEntry

_ASK = "SELECT clock_timestamp()"


class ServerClock:
    """What the server's clock says, whatever the machine's own does meanwhile.

    Several machines share a database: what they store is of one time, the server's. It is asked
    whenever a connection is taken up, in place of the question whether the connection still
    stands; in between, the seconds since then are added.

    Args:
        engine: Of the database.
        own: The machine's clock.
    """

    def __init__(self, engine: Engine, own: Clock) -> None:
        self._own = own
        self._known: tuple[datetime, float] | None = None
        event.listen(engine, "checkout", self._taken_up)

    def __call__(self) -> datetime:
        """Return the moment; before the server has ever answered, by the machine's own clock."""
        if self._known is None:
            return self._own()
        known, at = self._known
        return known + timedelta(seconds=self._own.seconds() - at)

    def seconds(self) -> float:
        """Return seconds that only grow: the machine's."""
        return self._own.seconds()

    def era(self) -> str:
        """Return of which seconds these are."""
        return self._own.era()

    def skew(self) -> timedelta | None:
        """Return by how much the machine's own clock is ahead of the server's."""
        return self._own() - self()

    def _taken_up(
        self, connection: psycopg.Connection, record: ConnectionPoolEntry, _proxy: object
    ) -> None:
        """Ask for the time on a connection from the pool; one that has dropped is made anew."""
        import psycopg

        is_new = "asked" not in record.info
        record.info["asked"] = True
        try:
            self._ask(connection)
        except psycopg.Error as error:
            if is_new:
                raise
            raise InvalidatePoolError from error

    def _ask(self, connection: psycopg.Connection) -> None:
        before = connection.autocommit
        connection.autocommit = True
        try:
            asked = self._own.seconds()
            with closing(connection.cursor()) as cursor:
                row = cursor.execute(_ASK).fetchone()
            answered = self._own.seconds()
        finally:
            if not connection.closed:
                connection.autocommit = before
        if row is not None:
            self._note(row[0].astimezone(UTC), asked, answered)

    def _note(self, moment: datetime, asked: float, answered: float) -> None:
        """Take note of the time, unless it is what was known, as closely as an answer shows."""
        if self._known is not None:
            known, at = self._known
            expected = at + (moment - known).total_seconds()
            if asked <= expected <= answered:
                return
        self._known = (moment, (asked + answered) / 2)
