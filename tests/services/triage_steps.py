"""What the service centre decides, in few words, for the tests of triage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from eds_tui.domain.account import Account
from eds_tui.domain.errors import EdsError
from eds_tui.domain.event import Event
from eds_tui.domain.found import Found
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee, ResolutionCode, StateChange
from eds_tui.domain.version_conflict import ConflictingChange, VersionConflict
from eds_tui.domain.views import IncidentRow
from eds_tui.repository.tables import clock_record, drafts, metadata
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock

ORIGINAL = 2
"""The incident that decisions of :data:`DECISIONS` link to."""

LATER = START + timedelta(days=2)
"""Until when things are put off, if not told otherwise."""

ASKED = StateChange(State.ON_HOLD_CUSTOMER, question="Which printer is it?")
WAITING = StateChange(State.ON_HOLD_CHANGE, waiting_for="The upgrade in July")
DEFERRED = StateChange(State.ON_HOLD_DEFERRAL, until=LATER)
RESOLVED = StateChange(
    State.RESOLVED, code=ResolutionCode.FIXED, resolution="The cable was put back."
)
REOPENED = StateChange(State.IN_PROGRESS, reason="It is back.")

COMPLETE: dict[State, StateChange] = {
    State.NEW: StateChange(State.NEW),
    State.AWAITING_TRIAGE: StateChange(State.AWAITING_TRIAGE),
    State.IN_PROGRESS: REOPENED,
    State.ON_HOLD_CUSTOMER: ASKED,
    State.ON_HOLD_CHANGE: WAITING,
    State.ON_HOLD_DEFERRAL: DEFERRED,
    State.RESOLVED: RESOLVED,
    State.CLOSED: StateChange(State.CLOSED),
}
"""To each state, with all that it could ask for."""

Decide = Callable[[Services, Account, int, int | None], IncidentRow]
"""Makes a decision: who, on which incident, over which version."""


def move(change: StateChange) -> Decide:
    """Return the decision that moves an incident to another state."""
    return lambda services, actor, number, version: services.triage.set_state(
        actor, number, version, change
    )


def give(priority: Priority) -> Decide:
    """Return the decision that gives an incident a priority."""
    return lambda services, actor, number, version: services.triage.set_priority(
        actor, number, version, priority
    )


DECISIONS: dict[str, Decide] = {
    "priority": give(Priority.MEDIUM),
    "in progress": move(StateChange(State.IN_PROGRESS)),
    "question": move(ASKED),
    "wait for a change": move(WAITING),
    "deferral": move(DEFERRED),
    "resolve": move(RESOLVED),
    "assign to me": lambda services, actor, number, version: services.triage.assign(
        actor, number, version, Assignee(actor.id, actor.name)
    ),
    "assign to a team": lambda services, actor, number, version: services.triage.assign(
        actor, number, version, Assignee(team="Networks")
    ),
    "hide": lambda services, actor, number, version: services.triage.set_confidential(
        actor, number, version, True, "A pupil is named."
    ),
    "link": lambda services, actor, number, version: services.triage.link(
        actor, number, version, ORIGINAL
    ),
    "duplicate": lambda services, actor, number, version: services.triage.close_as_duplicate(
        actor, number, version, ORIGINAL
    ),
}
"""Every decision there is, on an incident that waits for triage, with a second one to link to."""

EVERY: dict[str, Decide] = {**DECISIONS, "reopen": move(REOPENED)}
"""And the one on a resolved incident."""


def reach(services: Services, people: People, number: int, state: State, clock: SetClock) -> None:
    """Bring a new incident to a state by decisions of the lead's."""
    if state is State.CLOSED:
        services.triage.set_state(people.lead, number, None, RESOLVED)
        clock.forward(hours=24)
    elif state is not State.NEW:
        services.triage.set_state(people.lead, number, None, COMPLETE[state])


def found(database: Database, number: int, now: datetime) -> Found:
    """Return an incident with all of its fields, as stored."""
    incidents = metadata.tables["incidents"]
    with database.engine.connect() as connection:
        query = select(incidents.c.id).where(incidents.c.number == number)
        row_id = connection.execute(query).scalar_one()
    with database.reading() as work:
        return work.incidents.by_id(row_id, now)


def events_of(database: Database, number: int, now: datetime) -> tuple[Event, ...]:
    """Return the events of an incident, oldest first."""
    row_id = found(database, number, now).id
    with database.reading() as work:
        return work.events.of_incident(row_id)


def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table that a decision may change.

    What is typed is kept whatever is refused, and how late it is as time goes by.
    """
    with database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in metadata.sorted_tables
            if table not in (drafts, clock_record)
        }


def conflict_of(
    database: Database, services: Services, people: People, decide: Decide, version: int = 1
) -> ConflictingChange:
    """Return what the handler is refused with; nothing at all may have changed."""
    before = contents(database)
    with pytest.raises(VersionConflict) as error:
        decide(services, people.handler, 1, version)
    assert contents(database) == before
    assert error.value.message == "INC0000001 was changed by S. Lead."
    return error.value.conflict


def refused(kind: type[EdsError], database: Database, decide: Callable[[], object]) -> str:
    """Return what a decision is refused with; nothing at all may have changed."""
    before = contents(database)
    with pytest.raises(kind) as error:
        decide()
    assert contents(database) == before
    return error.value.message
