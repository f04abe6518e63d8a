"""A promise has its date wherever it is shown, to school and centre (rules 16, 22, 28, 44)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from eds_tui.cli.as_json import detail_json, row_json
from eds_tui.cli.plain import incident_lines, incident_table, outcome
from eds_tui.domain.account import Account
from eds_tui.domain.lifecycle import State
from eds_tui.domain.notification import Centre, NotificationKind, values
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import StateChange
from eds_tui.domain.views import IncidentRow, ListQuery, View, Window
from eds_tui.mail import texts
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.ui.presentation.columns import queue_columns, school_columns, site_columns
from eds_tui.ui.presentation.incident_text import facts, preview
from tests.factories import START, People, SetClock, log
from tests.london import london
from tests.services.triage_steps import DEFERRED, RESOLVED, WAITING

UNTIL = london(2026, 6, 19, 8)
"""Nine days after ``START``, a Friday as the one two days after it."""
IN_LISTS = "19 Jun 08:00"
IN_FULL = "On Hold (Customer Deferral) until Fri 19 Jun 2026 08:00"


@pytest.fixture
def deferred(services: Services, people: People) -> None:
    """An incident that is put off."""
    log(services, people, 1)
    change = StateChange(State.ON_HOLD_DEFERRAL, until=UNTIL)
    services.triage.set_priority(people.handler, 1, None, Priority.MEDIUM)
    services.triage.set_state(people.handler, 1, None, change)


def row_of(services: Services, actor: Account) -> IncidentRow:
    """Return the one incident as a list has it for somebody."""
    (row,) = services.queue.page(actor, ListQuery(View.ALL), Window()).rows
    return row


@pytest.mark.on_both
@pytest.mark.usefixtures("deferred")
def test_a_deferral_has_its_date_in_every_list_and_on_the_incident(
    services: Services, people: People
) -> None:
    for actor, internal in ((people.head, False), (people.handler, True)):
        detail = services.queue.open(actor, 1)
        row = row_of(services, actor)
        for layout in (queue_columns(), school_columns(), site_columns()):
            (shown,) = (each for each in layout(80) if IN_LISTS in each.text(row))
            assert len(shown.text(row)) <= shown.width
        assert IN_LISTS in preview(row)[1]
        assert IN_FULL in facts(detail, internal=internal).plain
        assert IN_LISTS in "\n".join(incident_table([row], internal=internal))
        assert IN_FULL in "\n".join(incident_lines(detail, internal=internal))
        assert IN_FULL in outcome(row)
        for written in (row_json(row, internal=internal), detail_json(detail, internal=internal)):
            assert json.loads(written)["deferred_until"] == "2026-06-19T07:00:00+00:00"


@pytest.mark.usefixtures("deferred")
def test_it_stands_in_the_mail_and_another_states_mail_has_none(
    services: Services, people: People, database: Database, clock: SetClock
) -> None:
    services.triage.set_state(people.handler, 1, None, WAITING)
    told = []
    with database.writing() as work:
        while notice := work.notifications.take(clock()):
            if notice.kind is NotificationKind.STATE:
                given = values(notice, Centre(telephone="01772 000000", email="desk@example.org"))
                told.append(texts.render(notice.kind, texts.built_in(notice.kind), given))
    _, deferral, waiting = told
    expected = "On Hold (Customer Deferral) until Friday 19 June 2026 at 08:00"
    assert deferral.subject == f"INC0000001: {expected}"
    assert f"\n{expected}\n" in deferral.body
    assert "until" not in waiting.subject


@pytest.mark.usefixtures("deferred")
def test_a_deferral_that_is_over_promises_nothing(
    services: Services, people: People, clock: SetClock
) -> None:
    clock.now = UNTIL
    row = row_of(services, people.head)
    assert (row.state, row.deferred_until) == (State.IN_PROGRESS, None)


def test_a_due_date_in_eight_days_has_day_and_month_and_late_its_measure(
    services: Services, people: People, clock: SetClock
) -> None:
    """Priority 4 is due in five working days: Wednesday the 17th at 11:52, in a week."""
    log(services, people, 1)
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    due = queue_columns()(80)[-1].text
    assert due(row_of(services, people.handler)) == "17 Jun 11:52"
    clock.now = START + timedelta(days=2)
    assert due(row_of(services, people.handler)) == "Wed 11:52"
    clock.now = START + timedelta(days=7, minutes=40)
    row = row_of(services, people.handler)
    assert (due(row), row.late_minutes) == ("late 40 min", 40)
    detail = services.queue.open(people.head, 1)
    assert "(late 40 min)" in facts(detail, internal=False).plain
    assert "(late 40 min)" in "\n".join(incident_lines(detail, internal=False))
    assert json.loads(row_json(row, internal=False))["late_minutes"] == 40


@pytest.mark.parametrize("ended", ["resolved", "closed", "duplicate"])
def test_how_late_it_was_does_not_grow_when_it_has_ended(
    services: Services, people: People, clock: SetClock, ended: str
) -> None:
    log(services, people, 2)
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    clock.now = START + timedelta(days=7, hours=2)
    if ended == "duplicate":
        services.triage.close_as_duplicate(people.handler, 1, None, 2)
    else:
        services.triage.set_state(people.handler, 1, None, RESOLVED)
    clock.forward(days=9 if ended == "closed" else 0.5)
    assert services.queue.open(people.handler, 1).row.late_minutes == 120


def test_taking_a_move_back_to_a_deferral_is_told_with_its_date(
    services: Services, people: People, database: Database, clock: SetClock
) -> None:
    log(services, people, 1)
    services.triage.set_state(people.handler, 1, None, DEFERRED)
    services.triage.set_state(people.handler, 1, None, WAITING)
    with database.writing() as work:
        while notice := work.notifications.take(clock()):
            work.notifications.sent(notice, clock())
        work.commit()
    services.triage.undo(people.handler, 1)
    with database.writing() as work:
        taken = work.notifications.take(clock())
    assert taken is not None
    assert (taken.kind, taken.until) == (NotificationKind.TAKEN_BACK, DEFERRED.until)
