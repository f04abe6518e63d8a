"""Incidents: numbered and kept, listed by key, seen only within the reader's scope."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    and_,
    case,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    tuple_,
    update,
)  # fmt: skip
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.account import Scope
from eds_tui.domain.incident import LARGEST_NUMBER, Channel, NewIncident
from eds_tui.domain.lifecycle import ON_HOLD, State, closes_at, state_at
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.views import IncidentRow, ListQuery, Page, Receipt, View, Window
from eds_tui.repository.tables import (
    NOT_CLOSED,
    WAITS_FOR_TRIAGE,
    Utc,
    incidents,
    schools,
    sequences,
)  # fmt: skip

_DETAILS_LENGTH = 300
_NUMBERS = "incident"
_ROW = (
    incidents.c.number, incidents.c.school_id, schools.c.name, schools.c.town,
    func.substr(incidents.c.description, 1, _DETAILS_LENGTH).label("details"),
    incidents.c.contact_name, incidents.c.contact_telephone, incidents.c.contact_email,
    incidents.c.logged_by, incidents.c.channel, incidents.c.category, incidents.c.impact,
    incidents.c.confidential, incidents.c.state, incidents.c.priority, incidents.c.sla_due,
    incidents.c.opened_at, incidents.c.closes_at,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """An incident as its services need it beside what people read."""

    id: int
    row: IncidentRow
    description: str
    resolved_at: datetime | None


class IncidentRepository:
    """Adds, lists and reads incidents."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_number(self) -> int:
        """Take the next number; an undone unit of work gives it back."""
        return self._connection.execute(
            update(sequences)
            .where(sequences.c.name == _NUMBERS)
            .values(value=sequences.c.value + 1)
            .returning(sequences.c.value)
        ).scalar_one()

    def add(self, new: NewIncident, number: int) -> int:
        """Add an incident in state New with priority 0 (rule 10) and return its row id."""
        values = asdict(new) | {
            "number": number,
            "category": new.category.value,
            "impact": new.impact.value,
            "channel": new.channel.value,
            "state": State.NEW.value,
            "priority": Priority.NONE.value,
            "version": 1,
        }
        result = self._connection.execute(insert(incidents).values(**values))
        (incident_id,) = result.inserted_primary_key or (0,)
        return int(incident_id)

    def set_state(self, incident_id: int, state: State, priority: Priority, at: datetime) -> None:
        """Set state and priority; resolving it also sets when it will be closed (rule 18)."""
        resolved: Any = None
        closes: Any = None
        if state is State.RESOLVED:
            resolved, closes = at, closes_at(at)
        elif state is State.CLOSED:
            resolved = func.coalesce(incidents.c.resolved_at, literal(at, Utc))
            closes = func.coalesce(incidents.c.closes_at, literal(at, Utc))
        self._connection.execute(
            update(incidents)
            .where(incidents.c.id == incident_id)
            .values(
                state=state.value,
                priority=priority.value,
                resolved_at=resolved,
                closes_at=closes,
                version=incidents.c.version + 1,
            )
        )

    def receipt(self, submission: str, logged_by_id: int) -> Receipt | None:
        """Return what was answered to a submission that has been logged already (rule 8)."""
        row = self._connection.execute(
            select(incidents.c.number, incidents.c.confidential, schools.c.email)
            .join(schools, schools.c.id == incidents.c.school_id)
            .where(incidents.c.submission == submission, incidents.c.logged_by_id == logged_by_id)
        ).one_or_none()
        if row is None:
            return None
        return Receipt(row.number, row.confidential, "" if row.confidential else row.email)

    def find(self, scope: Scope, number: int, now: datetime) -> Found | None:
        """Return an incident, or ``None`` where there is none or the reader may not know of it."""
        if not 0 < number < LARGEST_NUMBER:
            return None
        statement = _within(scope, select(*_ROW, *_EXTRA)).where(incidents.c.number == number)
        row = self._connection.execute(statement).one_or_none()
        if row is None:
            return None
        *columns, incident_id, description, resolved_at = row
        return Found(incident_id, _row(columns, now), description, resolved_at)

    def page(self, scope: Scope, query: ListQuery, window: Window, now: datetime) -> Page:
        """Return a window of a list, newest first; reads only that many rows, and one more."""
        order = (_sort_column(query.view), incidents.c.number)
        statement = _within(scope, select(*_ROW)).where(_condition(query.view, now))
        if query.school_id is not None:
            statement = statement.where(incidents.c.school_id == query.school_id)
        beyond = False
        if window.key is not None:
            # The row at the key may be the first of all: whether there are others is looked up.
            other = replace(window, newer=not window.newer, inclusive=not window.inclusive)
            others = statement.where(_beyond(order, other)).limit(1)
            beyond = self._connection.execute(others).first() is not None
            statement = statement.where(_beyond(order, window))
        direction = [column.asc() if window.newer else column.desc() for column in order]
        found = self._connection.execute(
            statement.order_by(*direction).limit(window.limit + 1)
        ).all()
        more = len(found) > window.limit
        rows = [_row(row, now) for row in found[: window.limit]]
        if window.newer:
            return Page(tuple(reversed(rows)), newer=more, older=beyond)
        return Page(tuple(rows), newer=beyond, older=more)

    def counts(self, scope: Scope, now: datetime) -> dict[View, int]:
        """Return how many rows the lists of open incidents have, all from one query."""
        counted = (View.TRIAGE, View.OPEN, View.ON_HOLD, View.RESOLVED)
        statement = select(
            *(
                func.coalesce(func.sum(case((_condition(view, now), 1), else_=0)), 0)
                for view in counted
            )
        )
        row = self._connection.execute(_within_alone(scope, statement).where(NOT_CLOSED)).one()
        return dict(zip(counted, map(int, row), strict=True))


