"""Guide 3: who logged it, and the full history of what was said and done (rules 29 and 30)."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

import pytest

from eds_tui.domain.event import EventKind
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State
from eds_tui.domain.triage_fields import TriageFields
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock, new_form
from tests.london import london
from tests.services.triage_steps import ASKED, DECISIONS, events_of, found

MONDAY = london(2026, 6, 8, 10)


def log(services: Services, people: People, clock: SetClock) -> None:
    """Log an incident on a Monday."""
    clock.now = MONDAY
    services.report.log(people.head, new_form())


def test_rule_29_words_taken_on_the_telephone_stand_under_the_handlers_name(
    services: Services, people: People, clock: SetClock
) -> None:
    """Guide 3: a response on the telephone stands in the comments as such."""
    log(services, people, clock)
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
    """Guide 3: nothing that became of an incident is without a record."""
    log(services, people, clock)
    log(services, people, clock)
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


def test_rule_29_a_phoned_in_incident_says_for_whom_and_by_whom(
    services: Services, people: People
) -> None:
    """Guide 3: the contact details show who has logged it, on the telephone too."""
    form = new_form(
        school_id=people.school.id, caller="Test Bursar", caller_email="bursar@test.example"
    )
    receipt = services.report.log(people.handler, form)
    assert receipt.notified == "head@test-school.example"
    row = services.queue.open(people.head, 1).row
    assert row.channel is Channel.PHONE
    assert row.logged_by == "A. Handler"
    assert row.logged_for == "A. Handler for Test Bursar (phone)"
    assert (row.contact_name, row.contact_email) == ("Test Bursar", "bursar@test.example")
    assert row.school_id == people.school.id


def test_rule_29_a_phoned_in_comment_is_not_put_under_the_schools_name(
    services: Services, people: People
) -> None:
    """Guide 3: the comments show who wrote each, on the telephone too."""
    services.report.log(people.head, new_form())
    services.conversation.comment(people.handler, 1, "Still broken.", "key", caller="Test Bursar")
    (comment,) = services.queue.open(people.head, 1).comments
    assert comment.author == "A. Handler for Test Bursar (phone)"
    assert not comment.from_school


def test_rule_30_everything_that_happens_is_an_event_and_earlier_ones_stay_as_they_are(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Guide 3: the history of an incident is full, and stays."""
    call = new_form(school_id=people.school.id, caller="Test Bursar", confidential=True)
    services.report.log(people.handler, call)
    with database.reading() as work:
        found = work.incidents.find(people.handler.scope, 1, clock())
        assert found is not None
        first = work.events.of_incident(found.id)
    clock.forward(minutes=5)
    services.queue.open(people.lead, 1)
    services.conversation.comment(people.handler, 1, "Words.", "key")
    with database.reading() as work:
        events = work.events.of_incident(found.id)
    assert events[:1] == first
    assert [(event.at, event.kind, event.actor) for event in events] == [
        (START, EventKind.INCIDENT_LOGGED, "A. Handler"),
        (clock(), EventKind.CONFIDENTIAL_OPENED, "S. Lead"),
        (clock(), EventKind.COMMENT_ADDED, "A. Handler"),
    ]
    assert events[0].details == {"channel": "phone", "confidential": True}
