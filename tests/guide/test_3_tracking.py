"""Guide 3: following an incident (rules 13, 14, 20 and 30)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from eds_tui.domain.clock import full_time
from eds_tui.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.information import topics
from tests.factories import START, People, SetClock, new_form, set_state


def test_rule_13_the_details_show_what_the_guide_shows(
    services: Services, people: People, clock: SetClock
) -> None:
    clock.now = datetime(2022, 6, 13, 10, 51, 28, tzinfo=UTC)
    services.report.log(people.head, new_form(description="Unable to log in.\nSince today."))
    services.conversation.comment(people.bursar, 1, "Error message pops up.", "key")
    detail = services.queue.open(people.head, 1)
    row = detail.row
    assert row.reference == "INC0000001"
    assert detail.description == "Unable to log in.\nSince today."
    assert (row.contact_name, row.contact_telephone, row.contact_email) == (
        "Test User", "Test Bursar 01772 123456", "user@test.example",
    )  # fmt: skip
    assert (row.state.label, row.priority.label, row.sla_due) == ("New", "0 – None", None)
    assert [
        (full_time(comment.at), comment.body, comment.author) for comment in detail.comments
    ] == [("13-06-2022 11:51:28", "Error message pops up.", "Bursar")]


@pytest.mark.parametrize("state", [state for state in State if state is not State.CLOSED])
def test_rule_13_every_incident_that_is_open_takes_comments(
    database: Database, services: Services, people: People, clock: SetClock, state: State
) -> None:
    services.report.log(people.head, new_form())
    set_state(database, people, 1, state, clock())
    after = State.IN_PROGRESS if state is State.ON_HOLD_CUSTOMER else state  # rule 17
    assert services.conversation.comment(people.bursar, 1, "Words.", "key") is after
    assert [comment.body for comment in services.queue.open(people.head, 1).comments] == ["Words."]


def test_rule_13_a_closed_incident_takes_no_comment_and_says_what_to_do(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    services.report.log(people.head, new_form())
    set_state(database, people, 1, State.RESOLVED, clock())
    clock.forward(hours=24)
    for actor in (people.head, people.handler):
        with pytest.raises(InvalidInput, match="INC0000001 is closed") as refused:
            services.conversation.comment(actor, 1, "Words.", "key")
        assert list(refused.value.problems) == ["comment"]
    assert services.queue.open(people.head, 1).comments == ()


def test_rule_14_the_texts_to_read_are_there_with_the_numbers_of_the_service_centre() -> None:
    read = topics("01772 999999", "ict@example.org")
    titles = " ".join(topic.title for topic in read).casefold()
    for word in ("contacting", "escalation", "complaints process", "complaints form", "targets",
                 "feedback"):  # fmt: skip
        assert word in titles
    everything = " ".join(topic.text for topic in read)
    assert "01772 999999" in everything
    assert "{" not in everything
    assert "project manager" in everything.casefold()
    assert all(topic.text for topic in read)


def test_rule_14_every_state_is_explained() -> None:
    assert all(state.explanation.endswith(".") for state in State)
    assert "24 hours" in State.RESOLVED.explanation
    assert "telephone" in State.RESOLVED.explanation


def test_rule_14_the_details_of_the_own_school_can_be_read(
    services: Services, people: People
) -> None:
    school = services.schools.own(people.bursar)
    assert school is not None
    assert (school.portal_number, school.title) == ("00000", "Test School, Test Town")
    assert (school.la_number, school.dfe_number) == ("888", "888/2001")
    assert (school.connection_type, school.bandwidth) == ("Fibre", "100 Mbps")
    assert [contact.name for contact in school.contacts] == ["Test Bursar", "Mrs Testing"]


def test_rule_14_a_school_rates_a_closed_incident_of_its_own_once(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    services.report.log(people.head, new_form())
    set_state(database, people, 1, State.RESOLVED, clock())
    with pytest.raises(NotAllowed):
        services.conversation.rate(people.head, 1, 5, "Too early.")
    clock.forward(hours=24)
    with pytest.raises(NotFound):
        services.conversation.rate(people.neighbour, 1, 1, "Not ours.")
    services.conversation.rate(people.head, 1, 4, "Quick and kind.")
    with pytest.raises(Conflict):
        services.conversation.rate(people.head, 1, 1, "Changed my mind.")
    rated = services.queue.open(people.head, 1).feedback
    assert rated is not None
    assert (rated.rating, rated.words) == (4, "Quick and kind.")


@pytest.mark.parametrize("priority", list(Priority))
def test_rule_20_a_priority_is_shown_with_its_digit_and_name(
    database: Database, services: Services, people: People, clock: SetClock, priority: Priority
) -> None:
    services.report.log(people.head, new_form())
    with database.writing() as work:
        found = work.incidents.find(people.handler.scope, 1, clock())
        assert found is not None
        work.incidents.set_state(found.id, State.IN_PROGRESS, priority, clock())
        work.commit()
    shown = services.queue.open(people.head, 1).row.priority
    assert shown.label.startswith(f"{priority.value} – ")
    assert shown is priority


def test_rule_30_everything_that_happens_is_an_event_and_earlier_ones_stay_as_they_are(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
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
