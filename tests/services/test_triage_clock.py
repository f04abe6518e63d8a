"""How decisions move the due date, what the clock does by itself, and how late is counted.

The example's calendar: Monday to Friday, 08:00 to 17:00 in London. The tests begin on a Wednesday
at 11:52; priority 2 has 9 hours of service time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from eds_tui.domain.event import EventKind
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import StateChange
from eds_tui.domain.triage_fields import DEFERRAL_ENDED
from eds_tui.domain.views import IncidentRow
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock, new_form
from tests.london import london
from tests.services.triage_steps import (
    ASKED,
    DEFERRED,
    REOPENED,
    RESOLVED,
    WAITING,
    events_of,
    found,
)

pytestmark = pytest.mark.long_on_postgres

GOING_ON = StateChange(State.IN_PROGRESS)
DUE = london(2026, 6, 11, 11, 52)
"""Logged at 11:52, 9 hours of service time, never paused."""
INSTANT = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def _high(services: Services, people: People) -> None:
    """Incident 1 with priority 2, logged and decided at the start."""
    services.report.log(people.head, new_form())
    services.triage.set_priority(people.handler, 1, None, Priority.HIGH)


def go(services: Services, people: People, change: StateChange) -> IncidentRow:
    """Move the incident to another state."""
    return services.triage.set_state(people.handler, 1, None, change)


def row(services: Services, people: People) -> IncidentRow:
    """Return the incident as a reader sees it now."""
    return services.queue.open(people.handler, 1).row


def test_the_due_date_comes_with_the_priority(services: Services, people: People) -> None:
    assert row(services, people).sla_due == DUE


@pytest.mark.parametrize(
    "change", [ASKED, WAITING, DEFERRED, RESOLVED], ids=lambda each: each.state
)
@pytest.mark.parametrize(("back", "lost_to"), [
    (london(2026, 6, 10, 13, 52), london(2026, 6, 11, 13, 22)),
    (london(2026, 6, 10, 22), london(2026, 6, 11, 16, 30)),
    (london(2026, 6, 11, 7), london(2026, 6, 11, 16, 30)),
    (london(2026, 6, 11, 9), london(2026, 6, 12, 8, 30)),
])  # fmt: skip
def test_a_pause_moves_it_on_by_the_service_time_of_the_pause(
    services: Services,
    people: People,
    clock: SetClock,
    change: StateChange,
    back: datetime,
    lost_to: datetime,
) -> None:
    """Rule 22: paused at 12:22, with 4 hours 38 minutes of that day to come."""
    clock.now = london(2026, 6, 10, 12, 22)
    paused = go(services, people, change)
    assert paused.paused
    clock.now = back
    reason = REOPENED if change is RESOLVED else GOING_ON
    went_on = go(services, people, reason)
    assert (went_on.paused, went_on.sla_due) == (False, lost_to)


def test_holds_one_after_the_other_count_each_once(
    services: Services, people: People, clock: SetClock
) -> None:
    for change in (ASKED, WAITING, replace(DEFERRED, until=london(2026, 6, 12, 9))):
        go(services, people, change)
        clock.forward(hours=1)
    went_on = go(services, people, GOING_ON)
    assert went_on.sla_due == DUE + timedelta(hours=3)


def test_a_deferral_of_known_end_moves_the_due_date_at_once_and_back_when_cut_short(
    services: Services, people: People, clock: SetClock
) -> None:
    deferred = go(services, people, replace(DEFERRED, until=london(2026, 6, 10, 14, 52)))
    assert deferred.sla_due == DUE + timedelta(hours=3)
    clock.forward(hours=1)
    assert go(services, people, GOING_ON).sla_due == DUE + timedelta(hours=1)


def test_a_changed_priority_counts_from_the_logged_time_with_all_pauses(
    services: Services, people: People, clock: SetClock
) -> None:
    clock.forward(hours=1)
    go(services, people, ASKED)
    clock.forward(hours=2)
    go(services, people, GOING_ON)
    clock.now = london(2026, 6, 11, 9)
    given = services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    assert (given.sla_due, given.late) == (london(2026, 6, 11, 8, 52), True)
    given = services.triage.set_priority(people.handler, 1, None, Priority.MEDIUM)
    assert (given.sla_due, given.late) == (london(2026, 6, 15, 13, 52), False)
    given = services.triage.set_priority(people.handler, 1, None, Priority.ADVICE)
    assert (given.sla_due, given.late) == (None, False)


def test_a_priority_changed_while_paused_counts_the_pause_when_it_ends(
    services: Services, people: People, clock: SetClock
) -> None:
    go(services, people, WAITING)
    clock.forward(hours=1)
    given = services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    assert (given.sla_due, given.paused) == (london(2026, 6, 10, 15, 52), True)
    clock.forward(hours=1)
    assert go(services, people, GOING_ON).sla_due == london(2026, 6, 11, 8, 52)


def test_at_its_due_date_it_is_in_time_and_an_instant_later_late(
    services: Services, people: People, clock: SetClock
) -> None:
    clock.now = DUE
    assert not row(services, people).late
    clock.now = DUE + INSTANT
    assert row(services, people).late


def test_what_is_paused_in_time_never_becomes_late_while_it_is(
    services: Services, people: People, clock: SetClock
) -> None:
    clock.now = DUE - timedelta(minutes=1)
    go(services, people, WAITING)
    clock.forward(days=4)
    assert not row(services, people).late
    went_on = go(services, people, GOING_ON)
    assert (went_on.late, went_on.sla_due) == (False, clock() + timedelta(minutes=1))
    clock.forward(minutes=1, microseconds=1)
    assert row(services, people).late


def test_what_was_late_when_paused_stays_late(
    services: Services, people: People, clock: SetClock
) -> None:
    clock.now = DUE + INSTANT
    assert go(services, people, WAITING).late
    clock.forward(days=1)
    assert row(services, people).late
    late = go(services, people, GOING_ON)
    assert (late.late, late.sla_due) == (True, DUE)


@pytest.mark.parametrize(("at", "late"), [(DUE, False), (DUE + INSTANT, True)])
def test_whether_it_was_late_when_resolved_is_kept(
    database: Database,
    services: Services,
    people: People,
    clock: SetClock,
    at: datetime,
    late: bool,
) -> None:
    clock.now = at
    go(services, people, RESOLVED)
    assert found(database, 1, clock()).fields.late_when_resolved is late
    clock.forward(hours=30)
    assert row(services, people).state is State.CLOSED
    assert found(database, 1, clock()).fields.late_when_resolved is late


def test_late_when_resolved_of_a_held_one_is_what_it_was_when_held(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    go(services, people, ASKED)
    clock.now = DUE + timedelta(days=3)
    go(services, people, RESOLVED)
    assert found(database, 1, clock()).fields.late_when_resolved is False


def test_a_reopening_forgets_whether_it_was_late_and_counts_on(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    go(services, people, RESOLVED)
    clock.forward(hours=2)
    reopened = go(services, people, REOPENED)
    assert found(database, 1, clock()).fields.late_when_resolved is None
    assert (reopened.state, reopened.sla_due) == (State.IN_PROGRESS, DUE + timedelta(hours=2))


def test_without_a_target_nothing_is_ever_late(
    services: Services, people: People, clock: SetClock
) -> None:
    services.triage.set_priority(people.handler, 1, None, Priority.ADVICE)
    clock.forward(days=400)
    assert not row(services, people).late


UNTIL = london(2026, 6, 12, 9)
ENDED = replace(DEFERRED, until=UNTIL)


def test_a_deferral_is_over_for_every_reader_at_its_moment_before_anything_is_stored(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 16."""
    go(services, people, ENDED)
    clock.now = UNTIL - INSTANT
    for actor in (people.head, people.handler):
        read = services.queue.open(actor, 1).row
        assert (read.state, read.flag, read.paused) == (State.ON_HOLD_DEFERRAL, "", True)
    clock.now = UNTIL
    for actor in (people.head, people.handler):
        read = services.queue.open(actor, 1).row
        assert (read.state, read.flag, read.paused) == (State.IN_PROGRESS, DEFERRAL_ENDED, False)
    assert found(database, 1, clock()).fields.state is State.ON_HOLD_DEFERRAL


