"""Stores who is writing where, as their sessions report it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.account import Account, Role, Scope
from eds_tui.domain.presence import FRESH, Writer, Writing
from eds_tui.repository.column_types import Utc
from eds_tui.repository.incident_rows import Visibility, select_visible
from eds_tui.repository.reader_values import bind_values
from eds_tui.repository.tables import accounts, incidents, presence

_FORGOTTEN_AFTER = timedelta(minutes=5)
_WRITER: tuple[ColumnElement[Any], ...] = (
    accounts.c.id,
    accounts.c.name,
    accounts.c.role,
    accounts.c.generic,
)


class PresenceRepository:
    """Keeps at most one row a session."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def say(self, session: str, actor: Account, writing: Writing, at: datetime) -> None:
        """Keep what somebody is writing in a session; nothing, where they may not see it."""
        values = bind_values(actor.scope, at, number=writing.number)
        incident_id = self._connection.execute(
            _incident(Visibility.of(actor.scope)), values
        ).scalar_one_or_none()
        if incident_id is None:
            self.end(session)
            return
        row = {
            "account_id": actor.id,
            "incident_id": incident_id,
            "internal": writing.internal,
            "seen_at": at,
        }
        here = presence.c.session == session
        changed = self._connection.execute(update(presence).where(here).values(**row))
        if changed.rowcount == 0:
            # Sessions that died leave a row behind, which nobody reads any more.
            self.drop_older(at - _FORGOTTEN_AFTER)
            self._connection.execute(insert(presence).values(session=session, **row))

    def end(self, session: str) -> None:
        """Forget what was written in a session."""
        self._connection.execute(delete(presence).where(presence.c.session == session))

    def is_any_older(self, moment: datetime) -> bool:
        """Return whether any session was seen last before a moment."""
        found = select(presence.c.session).where(presence.c.seen_at < moment).limit(1)
        return self._connection.execute(found).first() is not None

    def drop_older(self, moment: datetime) -> int:
        """Drop the sessions that were seen last before a moment, and return how many."""
        dropped = self._connection.execute(delete(presence).where(presence.c.seen_at < moment))
        return dropped.rowcount

    def sessions(self) -> tuple[str, ...]:
        """Return every session of which a row is kept, however old."""
        rows = select(presence.c.session).order_by(presence.c.session)
        return tuple(self._connection.execute(rows).scalars())

    def others(
        self, scope: Scope, session: str, number: int, now: datetime, *, internal: bool
    ) -> tuple[Writer, ...]:
        """Return who is writing on an incident in other sessions.

        Args:
            scope: Who reads; an incident that they may not see has nobody (rule 24).
            session: The reader's own.
            number: The incident's.
            now: Whoever has said nothing for a while counts no more.
            internal: Whether the reader may learn of work notes and decisions (rule 27).
        """
        statement = _others(Visibility.of(scope), internal)
        values = bind_values(
            scope, now, number=number, session=session, since=now - FRESH, until=now + FRESH
        )
        return tuple(
            Writer(
                name=row.name,
                service_centre=Role(row.role).is_service_centre,
                own=row.id == scope.account_id,
                shared=row.generic,
            )
            for row in self._connection.execute(statement, values)
        )


@cache
def _incident(visibility: Visibility) -> Select[Any]:
    return select_visible(
        visibility, select(incidents.c.id).where(incidents.c.number == bindparam("number"))
    )


@cache
def _others(visibility: Visibility, internal: bool) -> Select[Any]:
    statement = (
        select(*_WRITER)
        .select_from(presence)
        .join(incidents, incidents.c.id == presence.c.incident_id)
        .join(accounts, accounts.c.id == presence.c.account_id)
        .where(
            incidents.c.number == bindparam("number"),
            presence.c.session != bindparam("session"),
            presence.c.seen_at > bindparam("since", type_=Utc),
            # What a clock that was ahead has left behind says nothing of now.
            presence.c.seen_at < bindparam("until", type_=Utc),
            *(() if internal else (presence.c.internal.is_(False),)),
        )
        .order_by(accounts.c.name, accounts.c.id)
    )
    return select_visible(visibility, statement)
