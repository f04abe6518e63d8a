"""Asks the database that a back-up is to replace what it did, as far as it can still be read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, func, select
from sqlalchemy.exc import DBAPIError

from eds_tui.repository.numbers import last_told
from eds_tui.repository.tables import accounts, events, incidents, notifications

Side = Callable[[], Connection]
"""Returns a connection that reads the one or the other database."""

Answer = TypeVar("Answer")

EVENT_IDS = select(func.min(events.c.id), func.max(events.c.id))
_LAST_NUMBER = select(func.max(incidents.c.number))
_CONFIDENTIAL = select(incidents.c.number).where(incidents.c.confidential)
_DISABLED = select(accounts.c.login).where(accounts.c.disabled)


class FormerDatabase:
    """What is there before a back-up takes its place; nothing of it where that can't be read.

    It may be of any schema version, or damaged: what one question meets does not stop the next.

    Args:
        side: Reads it.
    """

    def __init__(self, side: Side) -> None:
        self._side = side
        self.is_whole = True
        """Whether every question was answered so far."""

    def given_out(self) -> int | None:
        """Return the last incident number given out; ``None`` where that is not known."""
        counted = self._ask(last_told)
        if counted is None:
            counted = self._scalar(_LAST_NUMBER)
        return counted

    def event_ids(self) -> tuple[int | None, int]:
        """Return the ids of its first and its last event."""
        row = self._ask(lambda connection: connection.execute(EVENT_IDS).one())
        return (row[0], row[1] or 0) if row else (None, 0)

    def event(self, id_: int) -> Row[datetime, str, str] | None:
        """Return what happened in the event of an id."""
        return self._ask(lambda connection: connection.execute(event_of(id_)).one_or_none())

    def fate(self, id_: int, message_id: str) -> tuple[bool, datetime | None]:
        """Return whether an e-mail is there, and when it was sent, if it was."""
        columns = notifications.c
        one = select(columns.sent_at).where(columns.id == id_, columns.message_id == message_id)
        row = self._ask(lambda connection: connection.execute(one).one_or_none())
        return row is not None, row.sent_at if row else None

    def confidential(self) -> frozenset[int]:
        """Return the numbers of its confidential incidents."""
        return self._all(_CONFIDENTIAL)

    def disabled(self) -> frozenset[str]:
        """Return its disabled accounts by name."""
        return self._all(_DISABLED)

    def _scalar(self, statement: Select[Any]) -> Any:
        return self._ask(lambda connection: connection.execute(statement).scalar_one_or_none())

    def _all(self, statement: Select[Any]) -> frozenset[Any]:
        found = self._ask(lambda connection: frozenset(connection.execute(statement).scalars()))
        return found or frozenset()

    def _ask(self, question: Callable[[Connection], Answer]) -> Answer | None:
        connection = self._side()
        point = connection.begin_nested()
        try:
            answer = question(connection)
        except DBAPIError:
            self.is_whole = False
            with suppress(DBAPIError):
                point.rollback()
            return None
        point.commit()
        return answer


def event_of(id_: int) -> Select[datetime, str, str]:
    """Return the select of what happened in the event of an id."""
    return select(events.c.at, events.c.kind, events.c.actor).where(events.c.id == id_)
