"""What is read of incidents: the columns of a row, who may see it, and which list it is in."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, true
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.account import Scope
from eds_tui.domain.clock import LONDON
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import ON_HOLD, State, state_at
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.triage_fields import DEFERRAL_ENDED
from eds_tui.domain.views import IncidentRow, View
from eds_tui.repository.tables import NOT_CLOSED, WAITS_FOR_TRIAGE, incidents, schools

_DETAILS_LENGTH = 300
_parent = incidents.alias("parent")
_child = incidents.alias("child")
_DEFERRED = incidents.c.state == State.ON_HOLD_DEFERRAL.value


def select_rows(scope: Scope, *extra: ColumnElement[Any]) -> Select[Any]:
    """Return a select of rows, of those alone that the reader may learn of (rule 24).

    Args:
        scope: Who reads.
        extra: Further columns, before those of the row.
    """
    children = (
        select(func.count())
        .where(_child.c.parent_id == incidents.c.id, *_seen(scope, _child.c))
        .scalar_subquery()
    )
    statement = (
        select(*extra, *_COLUMNS, _parent.c.number.label("parent"), children.label("children"))
        .join(schools, schools.c.id == incidents.c.school_id)
        .outerjoin(_parent, and_(_parent.c.id == incidents.c.parent_id, *_seen(scope, _parent.c)))
    )
    return within(scope, statement)


def within(scope: Scope, statement: Select[Any]) -> Select[Any]:
    """Leave of a select from incidents only what the reader may learn of (rule 24)."""
    return statement.where(*_seen(scope, incidents.c))


def _seen(scope: Scope, columns: Any) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if scope.school_id is not None:
        conditions.append(columns.school_id == scope.school_id)
    if not scope.confidential:
        conditions.append(columns.confidential.is_(False))
    return conditions


_COLUMNS = (
    incidents.c.number, incidents.c.school_id, schools.c.name, schools.c.town,
    func.substr(incidents.c.description, 1, _DETAILS_LENGTH).label("details"),
    incidents.c.contact_name, incidents.c.contact_telephone, incidents.c.contact_email,
    incidents.c.logged_by, incidents.c.channel, incidents.c.category, incidents.c.impact,
    incidents.c.confidential, incidents.c.state, incidents.c.priority, incidents.c.sla_due,
    incidents.c.opened_at, incidents.c.closes_at, incidents.c.version, incidents.c.assigned_to,
    incidents.c.team, incidents.c.paused_since, incidents.c.deferred_until, incidents.c.flag,
)  # fmt: skip
ROW_FIELDS = frozenset(column.name for column in _COLUMNS)
"""The names of the columns that every row has already."""


def to_row(row: Any, now: datetime) -> IncidentRow:
    """Return a row as every reader sees it at a moment (rules 16 and 18)."""
    state = state_at(State(row.state), row.closes_at, now, row.deferred_until)
    ended = row.deferred_until is not None and row.deferred_until <= now
    paused = row.paused_since is not None and not ended
    return IncidentRow(
        number=row.number,
        school_id=row.school_id,
        school=f"{row.name}, {row.town}" if row.town else row.name,
        details=row.details,
        contact_name=row.contact_name,
        contact_telephone=row.contact_telephone,
        contact_email=row.contact_email,
        logged_by=row.logged_by,
        channel=Channel(row.channel),
        category=Category(row.category),
        impact=Impact(row.impact),
        confidential=row.confidential,
        state=state,
        priority=Priority(row.priority),
        sla_due=row.sla_due,
        opened_at=row.opened_at,
        closes_at=row.closes_at,
        version=row.version,
        assigned_to=row.assigned_to,
        team=row.team,
        paused=paused,
        late=row.sla_due is not None and row.sla_due < (row.paused_since if paused else now),
        flag=row.flag or (DEFERRAL_ENDED if ended else ""),
        parent=row.parent,
        children=row.children,
    )


def sort_column(view: View) -> ColumnElement[Any]:
    """Return what a list is sorted by, before the number."""
    return incidents.c.closes_at if view is View.CLOSED else incidents.c.opened_at


def in_view(view: View, scope: Scope, now: datetime) -> ColumnElement[bool]:
    """Return the condition of a list; its count and its rows come from this one."""
    closing = incidents.c.closes_at
    until = incidents.c.deferred_until
    deferral_over = and_(_DEFERRED, until.is_not(None), until <= now)
    not_resolved = and_(NOT_CLOSED, incidents.c.state != State.RESOLVED.value)
    is_open = and_(NOT_CLOSED, or_(closing.is_(None), closing > now))
    held = incidents.c.state.in_([state.value for state in ON_HOLD])
    conditions = {
        View.TRIAGE: WAITS_FOR_TRIAGE,
        View.OPEN: is_open,
        View.MINE: and_(not_resolved, incidents.c.assigned_to_id == scope.account_id),
        View.TEAM: and_(not_resolved, incidents.c.team == scope.team, incidents.c.team != ""),
        View.ON_HOLD: and_(not_resolved, held, ~deferral_over),
        View.LATE: and_(not_resolved, is_late(now)),
        View.DUE_TODAY: and_(
            not_resolved,
            incidents.c.sla_due >= now,
            incidents.c.sla_due < _end_of_day(now),
            _running(now),
        ),
        View.FLAGGED: and_(is_open, or_(incidents.c.flag != "", deferral_over)),
        View.RESOLVED: and_(NOT_CLOSED, incidents.c.state == State.RESOLVED.value, closing > now),
        View.CLOSED: closing <= now,
        View.ALL: true(),
    }
    return conditions[view]


def is_late(now: datetime) -> ColumnElement[bool]:
    """Return the condition of being overdue, now or when the clock was paused (rule 22)."""
    due, since = incidents.c.sla_due, incidents.c.paused_since
    return and_(due < now, or_(_running(now), due < since))


def _running(now: datetime) -> ColumnElement[bool]:
    return or_(
        incidents.c.paused_since.is_(None),
        and_(incidents.c.deferred_until.is_not(None), incidents.c.deferred_until <= now),
    )


def _end_of_day(now: datetime) -> datetime:
    tomorrow = now.astimezone(LONDON).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), LONDON)
