"""What was begun is told to its end: answers, links, feedback, views (rules 14, 17, 28, 32)."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from eds_tui.cli.as_json import detail_json
from eds_tui.cli.plain import incident_lines
from eds_tui.domain.lifecycle import State
from eds_tui.domain.notification import NotificationKind
from eds_tui.domain.priority import Priority
from eds_tui.domain.saved_view import SavedView
from eds_tui.domain.school_card import SchoolCard
from eds_tui.domain.targets import EXAMPLE
from eds_tui.domain.views import Page
from eds_tui.services.container import Services
from eds_tui.services.information import targets_in_lines, topics
from eds_tui.ui.presentation.incident_text import facts, thread
from eds_tui.ui.presentation.school_text import card_lines
from tests.factories import People, SetClock, log
from tests.services.mailbox import DESK, HEAD, Queued, queued, services
from tests.services.triage_steps import ASKED, DEFERRED

__all__ = ["queued", "services"]

New = Callable[[], list[Queued]]


@pytest.mark.on_both
def test_the_end_of_the_wait_for_an_answer_is_told_to_the_school_once(
    services: Services, people: People, queued: New
) -> None:
    log(services, people, 1)
    services.triage.set_state(people.handler, 1, None, ASKED)
    queued()
    services.conversation.comment(people.bursar, 1, "The one in the library.", "one")
    told = [(each.kind, each.recipient, each.details.get("state")) for each in queued()]
    in_progress = (NotificationKind.STATE, HEAD, State.IN_PROGRESS.value)
    assert told == [(NotificationKind.COMMENT, DESK, None), in_progress]
    services.conversation.comment(people.bursar, 1, "And another one.", "two")
    assert [each.kind for each in queued()] == [NotificationKind.COMMENT]


def test_an_answer_by_telephone_ends_it_as_well_and_a_comment_on_another_hold_ends_nothing(
    services: Services, people: People, queued: New
) -> None:
    log(services, people, 2)
    services.triage.set_state(people.handler, 1, None, ASKED)
    services.triage.set_state(people.handler, 2, None, DEFERRED)
    queued()
    services.conversation.comment(people.handler, 1, "That one.", "one", "Test Bursar")
    assert [each.kind for each in queued()] == [NotificationKind.COMMENT, NotificationKind.STATE]
    services.conversation.comment(people.head, 2, "We are back early.", "two")
    assert [each.kind for each in queued()] == [NotificationKind.COMMENT]


def test_nothing_is_told_where_the_incident_is_confidential(
    services: Services, people: People, queued: New
) -> None:
    log(services, people, 1)
    services.triage.set_state(people.handler, 1, None, ASKED)
    services.triage.set_confidential(people.handler, 1, None, True, "Staff data.")
    queued()
    services.conversation.comment(people.handler, 1, "That one.", "one", "Test Bursar")
    assert queued() == []


@pytest.mark.on_both
def test_what_an_incident_is_a_duplicate_of_and_what_hangs_on_it_is_shown_to_the_centre_alone(
    services: Services, people: People
) -> None:
    log(services, people, 3)
    services.triage.close_as_duplicate(people.handler, 3, None, 1)
    services.triage.link(people.handler, 2, None, 1)
    duplicate, major = (services.queue.open(people.handler, number) for number in (3, 1))
    assert "duplicate of INC0000001" in facts(duplicate, internal=True).plain
    assert "duplicate of INC0000001" in "\n".join(incident_lines(duplicate, internal=True))
    assert json.loads(detail_json(duplicate, internal=True))["duplicate_of"] == "INC0000001"
    text, shown = "\n".join(incident_lines(major, internal=True)), thread(major)[0].plain
    assert "INC0000002 · New · Test School, Test Town · Test User" in shown
    assert "INC0000003 · Closed · Test School, Test Town · Test User" in shown
    assert "Under it      INC0000002 New, Test School, Test Town, Test User" in text
    assert "Duplicate     INC0000003 Closed, Test School, Test Town, Test User" in text
    listed = json.loads(detail_json(major, internal=True))
    assert (listed["below"], listed["duplicates"]) == (["INC0000002"], ["INC0000003"])
    for number in (1, 3):
        seen = services.queue.open(people.head, number)
        assert (seen.duplicate_of, seen.below, seen.duplicates) == (None, (), ())


def test_the_information_has_targets_as_figures_the_guide_and_how_the_address_is_changed() -> None:
    text = " ".join("\n".join(targets_in_lines(EXAMPLE)).split())
    for figure in (
        "1 – Critical 4 hours", "2 – High 9 hours", "3 – Medium 3 working days",
        "4 – Low 5 working days", "5 – Advice and Guidance none", "Monday 08:00-17:00",
        "Sunday closed",
    ):  # fmt: skip
        assert figure in text
    told = {
        topic.title: (" ".join(topic.text.split()), topic.link)
        for topic in topics("01772 000000", "desk@example.org")
    }
    assert told["User guide"][1].startswith("https://")
    address = told["Who is sent the e-mails"][0]
    assert "serves all incidents" in address
    assert "write to desk@example.org" in address


def test_a_handlers_card_has_la_number_and_connection_at_80_columns(people: People) -> None:
    numbers, reached, *_ = card_lines(SchoolCard(people.school, Page(())))
    assert numbers == "Portal 00000 · LA 888 · DfE 888/2001 · URN 119001 · Tel 01772 123456"
    assert reached == "Fibre 100 Mbps · Notified head@test-school.example"
    assert max(len(numbers), len(reached)) <= 78


def test_a_view_is_renamed_with_its_search_and_its_digit(
    services: Services, people: People
) -> None:
    services.saved_views.save(people.handler, SavedView(3, "Late", "is:late"))
    services.saved_views.rename(people.handler, 3, " Overdue ")
    assert services.saved_views.of(people.handler) == (SavedView(3, "Overdue", "is:late"),)


def test_a_priority_is_nothing_that_the_school_is_told_twice_of(
    services: Services, people: People, clock: SetClock, queued: New
) -> None:
    """The first one takes it out of triage, which is told; the answer comes after it."""
    log(services, people, 1)
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    queued()
    services.conversation.comment(people.head, 1, "Thank you.", "one")
    assert [each.kind for each in queued()] == [NotificationKind.COMMENT]
