"""Guide 2.2, 2.3, 3: priorities, confidentiality, the record (rules 20 to 23, 25, 26, 28 to 30)."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

import pytest

from eds_tui.domain.errors import InvalidInput, NotAllowed, NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Impact, Priority, suggested_priority
from eds_tui.domain.targets import EXAMPLE, Target
from eds_tui.domain.triage import StateChange
from eds_tui.domain.triage_fields import TriageFields
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form
from tests.london import london
from tests.services.triage_steps import (
    ASKED,
    DECISIONS,
    DEFERRED,
    ORIGINAL,
    REOPENED,
    RESOLVED,
    WAITING,
    events_of,
    found,
)


def log(services: Services, people: People, clock: SetClock, at: datetime) -> None:
    """Log an incident at a moment."""
    clock.now = at
    services.report.log(people.head, new_form())


def due(services: Services, people: People) -> datetime | None:
    """Return the due date that the school reads."""
    return services.queue.open(people.head, 1).row.sla_due


MONDAY = london(2026, 6, 8, 10)


def test_rule_20_the_impact_suggests_and_the_triager_decides(
    services: Services, people: People, clock: SetClock
) -> None:
    assert {impact: suggested_priority(impact) for impact in Impact} == {
        Impact.ENTERPRISE: Priority.CRITICAL,
        Impact.SITE: Priority.HIGH,
        Impact.MULTIPLE_USERS: Priority.MEDIUM,
        Impact.SINGLE_USER: Priority.LOW,
    }
    log(services, people, clock, MONDAY)
    assert services.queue.open(people.head, 1).row.priority is Priority.NONE
    services.triage.set_priority(people.handler, 1, None, Priority.ADVICE)
    row = services.queue.open(people.head, 1).row
    assert (row.impact, row.priority) == (Impact.SITE, Priority.ADVICE)
    for actor in (people.head, people.bursar):
        with pytest.raises(NotAllowed):
            services.triage.set_priority(actor, 1, None, Priority.CRITICAL)


@pytest.mark.parametrize(("priority", "at"), [
    (Priority.CRITICAL, london(2026, 6, 8, 14)),
    (Priority.HIGH, london(2026, 6, 9, 10)),
    (Priority.MEDIUM, london(2026, 6, 11, 10)),
    (Priority.LOW, london(2026, 6, 15, 10)),
    (Priority.ADVICE, None),
])  # fmt: skip
def test_rule_21_the_due_date_counts_from_when_it_was_logged_whenever_it_is_decided(
    services: Services, people: People, clock: SetClock, priority: Priority, at: datetime | None
) -> None:
    log(services, people, clock, MONDAY)
    assert due(services, people) is None
    clock.forward(hours=2, minutes=13)
    services.triage.set_priority(people.handler, 1, None, priority)
    assert due(services, people) == at


@pytest.mark.parametrize(("logged_at", "minutes", "at"), [
    (london(2026, 12, 24, 16, 30), 240, london(2026, 12, 29, 11, 30)),
    (london(2026, 3, 27, 16), 240, london(2026, 3, 30, 11)),
    (london(2026, 10, 23, 16), 240, london(2026, 10, 26, 11)),
    (london(2026, 10, 24, 3), 60, london(2026, 10, 26, 9)),
])  # fmt: skip
def test_rule_23_worked_values_come_out_of_the_database(
    services: Services,
    people: People,
    clock: SetClock,
    logged_at: datetime,
    minutes: int,
    at: datetime,
) -> None:
    targets = {**EXAMPLE.targets, Priority.CRITICAL: Target(minutes=minutes)}
    clock.now = logged_at
    services.service_levels.change(people.lead, type(EXAMPLE)(EXAMPLE.calendar, targets))
    log(services, people, clock, logged_at)
    services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    assert due(services, people) == at


def test_rule_23_resolved_in_the_hour_that_comes_twice_it_closes_24_hours_later(
    services: Services, people: People, clock: SetClock
) -> None:
    log(services, people, clock, london(2026, 10, 25, 1, 30))
    services.triage.set_state(people.handler, 1, None, RESOLVED)
    assert services.queue.open(people.head, 1).row.closes_at == london(2026, 10, 26, 0, 30)


@pytest.mark.parametrize(
    "change", [ASKED, WAITING, DEFERRED, RESOLVED], ids=lambda each: each.state
)
def test_rule_22_the_clock_stands_on_every_hold_and_while_resolved(
    services: Services, people: People, clock: SetClock, change: StateChange
) -> None:
    log(services, people, clock, london(2026, 6, 10, 9))
    services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    clock.forward(hours=1)
    services.triage.set_state(people.handler, 1, None, change)
    clock.forward(hours=2)
    services.triage.set_state(people.handler, 1, None, REOPENED)
    assert due(services, people) == london(2026, 6, 10, 15)


def test_rule_22_overdue_is_nowhere_stored_and_lateness_at_the_end_is(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    log(services, people, clock, MONDAY)
    services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    clock.now = london(2026, 6, 8, 14, 1)
    assert services.queue.open(people.handler, 1).row.late
    assert found(database, 1, clock()).fields.late_when_resolved is None
    services.triage.set_state(people.handler, 1, None, RESOLVED)
    clock.forward(days=90)
    assert found(database, 1, clock()).fields.late_when_resolved is True


def test_rule_25_only_the_service_centre_changes_it_with_a_reason_and_each_flip_is_kept(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    log(services, people, clock, MONDAY)
    with pytest.raises(NotAllowed):
        services.triage.set_confidential(people.head, 1, None, True, "Please.")
    with pytest.raises(InvalidInput):
        services.triage.set_confidential(people.handler, 1, None, True, " ")
    services.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
    services.triage.set_confidential(people.lead, 1, None, False, "Nobody is named.")
    flips = [
        (event.actor, event.details["changed"], event.details["reason"])
        for event in events_of(database, 1, clock())
        if event.kind is EventKind.TRIAGED
    ]
    assert flips == [
        ("A. Handler", {"confidential": [False, True]}, "A pupil is named."),
        ("S. Lead", {"confidential": [True, False]}, "Nobody is named."),
    ]


def test_rule_25_hidden_it_is_gone_from_the_school_at_its_next_look_and_back_when_shown(
    services: Services, people: People, clock: SetClock
) -> None:
    log(services, people, clock, MONDAY)

    def listed() -> list[int]:
        rows = services.queue.page(people.head, ListQuery(View.ALL), Window()).rows
        return [row.number for row in rows]

    assert listed() == [1]
    services.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
    assert listed() == []
    with pytest.raises(NotFound):
        services.queue.open(people.head, 1)
    services.triage.set_confidential(people.handler, 1, None, False, "Nobody is named.")
    assert listed() == [1]


def test_rule_25_hiding_it_drops_what_waits_to_be_sent(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    log(services, people, clock, MONDAY)
    row_id = found(database, 1, clock()).id
    with database.reading() as work:
        assert work.notifications.waiting(row_id) == 1
    services.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
    with database.reading() as work:
        assert work.notifications.waiting(row_id) == 0


def test_rule_26_deciding_on_a_confidential_incident_keeps_it_so(
    services: Services, people: People, clock: SetClock
) -> None:
    clock.now = MONDAY
    services.report.log(people.head, new_form(confidential=True))
    for change in (ASKED, WAITING, RESOLVED, REOPENED):
        row = services.triage.set_state(people.handler, 1, None, change)
        assert row.confidential


@pytest.mark.parametrize("name", list(DECISIONS))
def test_rule_28_every_change_of_state_and_no_other_decision_is_told_to_the_school(
    database: Database, services: Services, people: People, clock: SetClock, name: str
) -> None:
    log(services, people, clock, MONDAY)
    log(services, people, clock, MONDAY)
    assert ORIGINAL == 2
    row_id = found(database, 1, clock()).id
    before = services.queue.open(people.handler, 1).row.state
    after = DECISIONS[name](services, people.handler, 1, None)
    with database.reading() as work:
        waiting = work.notifications.waiting(row_id)
    expected = 0 if after.confidential else 1 + (after.state is not before)
    assert waiting == expected


def test_rule_29_words_taken_on_the_telephone_stand_under_the_handlers_name(
    services: Services, people: People, clock: SetClock
) -> None:
    log(services, people, clock, MONDAY)
    services.triage.set_state(people.handler, 1, None, ASKED)
    services.conversation.comment(people.lead, 1, "The library's.", "key", caller="Test Bursar")
    asked, answered = services.queue.open(people.head, 1).comments
    assert (asked.author, asked.from_school) == ("A. Handler", False)
    assert (answered.author, answered.from_school) == ("S. Lead for Test Bursar (phone)", False)
    assert services.queue.open(people.head, 1).row.state is State.IN_PROGRESS


@pytest.mark.parametrize("name", list(DECISIONS))
def test_rule_30_every_decision_says_who_when_what_from_and_to(
    database: Database, services: Services, people: People, clock: SetClock, name: str
) -> None:
    log(services, people, clock, MONDAY)
    log(services, people, clock, MONDAY)
    before = found(database, 1, clock()).fields
    first = events_of(database, 1, clock())
    clock.forward(minutes=9)
    DECISIONS[name](services, people.lead, 1, None)
    after = found(database, 1, clock()).fields
    *earlier, event = events_of(database, 1, clock())
    assert tuple(earlier) == first
    assert (event.actor, event.actor_id, event.at) == ("S. Lead", people.lead.id, clock())
    changed = event.details["changed"]
    names = [field.name for field in fields(TriageFields)]
    pairs = {name: [getattr(before, name), getattr(after, name)] for name in names}
    assert set(changed) == {name for name, (old, new) in pairs.items() if old != new}
    for name, pair in changed.items():
        if not any(isinstance(value, datetime | tuple) for value in pairs[name]):
            assert pair == pairs[name]
