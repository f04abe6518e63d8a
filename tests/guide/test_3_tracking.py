"""Guide 3: following an incident (rules 13, 14, 20 and 30)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from eds_tui.domain.clock import full_time
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.information import topics
from tests.factories import People, SetClock, new_form, set_state


def test_rule_13_the_details_show_what_the_guide_shows(
    services: Services, people: People, clock: SetClock
) -> None:
    """Guide 3: number, description, contact, state, priority, due date and comments."""
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
    """Guide 3: any open incident can be updated, those of other staff included."""
    services.report.log(people.head, new_form())
    set_state(database, people, 1, state, clock())
    after = State.IN_PROGRESS if state is State.ON_HOLD_CUSTOMER else state  # rule 17
    assert services.conversation.comment(people.bursar, 1, "Words.", "key") is after
    assert [comment.body for comment in services.queue.open(people.head, 1).comments] == ["Words."]


def test_rule_13_a_closed_incident_takes_no_comment_and_says_what_to_do(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Guide 2.6: closed ones are read only, and a new one references them."""
    services.report.log(people.head, new_form())
    set_state(database, people, 1, State.RESOLVED, clock())
    clock.forward(hours=24)
    for actor in (people.head, people.handler):
        with pytest.raises(InvalidInput, match="INC0000001 is closed") as refused:
            services.conversation.comment(actor, 1, "Words.", "key")
        assert list(refused.value.problems) == ["comment"]
    assert services.queue.open(people.head, 1).comments == ()


@pytest.mark.parametrize("priority", list(Priority))
def test_rule_20_a_priority_is_shown_with_its_digit_and_name(
    database: Database, services: Services, people: People, clock: SetClock, priority: Priority
) -> None:
    """Guide 3: the priority is shown as 5 – Advice and Guidance, none as 0 – None."""
    services.report.log(people.head, new_form())
    with database.writing() as work:
        found = work.incidents.find(people.handler.scope, 1, clock())
        assert found is not None
        work.incidents.set_state(found.id, State.IN_PROGRESS, priority, clock())
        work.commit()
    shown = services.queue.open(people.head, 1).row.priority
    assert shown.label.startswith(f"{priority.value} – ")
    assert shown is priority


@pytest.mark.parametrize(
    ("title", "words", "link"),
    [
        ("Service level targets", "until then it shows 0 – None", "annual-services.aspx"),
        ("How to report and follow a fault", "To chase it, add a comment and say what has", ""),
        ("Who is sent the e-mails", "can't be changed for a single one", ""),
        ("Who is sent the e-mails", "Do not rely on somebody passing an e-mail on", ""),
        ("Confidential incidents", "change whether it is confidential, telephone", ""),
    ],
)
def test_what_the_guide_advises_can_be_read(title: str, words: str, link: str) -> None:
    """Guide 3: targets by their link, how to chase, and why to look oneself rather than wait."""
    told = {topic.title: topic for topic in topics("01772 000000", "desk@example.org")}
    assert words in " ".join(told[title].text.split())
    assert told[title].link.endswith(link)
