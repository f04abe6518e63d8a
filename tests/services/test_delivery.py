"""Sending what is queued: what it says, to whom, and what is known of it (rules 27, 28)."""

from __future__ import annotations

import logging

import pytest

from eds_tui import bootstrap
from eds_tui.domain.history import in_words
from eds_tui.domain.notification import MessageText, NotificationKind
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.delivery import Delivery
from eds_tui.settings import Settings
from tests.factories import START, People, SetClock, new_form
from tests.mail.receiver import Receiver
from tests.services.delivering import delivery, number, receiver, send_all, settings
from tests.services.mailbox import DESK, HEAD, services
from tests.services.triage_steps import ASKED, RESOLVED

__all__ = ["delivery", "number", "receiver", "services", "settings"]

pytestmark = pytest.mark.long_on_postgres


def test_everything_that_is_queued_is_sent_once_to_whom_it_is_for(
    services: Services, people: People, number: int, delivery: Delivery, receiver: Receiver
) -> None:
    services.conversation.comment(people.handler, number, "We are on it.", "one")
    services.conversation.comment(people.head, number, "Still nothing.", "two")
    services.triage.set_state(people.handler, number, None, ASKED)
    services.conversation.comment(
        people.handler, number, "Thank you.", "three", caller="Test Bursar"
    )
    services.triage.set_state(people.handler, number, None, RESOLVED)
    assert send_all(delivery) == 7
    assert send_all(delivery) == 0
    assert [(each.recipients, each.message["Subject"]) for each in receiver.received] == [
        ((HEAD,), "INC0000001 is logged"),
        ((HEAD,), "INC0000001: new comment"),
        ((DESK,), "INC0000001: new comment"),
        ((HEAD,), "INC0000001: On Hold (Awaiting Customer Update)"),
        ((HEAD,), "INC0000001: new comment"),
        ((HEAD,), "INC0000001: In Progress"),
        ((HEAD,), "INC0000001 is resolved"),
    ]
    bodies = [each.body for each in receiver.received]
    assert "We are on it." in bodies[1]
    assert "Test User wrote" in bodies[2]
    assert "Which printer is it?" in bodies[3]
    assert "A. Handler for Test Bursar (phone) wrote" in bodies[4]
    assert "The cable was put back." in bodies[6]
    assert all("01772 999999" in bodies[place] for place in (0, 1, 3, 4, 5, 6))
    assert {each.sender for each in receiver.received} == {DESK}


def test_emails_of_one_incident_hang_together_and_of_two_do_not(
    services: Services, people: People, number: int, delivery: Delivery, receiver: Receiver
) -> None:
    services.conversation.comment(people.handler, number, "We are on it.", "one")
    services.report.log(people.head, new_form())
    send_all(delivery)
    first, second, other = (each.message["References"] for each in receiver.received)
    assert first == second != other
    assert len({each.message_id for each in receiver.received}) == 3


def test_no_email_has_a_word_of_anything_else(
    services: Services, people: People, delivery: Delivery, receiver: Receiver
) -> None:
    """Rule 27: not the description, not a work note, not another comment, not who reported it."""
    form = new_form(description="SECRET-DESCRIPTION", telephone="SECRET-TELEPHONE")
    number = services.report.log(people.head, form).number
    services.conversation.work_note(people.handler, number, "SECRET-NOTE", "note")
    services.conversation.comment(people.handler, number, "First words.", "one")
    services.triage.set_state(people.handler, number, None, RESOLVED)
    send_all(delivery)
    assert len(receiver.received) == 3
    assert all(b"SECRET" not in each.raw for each in receiver.received)
    assert [b"First words." in each.raw for each in receiver.received] == [False, True, False]


def test_the_history_says_when_a_school_was_told(
    services: Services, people: People, number: int, delivery: Delivery, clock: SetClock
) -> None:
    clock.forward(minutes=3)
    send_all(delivery)
    told = [in_words(event) for event in services.history.of_incident(people.handler, number)]
    assert told[-1] == (
        "10-06-2026 11:55:00  the program sent an e-mail"
        " (incident logged to head@test-school.example)"
    )


@pytest.mark.parametrize("body", ["{{ gone }}", "{{", "{% for a in number %}{{ a }}{% endfor %}"])
def test_a_stored_text_that_can_not_be_rendered_stops_nothing_and_is_logged(
    database: Database, people: People, number: int, delivery: Delivery, receiver: Receiver,
    caplog: pytest.LogCaptureFixture, body: str,
) -> None:  # fmt: skip
    with database.writing() as work:
        text = MessageText("Subject", body)
        work.message_texts.put(NotificationKind.LOGGED, text, people.lead, START)
        work.commit()
    with caplog.at_level(logging.WARNING, "eds_tui.services.delivery"):
        send_all(delivery)
    assert [each.message["Subject"] for each in receiver.received] == ["INC0000001 is logged"]
    assert "The text of logged e-mails can't be rendered" in caplog.text


def test_a_text_of_the_leads_own_is_used_from_the_next_email_on(
    database: Database, services: Services, people: People, number: int, delivery: Delivery,
    receiver: Receiver, clock: SetClock, settings: Settings,
) -> None:  # fmt: skip
    texts = bootstrap.open_message_texts(database, settings, clock)
    texts.put(people.lead, NotificationKind.LOGGED, MessageText("{{ number }}!", "Hi {{ school }}"))
    send_all(delivery)
    (one,) = receiver.received
    assert (one.message["Subject"], one.body) == ("INC0000001!", "Hi Test School, Test Town\n")
    assert "changed the text of e-mails" in in_words(
        services.history.administration(people.lead)[0]
    )
    assert texts.reset(people.lead, NotificationKind.LOGGED)
    assert not texts.reset(people.lead, NotificationKind.LOGGED)