def test_the_next_decision_stores_its_end_with_the_moment_at_which_it_ended(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    version = go(services, people, ENDED).version
    clock.now = UNTIL + timedelta(hours=5)
    given = services.triage.set_priority(people.lead, 1, version, Priority.LOW)
    assert given.flag == DEFERRAL_ENDED
    assert given.version == version + 2
    ended, given_event = events_of(database, 1, clock())[-2:]
    assert (ended.kind, ended.at, ended.actor_id) == (EventKind.CLOCK, UNTIL, None)
    assert ended.details["changed"]["state"] == ["on_hold_deferral", "in_progress"]
    assert ended.details["changed"]["flag"] == ["", DEFERRAL_ENDED]
    assert (given_event.kind, given_event.at) == (EventKind.TRIAGED, clock())
    assert next(iter(given_event.details["changed"])) == "priority"
    (pause,) = found(database, 1, clock()).fields.pauses
    assert pause.ended == UNTIL


def test_the_clock_runs_on_from_the_end_of_a_deferral_whenever_that_is_stored(
    services: Services, people: People, clock: SetClock
) -> None:
    """Deferred on Wednesday 11:52 until Friday 9:00: 5 h 8 min, 9 h and 1 h do not count."""
    go(services, people, ENDED)
    due = london(2026, 6, 15, 9)
    assert row(services, people).sla_due == due
    clock.now = due
    assert not row(services, people).late
    clock.now = due + INSTANT
    assert row(services, people).late
    assert go(services, people, RESOLVED).sla_due == due


def test_a_deferral_that_ended_can_be_asked_about_like_any_incident_in_progress(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    go(services, people, ENDED)
    clock.now = UNTIL
    asked = go(services, people, ASKED)
    assert (asked.state, asked.flag) == (State.ON_HOLD_CUSTOMER, "")
    assert [pause.state for pause in found(database, 1, clock()).fields.pauses] == [
        "on_hold_deferral", "on_hold_customer",
    ]  # fmt: skip


def test_a_school_writing_after_the_end_of_a_deferral_leaves_it_in_progress_and_flagged(
    services: Services, people: People, clock: SetClock
) -> None:
    go(services, people, ENDED)
    clock.now = UNTIL
    assert services.conversation.comment(people.head, 1, "We are back.", "key") is State.IN_PROGRESS
    assert row(services, people).flag == DEFERRAL_ENDED


def test_what_closed_by_itself_is_stored_as_closed_at_that_moment_by_the_next_decision(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 18; hiding is a decision that a closed incident takes."""
    services.report.log(people.head, new_form())
    go(services, people, RESOLVED)
    clock.forward(hours=30)
    services.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
    closed = events_of(database, 1, clock())[-2]
    assert (closed.kind, closed.at) == (EventKind.CLOCK, START + timedelta(hours=24))
    assert closed.details["changed"]["state"] == ["resolved", "closed"]
    fields = found(database, 1, clock()).fields
    assert (fields.state, fields.closes_at) == (State.CLOSED, START + timedelta(hours=24))
