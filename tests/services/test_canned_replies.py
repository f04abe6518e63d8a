"""Canned replies, which leads write for every handler."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eds_tui.domain.errors import InvalidInput, NotAllowed, NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.incident import LONGEST_COMMENT
from eds_tui.domain.views import CannedReply
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People

pytestmark = pytest.mark.long_on_postgres

RESTART = CannedReply("Restart", "Dear {caller}, please restart it. {number}, {school}")


def test_placeholders_are_filled_and_other_braces_stay() -> None:
    text = "{caller} {number} {school} {caller} {other} {} {{number}} {0}"
    filled = CannedReply("t", text).filled(
        caller="Anne O'Brien", number="INC0000001", school="St Mary's, Garstang"
    )
    assert filled == (
        "Anne O'Brien INC0000001 St Mary's, Garstang Anne O'Brien {other} {} {INC0000001} {0}"
    )


def test_what_is_filled_in_is_not_filled_again() -> None:
    filled = CannedReply("t", "{caller} of {school}").filled(
        caller="{school} {number}", number="INC0000001", school="{caller}"
    )
    assert filled == "{school} {number} of {caller}"


def test_leads_keep_replies_that_every_handler_has_by_title(
    services: Services, people: People
) -> None:
    services.canned_replies.save(people.lead, RESTART)
    services.canned_replies.save(people.lead, CannedReply("  Closing ", "Thank you.\n"))
    assert services.canned_replies.all(people.handler) == (
        CannedReply("Closing", "Thank you.\n"),
        RESTART,
    )
    assert services.canned_replies.all(people.lead) == services.canned_replies.all(None)


def test_a_reply_takes_the_place_of_the_one_with_its_title(
    services: Services, people: People
) -> None:
    services.canned_replies.save(people.lead, RESTART)
    services.canned_replies.save(people.lead, replace(RESTART, body="Another."))
    assert services.canned_replies.all(people.handler) == (CannedReply("Restart", "Another."),)


def test_a_reply_that_is_saved_as_it_was_is_no_event(
    database: Database, services: Services, people: People
) -> None:
    """Rule 30."""
    for body in ("One.", "One.", "Two."):
        services.canned_replies.save(people.lead, replace(RESTART, body=body))
    with database.reading() as work:
        events = work.events.of_kind(EventKind.REPLY_CHANGED)
    assert [event.details["changed"]["text"] for event in events] == [
        ["", "One."],
        ["One.", "Two."],
    ]


def test_a_reply_is_forgotten_once(services: Services, people: People) -> None:
    services.canned_replies.save(people.lead, RESTART)
    services.canned_replies.drop(people.lead, "Restart")
    assert services.canned_replies.all(people.handler) == ()
    with pytest.raises(NotFound, match="There is no reply titled Restart"):
        services.canned_replies.drop(people.lead, "Restart")


def test_the_console_keeps_and_forgets_them_too(services: Services) -> None:
    services.canned_replies.save(None, RESTART)
    assert services.canned_replies.all(None) == (RESTART,)
    services.canned_replies.drop(None, "Restart")
    assert services.canned_replies.all(None) == ()


def test_only_leads_change_replies(services: Services, people: People) -> None:
    services.canned_replies.save(people.lead, RESTART)
    for actor in (people.handler, people.head):
        with pytest.raises(NotAllowed):
            services.canned_replies.save(actor, replace(RESTART, body="Mine."))
        with pytest.raises(NotAllowed):
            services.canned_replies.drop(actor, "Restart")
    assert services.canned_replies.all(None) == (RESTART,)


@pytest.mark.on_both
def test_ones_own_replies_are_nobody_elses(services: Services, people: People) -> None:
    replies = services.canned_replies
    replies.save(people.lead, RESTART)
    replies.save_own(people.handler, CannedReply(" Restart ", "Mine."))
    replies.save_own(people.handler, CannedReply("Restart", "Mine, again."))
    replies.save_own(people.lead, CannedReply("Lead's", "The lead's."))
    assert replies.own(people.handler) == (CannedReply("Restart", "Mine, again."),)
    assert replies.own(people.lead) == (CannedReply("Lead's", "The lead's."),)
    assert replies.all(people.handler) == (RESTART,)
    with pytest.raises(NotFound):
        replies.drop_own(people.handler, "Lead's")
    replies.drop_own(people.handler, "Restart")
    assert replies.own(people.handler) == ()
    with pytest.raises(InvalidInput):
        replies.save_own(people.handler, CannedReply("Title", " "))
    for do in (
        lambda: replies.own(people.head),
        lambda: replies.save_own(people.head, RESTART),
        lambda: replies.drop_own(people.head, "Restart"),
    ):
        with pytest.raises(NotAllowed):
            do()


@pytest.mark.parametrize(("title", "body", "fields"), [
    ("", "Text.", ["title"]),
    (" \t", "Text.", ["title"]),
    ("x" * 201, "Text.", ["title"]),
    ("Title", "", ["body"]),
    ("Title", " \n", ["body"]),
    ("Title", "x" * (LONGEST_COMMENT + 1), ["body"]),
    ("", "", ["title", "body"]),
])  # fmt: skip
def test_a_reply_needs_a_title_and_a_text_of_fitting_length(
    services: Services, people: People, title: str, body: str, fields: list[str]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.canned_replies.save(people.lead, CannedReply(title, body))
    assert list(refused.value.problems) == fields
    assert services.canned_replies.all(None) == ()
