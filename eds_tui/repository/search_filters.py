"""The filters of a search as conditions on incidents and their schools (rule 35)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, false, or_, select
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.account import Role, Scope
from eds_tui.domain.lifecycle import State
from eds_tui.domain.school import SchoolLookup
from eds_tui.domain.search import ME, NOBODY, SearchQuery
from eds_tui.domain.text import fold
from eds_tui.domain.triage_fields import REPLIED
from eds_tui.domain.views import View
from eds_tui.repository.incident_rows import in_view
from eds_tui.repository.tables import NOT_CLOSED, accounts, incidents, schools

Conditions = list[ColumnElement[bool]]


def of_incident(
    connection: Connection, scope: Scope, query: SearchQuery, now: datetime
) -> Conditions:
    """Return every condition but those on words and school."""
    columns = incidents.c
    conditions = narrowing(query)
    for column, wanted in (
        (columns.category, [each.value for each in query.categories]),
        (columns.impact, [each.value for each in query.impacts]),
        (columns.priority, [each.value for each in query.priorities]),
    ):
        if wanted:
            conditions.append(column.in_(wanted))
    if query.states:
        conditions.append(_in_states(query.states, scope, now))
    if query.late:
        conditions.append(in_view(View.LATE, scope, now))
    if query.replied:
        conditions += [in_view(View.OPEN, scope, now), columns.flag == REPLIED]
    if query.confidential:
        conditions.append(columns.confidential.is_(True))
    if query.assigned:
        conditions.append(_assigned(connection, scope, query.assigned))
    return conditions


def narrowing(query: SearchQuery) -> Conditions:
    """Return those conditions that hold of few incidents next to each other in an index."""
    conditions: Conditions = []
    if query.opened_from is not None:
        conditions.append(incidents.c.opened_at >= query.opened_from)
    if query.opened_to is not None:
        conditions.append(incidents.c.opened_at < query.opened_to)
    if query.late or query.replied or (query.states and State.CLOSED not in query.states):
        conditions.append(NOT_CLOSED)
    return conditions


def of_school(text: str) -> ColumnElement[bool]:
    """Return the condition on schools to have that portal number, or that in name or town."""
    lookup = SchoolLookup.of(text)
    if lookup.literal:
        return or_(
            *(
                column.contains(lookup.literal, autoescape=True)
                for column in (schools.c.name, schools.c.town)
            )
        )
    named = and_(*(schools.c.folded.contains(word, autoescape=True) for word in lookup.words))
    if not lookup.number:
        return named
    return or_(named, schools.c.portal_number.startswith(lookup.number, autoescape=True))


def _in_states(states: frozenset[State], scope: Scope, now: datetime) -> ColumnElement[bool]:
    until = incidents.c.deferred_until
    deferred = incidents.c.state == State.ON_HOLD_DEFERRAL.value
    over = and_(until.is_not(None), until <= now)
    as_stored = states - {State.CLOSED, State.ON_HOLD_DEFERRAL}
    choices = [incidents.c.state.in_([state.value for state in as_stored])]
    if State.IN_PROGRESS in states:
        choices.append(and_(deferred, over))
    if State.ON_HOLD_DEFERRAL in states:
        choices.append(and_(deferred, ~over))
    conditions = [and_(in_view(View.OPEN, scope, now), or_(*choices))]
    if State.CLOSED in states:
        conditions.append(in_view(View.CLOSED, scope, now))
    return or_(*conditions)


def _assigned(connection: Connection, scope: Scope, wanted: str) -> ColumnElement[bool]:
    if scope.school_id is not None:
        return false()
    person, team = incidents.c.assigned_to_id, incidents.c.team
    if wanted.casefold() == ME:
        return person == scope.account_id
    if wanted.casefold() == NOBODY:
        return and_(person.is_(None), team == "")
    # Names are compared here, since not every database folds the case of every letter.
    known = connection.execute(
        select(accounts.c.id, accounts.c.name, accounts.c.team).where(
            accounts.c.role != Role.SCHOOL.value
        )
    ).all()
    people = [row.id for row in known if _is_part(wanted, row.name)]
    teams = {row.team for row in known if row.team and _is_part(wanted, row.team)}
    return or_(person.in_(people), team.in_(teams))


def _is_part(text: str, name: str) -> bool:
    folded = fold(text)
    return folded in fold(name) if folded else text in name
