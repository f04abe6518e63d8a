"""Reads and appends to the event log (rule 30)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, insert, select
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.account import Account
from eds_tui.domain.event import CHANGED, TOUCHES, Event, EventKind
from eds_tui.domain.remote_changes import MOST_MISSED, SHOWN, Bookmark, Change
from eds_tui.domain.unread import MARKS, Side, marks
from eds_tui.repository.column_types import new_id
from eds_tui.repository.engine import is_postgres
from eds_tui.repository.listening import showing_errors
from eds_tui.repository.recorded_fields import read_details, to_json
from eds_tui.repository.tables import events, incidents
from eds_tui.repository.unread import UnreadRepository

_ADD = insert(events)
_ADD_AND_TELL = showing_errors(_ADD)
_LATEST_IDS = select(events.c.id).order_by(events.c.id.desc()).limit(MOST_MISSED)


class EventRepository:
    """Adds and reads events."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        kind: EventKind,
        at: datetime,
        actor: Account | None,
        *,
        incident_id: int | None = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        """Record that something happened; to whom that is news, for them the incident is unread.

        Args:
            kind: What happened.
            at: When.
            actor: Who did it; ``None`` where nobody has signed in.
            incident_id: The row id of the incident it happened to.
            details: What changed, from and to, and what else the history keeps.
        """
        kept = details or {}
        side = marks(kind, actor, kept) if incident_id is not None else None
        if side is None or incident_id is None:
            self._add(kind, at, actor, incident_id, kept)
            return
        unread = UnreadRepository(self._connection)
        if not unread.is_marked(side, incident_id):
            kept = {**kept, MARKS: side.value}
        unread.mark(side, incident_id, self._add(kind, at, actor, incident_id, kept))

    def _add(
        self,
        kind: EventKind,
        at: datetime,
        actor: Account | None,
        incident_id: int | None,
        details: dict[str, Any],
    ) -> int:
        values = {
            "kind": kind.value,
            "at": at,
            "actor_id": actor.id if actor else None,
            "actor": actor.name if actor else "",
            "incident_id": incident_id,
            "details": to_json(details),
        }
        if kind in SHOWN and is_postgres(self._connection):
            event_id: int = self._connection.execute(_ADD_AND_TELL, values).scalar_one()
            return event_id
        return new_id(self._connection.execute(_ADD, values))

    def latest_ids(self) -> tuple[int, ...]:
        """Return the ids of the latest events, for a bookmark at the end of the log."""
        return tuple(self._connection.execute(_LATEST_IDS).scalars())

    def latest_at(self) -> datetime | None:
        """Return when the event that was added last happened."""
        statement = select(events.c.at).order_by(events.c.id.desc()).limit(1)
        return self._connection.execute(statement).scalar_one_or_none()

    def since(self, bookmark: Bookmark, limit: int) -> tuple[Change, ...]:
        """Return what has come after a bookmark, by primary keys alone, whoever may see it.

        Args:
            bookmark: How far the log has been read.
            limit: Events that are returned at most, beside those that were missed before.
        """
        values = {"last": bookmark.last, "most": limit}
        found = list(self._connection.execute(_COMING, values))
        if bookmark.missed:
            ids = [id_ for id_, _ in bookmark.missed]
            found += self._connection.execute(_MISSED, {"ids": ids})
        return tuple(map(_change, found))

    def of_incident(self, incident_id: int) -> tuple[Event, ...]:
        """Return the events of an incident, oldest first."""
        return self._read(events.c.incident_id == incident_id)

    def latest(self, kinds: Sequence[EventKind], limit: int) -> tuple[Event, ...]:
        """Return the latest events of some kinds, newest first."""
        rows = self._connection.execute(
            select(*_COLUMNS)
            .where(events.c.kind.in_([kind.value for kind in kinds]))
            .order_by(events.c.id.desc())
            .limit(limit)
        )
        return tuple(_event(row) for row in rows)

    def of_kind(self, kind: EventKind) -> tuple[Event, ...]:
        """Return the events of one kind, oldest first."""
        return self._read(events.c.kind == kind.value)

    def last_changes(self, incident_id: int, limit: int | None = None) -> tuple[Event, ...]:
        """Return what happened last to the triage fields of an incident, oldest first.

        Args:
            incident_id: The row id.
            limit: How many at most; each is one version of the incident.
        """
        kinds = [kind.value for kind in TOUCHES]
        rows = self._connection.execute(
            select(*_COLUMNS)
            .where(events.c.incident_id == incident_id, events.c.kind.in_(kinds))
            .order_by(events.c.id.desc())
            .limit(limit)
        )
        return tuple(_event(row) for row in reversed(rows.all()))

    def _read(self, condition: ColumnElement[bool]) -> tuple[Event, ...]:
        rows = self._connection.execute(select(*_COLUMNS).where(condition).order_by(events.c.id))
        return tuple(_event(row) for row in rows)


_COLUMNS = (events.c.at, events.c.kind, events.c.actor, events.c.details, events.c.actor_id)

_major = incidents.alias("major")
_OF_A_CHANGE: tuple[ColumnElement[Any], ...] = (
    events.c.id,
    events.c.kind,
    incidents.c.number,
    incidents.c.school_id,
    incidents.c.confidential,
    _major.c.number.label("parent"),
    events.c.details,
)
_CHANGES = (
    select(*_OF_A_CHANGE)
    .outerjoin(incidents, incidents.c.id == events.c.incident_id)
    .outerjoin(_major, _major.c.id == incidents.c.parent_id)
)
_COMING = (
    _CHANGES.where(events.c.id > bindparam("last"))
    .order_by(events.c.id)
    .limit(bindparam("most", type_=Integer))
)
_MISSED = _CHANGES.where(events.c.id.in_(bindparam("ids")))


def _change(row: Any) -> Change:
    changed = row.details.get(CHANGED, {})
    return Change(
        event_id=row.id,
        kind=EventKind(row.kind),
        number=row.number,
        school_id=row.school_id,
        confidential=row.confidential,
        parent=row.parent,
        flipped="confidential" in changed,
        former_school_id=changed.get("school_id", (None,))[0],
        marks=Side(row.details[MARKS]) if MARKS in row.details else None,
    )


def _event(row: Any) -> Event:
    kind = EventKind(row.kind)
    return Event(
        at=row.at,
        kind=kind,
        actor=row.actor,
        details=read_details(kind, row.details),
        actor_id=row.actor_id,
    )
