"""The indexes of the tables, for whoever creates or compares a schema.

Nothing else loads this: a condition of an index brings in the dialects of all databases.
"""

from __future__ import annotations

from sqlalchemy import Index

from eds_tui.domain.unread import Side
from eds_tui.repository.come_due import BY_THE_CLOCK
from eds_tui.repository.incident_order import BY_DUE, BY_PRIORITY
from eds_tui.repository.list_conditions import UNREAD
from eds_tui.repository.tables import (
    FLAGGED,
    HELD,
    LATE_WHEN_HELD,
    NOT_CLOSED,
    NOT_SENT,
    RESOLVED,
    RUNNING,
    WAITS_FOR_TRIAGE,
    incidents,
    metadata,
    notifications,
    school_words,
    schools,
)

__all__ = ["metadata"]

_NEWEST = (incidents.c.opened_at, incidents.c.number)
_OF_FLAGS = (
    incidents.c.flag, incidents.c.deferred_until, incidents.c.closes_at, incidents.c.state,
)  # fmt: skip

Index(
    "ix_notifications_waiting",
    notifications.c.try_at,
    notifications.c.id,
    sqlite_where=NOT_SENT,
    postgresql_where=NOT_SENT,
)
Index("ix_incidents_opened", incidents.c.opened_at, incidents.c.number)
Index("ix_incidents_closing", incidents.c.closes_at, incidents.c.number)
Index(
    "ix_incidents_school_closing", incidents.c.school_id, incidents.c.closes_at, incidents.c.number
)
Index(
    "ix_schools_closed",
    schools.c.id,
    sqlite_where=schools.c.closed,
    postgresql_where=schools.c.closed,
)
Index("ix_schools_named", schools.c.folded, schools.c.portal_number)
Index("ix_school_words_found", school_words.c.place, school_words.c.word, school_words.c.school_id)
for name, columns, condition in (
    ("open", _NEWEST, NOT_CLOSED),
    ("due", (incidents.c.sla_due, incidents.c.number), NOT_CLOSED),
    ("by_due", (BY_DUE, incidents.c.number), NOT_CLOSED),
    ("by_priority", (BY_PRIORITY, incidents.c.number), NOT_CLOSED),
    ("mine", (incidents.c.assigned_to_id, *_NEWEST, incidents.c.state), NOT_CLOSED),
    ("team", (incidents.c.team, *_NEWEST, incidents.c.state), NOT_CLOSED),
    ("held", (*_NEWEST, incidents.c.deferred_until), HELD),
    ("running", (incidents.c.sla_due,), RUNNING),
    ("late_when_held", (incidents.c.sla_due,), LATE_WHEN_HELD),
    ("flagged", (*_NEWEST, *_OF_FLAGS), FLAGGED),
    ("resolved", (*_NEWEST, incidents.c.closes_at), RESOLVED),
    ("triage", _NEWEST, WAITS_FOR_TRIAGE),
    ("school_open", (incidents.c.school_id, *_NEWEST), NOT_CLOSED),
    ("duplicates", (incidents.c.duplicate_of_id,), incidents.c.duplicate_of_id.is_not(None)),
    ("unread", (*_NEWEST, incidents.c.assigned_to_id), UNREAD[Side.CENTRE]),
    ("school_unread", (incidents.c.school_id,), UNREAD[Side.SCHOOL]),
):
    Index(f"ix_incidents_{name}", *columns, sqlite_where=condition, postgresql_where=condition)
for name, (moment, condition) in BY_THE_CLOCK.items():
    Index(
        f"ix_incidents_come_due_{name}",
        moment,
        sqlite_where=condition,
        postgresql_where=condition,
    )