_EXTRA = (incidents.c.id, incidents.c.description, incidents.c.resolved_at)


def _within(scope: Scope, statement: Select[Any]) -> Select[Any]:
    """Join the school and leave only what the reader may learn of (rule 24)."""
    return _within_alone(scope, statement.join(schools, schools.c.id == incidents.c.school_id))


def _within_alone(scope: Scope, statement: Select[Any]) -> Select[Any]:
    if scope.school_id is not None:
        statement = statement.where(incidents.c.school_id == scope.school_id)
    if not scope.confidential:
        statement = statement.where(incidents.c.confidential.is_(False))
    return statement


def _sort_column(view: View) -> ColumnElement[Any]:
    return incidents.c.closes_at if view is View.CLOSED else incidents.c.opened_at


def _condition(view: View, now: datetime) -> ColumnElement[bool]:
    closing = incidents.c.closes_at
    match view:
        case View.TRIAGE:
            return WAITS_FOR_TRIAGE
        case View.OPEN:
            return and_(NOT_CLOSED, or_(closing.is_(None), closing > now))
        case View.ON_HOLD:
            return and_(NOT_CLOSED, incidents.c.state.in_([state.value for state in ON_HOLD]))
        case View.RESOLVED:
            return and_(NOT_CLOSED, incidents.c.state == State.RESOLVED.value, closing > now)
        case View.CLOSED:
            return closing <= now
        case View.ALL:
            return true()


def _beyond(
    order: tuple[ColumnElement[Any], ColumnElement[int]], window: Window
) -> ColumnElement[bool]:
    assert window.key is not None
    place = tuple_(*order)
    key = tuple_(literal(window.key.at, Utc), literal(window.key.number))
    if window.inclusive:
        return place >= key if window.newer else place <= key
    return place > key if window.newer else place < key


def _row(columns: Any, now: datetime) -> IncidentRow:
    (
        number, school_id, name, town, details, contact_name, telephone, email, logged_by, channel,
        category, impact, confidential, state, priority, sla_due, opened_at, closes,
    ) = columns  # fmt: skip
    return IncidentRow(
        number=number,
        school_id=school_id,
        school=f"{name}, {town}" if town else name,
        details=details,
        contact_name=contact_name,
        contact_telephone=telephone,
        contact_email=email,
        logged_by=logged_by,
        channel=Channel(channel),
        category=Category(category),
        impact=Impact(impact),
        confidential=confidential,
        state=state_at(State(state), closes, now),
        priority=Priority(priority),
        sla_due=sla_due,
        opened_at=opened_at,
        closes_at=closes,
    )
