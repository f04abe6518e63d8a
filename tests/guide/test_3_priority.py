"""Guide 2.2, 2.3, 3: priorities, confidentiality, the record (rules 20 to 23, 25, 26, 28 to 30)."""

from __future__ import annotations

from datetime import datetime

import pytest

from eds_tui.domain.errors import NotAllowed
from eds_tui.domain.priority import Impact, Priority, suggested_priority
from eds_tui.domain.targets import EXAMPLE, Target
from eds_tui.domain.triage import StateChange
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form
from tests.london import london
from tests.services.triage_steps import (
    ASKED,
    DEFERRED,
    REOPENED,
    RESOLVED,
    WAITING,
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
    """Guide 2.3: it is assessed by the service centre, which gives the priority."""
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
    """Guide 3: the due date is calculated from the priority."""
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
    """Guide 3: the due date follows the service level agreement that is in force."""
    targets = {**EXAMPLE.targets, Priority.CRITICAL: Target(minutes=minutes)}
    clock.now = logged_at
    services.service_levels.change(people.lead, type(EXAMPLE)(EXAMPLE.calendar, targets))
    log(services, people, clock, logged_at)
    services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    assert due(services, people) == at


@pytest.mark.parametrize(
    "change", [ASKED, WAITING, DEFERRED, RESOLVED], ids=lambda each: each.state
)
def test_rule_22_the_clock_stands_on_every_hold_and_while_resolved(
    services: Services, people: People, clock: SetClock, change: StateChange
) -> None:
    """Guide 3: the due date moves by what the service centre had to wait."""
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
    """Guide 3: whether a target was missed is known for the reports."""
    log(services, people, clock, MONDAY)
    services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    clock.now = london(2026, 6, 8, 14, 1)
    assert services.queue.open(people.handler, 1).row.late
    assert found(database, 1, clock()).fields.late_when_resolved is None
    services.triage.set_state(people.handler, 1, None, RESOLVED)
    clock.forward(days=90)
    assert found(database, 1, clock()).fields.late_when_resolved is True
