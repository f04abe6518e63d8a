"""Changing the calendar and the targets, and what follows for open incidents (rule 21)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import insert, update

from eds_tui.domain.calendar import Calendar
from eds_tui.domain.errors import InvalidInput, NotAllowed
from eds_tui.domain.event import EventKind
from eds_tui.domain.priority import Priority
from eds_tui.domain.service_hours import Hours
from eds_tui.domain.targets import EXAMPLE, NO_TARGET, ServiceLevel, Target
from eds_tui.repository.tables import metadata
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock, log, new_form
from tests.london import london
from tests.services.triage_steps import ASKED, DEFERRED, RESOLVED, contents, found

pytestmark = pytest.mark.long_on_postgres

LONGER = replace(EXAMPLE, calendar=Calendar((*((Hours(time(8), time(18)),),) * 5, (), ())))
"""Open an hour longer on weekdays."""


def with_target(priority: Priority, target: Target) -> ServiceLevel:
    """Return the example with another target."""
    return replace(EXAMPLE, targets={**EXAMPLE.targets, priority: target})


@pytest.fixture(autouse=True)
def _high(services: Services, people: People) -> None:
    """Incident 1 of priority 2: 9 hours from 11:52 on a Wednesday."""
    services.report.log(people.head, new_form())
    services.triage.set_priority(people.handler, 1, None, Priority.HIGH)


def due(services: Services, people: People, number: int = 1) -> datetime | None:
    """Return when an incident is due."""
    return services.queue.open(people.handler, number).row.sla_due


def test_a_new_database_has_the_example(services: Services) -> None:
    assert services.service_levels.current() == EXAMPLE


def test_another_calendar_counts_for_open_incidents_at_once(
    services: Services, people: People
) -> None:
    assert due(services, people) == london(2026, 6, 11, 11, 52)
    assert services.service_levels.change(people.lead, LONGER) == 1
    assert services.service_levels.current() == LONGER
    assert due(services, people) == london(2026, 6, 11, 10, 52)


def test_another_target_counts_from_the_logged_time(services: Services, people: People) -> None:
    services.service_levels.change(people.lead, with_target(Priority.HIGH, Target(working_days=1)))
    assert due(services, people) == london(2026, 6, 11, 11, 52)
    services.service_levels.change(people.lead, with_target(Priority.HIGH, Target(minutes=60)))
    assert due(services, people) == london(2026, 6, 10, 12, 52)
    services.service_levels.change(people.lead, with_target(Priority.HIGH, NO_TARGET))
    assert due(services, people) is None


def test_a_day_that_is_closed_moves_the_due_date_past_it(
    services: Services, people: People
) -> None:
    calendar = replace(EXAMPLE.calendar, closed_days=frozenset({date(2026, 6, 11)}))
    services.service_levels.change(None, replace(EXAMPLE, calendar=calendar))
    assert due(services, people) == london(2026, 6, 12, 11, 52)


def test_what_a_pause_takes_is_counted_by_the_new_calendar(
    services: Services, people: People, clock: SetClock
) -> None:
    """Held from 5 hours used on until 9:00: the 4 hours left end at 13:00 in either calendar."""
    clock.now = london(2026, 6, 10, 16, 52)
    services.triage.set_state(people.handler, 1, None, ASKED)
    clock.now = london(2026, 6, 11, 9)
    services.conversation.comment(people.head, 1, "The library's.", "key")
    assert due(services, people) == london(2026, 6, 11, 13)
    services.service_levels.change(people.lead, LONGER)
    assert due(services, people) == london(2026, 6, 11, 13)


def test_a_deferral_that_lasts_counts_to_its_end(services: Services, people: People) -> None:
    until = london(2026, 6, 11, 9)
    services.triage.set_state(people.handler, 1, None, replace(DEFERRED, until=until))
    assert due(services, people) == london(2026, 6, 12, 9)
    services.service_levels.change(people.lead, LONGER)
    assert due(services, people) == london(2026, 6, 11, 18)


def test_resolved_and_closed_incidents_keep_theirs(
    services: Services, people: People, clock: SetClock
) -> None:
    log(services, people, 2)
    for number in (2, 3):
        services.triage.set_priority(people.handler, number, None, Priority.HIGH)
    services.triage.set_state(people.handler, 2, None, RESOLVED)
    services.triage.close_as_duplicate(people.handler, 3, None, 1)
    before = [due(services, people, number) for number in (2, 3)]
    assert services.service_levels.change(people.lead, LONGER) == 1
    assert [due(services, people, number) for number in (2, 3)] == before
    assert due(services, people) != before[0]


def test_a_reopened_incident_is_due_by_the_level_then_in_force(
    services: Services, people: People
) -> None:
    services.triage.set_state(people.handler, 1, None, RESOLVED)
    services.service_levels.change(people.lead, LONGER)
    services.triage.undo(people.handler, 1, "By mistake.")
    assert due(services, people) == london(2026, 6, 11, 10, 52)


def test_a_change_of_the_calendar_stands_in_the_way_of_no_decision(
    database: Database, services: Services, people: People
) -> None:
    version = found(database, 1, START).row.version
    services.service_levels.change(people.lead, LONGER)
    assert found(database, 1, START).row.version == version
    row = services.triage.set_priority(people.handler, 1, version, Priority.CRITICAL)
    assert row.sla_due == london(2026, 6, 10, 15, 52)


def test_when_to_warn_moves_with_it(database: Database, services: Services, people: People) -> None:
    services.service_levels.change(people.lead, with_target(Priority.HIGH, Target(minutes=240)))
    assert found(database, 1, START).fields.warn_at == london(2026, 6, 10, 14, 52)


def test_what_was_warned_of_is_warned_of_again_where_the_due_date_is_ahead_again(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    clock.now = london(2026, 6, 11, 12)
    services.housekeeping.run()
    assert found(database, 1, clock()).fields.warned == 2
    services.service_levels.change(people.lead, with_target(Priority.HIGH, Target(working_days=9)))
    assert found(database, 1, clock()).fields.warned == 0


def test_it_is_one_event_with_all_that_is_in_force(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    clock.forward(minutes=3)
    services.service_levels.change(people.lead, LONGER)
    services.service_levels.change(None, EXAMPLE)
    with database.reading() as work:
        events = work.events.of_kind(EventKind.SERVICE_LEVEL_CHANGED)
    assert [(event.at, event.actor) for event in events] == [
        (START + timedelta(minutes=3), "S. Lead"), (START + timedelta(minutes=3), ""),
    ]  # fmt: skip
    assert [ServiceLevel.from_data(event.details) for event in events] == [LONGER, EXAMPLE]


@pytest.mark.parametrize(("level", "field"), [
    (with_target(Priority.HIGH, Target(minutes=-1)), "p2"),
    (with_target(Priority.HIGH, Target(minutes=5, working_days=5)), "p2"),
    (with_target(Priority.NONE, Target(minutes=5)), "p0"),
])  # fmt: skip
def test_a_level_that_can_not_be_is_refused_and_changes_nothing(
    database: Database, services: Services, people: People, level: ServiceLevel, field: str
) -> None:
    before = contents(database)
    with pytest.raises(InvalidInput) as refused:
        services.service_levels.change(people.lead, level)
    assert list(refused.value.problems) == [field]
    assert contents(database) == before


def test_a_calendar_without_an_open_hour_is_refused(
    database: Database, services: Services, people: People
) -> None:
    before = contents(database)
    never = replace(EXAMPLE, calendar=Calendar(((),) * 7))
    with pytest.raises(InvalidInput):
        services.service_levels.change(people.lead, never)
    assert contents(database) == before


def test_only_leads_change_it(database: Database, services: Services, people: People) -> None:
    before = contents(database)
    for actor in (people.handler, people.head):
        with pytest.raises(NotAllowed):
            services.service_levels.change(actor, LONGER)
    assert contents(database) == before


@pytest.mark.parametrize("data", [{}, [], {"calendar": 1, "targets": 2}, "spoilt"])
def test_a_stored_level_that_can_not_be_read_stops_nobodys_triage(
    database: Database, services: Services, people: People, data: object
) -> None:
    services.service_levels.change(people.lead, LONGER)
    with database.engine.begin() as connection:
        connection.execute(update(metadata.tables["service_levels"]).values(data=data))
    row = services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    assert (row.priority, row.sla_due) == (Priority.CRITICAL, None)


def test_a_stored_calendar_without_an_open_hour_ahead_is_why_nothing_is_due(
    database: Database, services: Services, people: People
) -> None:
    """None is saved by the program, and by hand one might be."""
    data = replace(EXAMPLE, calendar=Calendar(((),) * 7)).to_data()
    values = {"id": 1, "data": data, "changed_at": START}
    with database.engine.begin() as connection:
        connection.execute(insert(metadata.tables["service_levels"]).values(values))
    row = services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    assert row.sla_due is None
    assert services.history.why_due(people.handler, 1) == (
        "Priority 1 – Critical: target 4 hours.",
        "The calendar has no open hour ahead, so there is no due date.",
    )
