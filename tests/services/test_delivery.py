"""Sending what is queued: once each, whatever the mail server and the program do (rule 28)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import ProgrammingError

from eds_tui import bootstrap
from eds_tui.desk import Desk
from eds_tui.domain.delivery import GIVEN_UP_AFTER, LEASE, NOBODY_CAME, Fault
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.history import in_words
from eds_tui.domain.notification import MessageText, NotificationKind
from eds_tui.repository.tables import notifications
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.delivery import Delivery
from eds_tui.settings import Settings
from tests.factories import START, People, SetClock, new_form
from tests.mail.receiver import HOST, Receiver, receiving
from tests.services.mailbox import DESK, HEAD, desk
from tests.services.triage_steps import ASKED, RESOLVED

__all__ = ["desk"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A mail server that accepts everything."""
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def settings(receiver: Receiver) -> Settings:
    """The settings that name it."""
    return Settings(
        database_url="", files="", smtp_host=HOST, smtp_port=str(receiver.port),
        smtp_security="none", service_centre_email=DESK, service_centre_telephone="01772 999999",
    )  # fmt: skip


@pytest.fixture
def delivery(database: Database, clock: SetClock, settings: Settings) -> Delivery:
    """What sends to it."""
    delivery = bootstrap.open_delivery(database, settings, clock)
    assert delivery is not None
    return delivery


@pytest.fixture
def number(desk: Desk, people: People) -> int:
    """An incident whose school is to be told that it is logged."""
    return desk.report.log(people.head, new_form()).number


def send_all(delivery: Delivery) -> int:
    """Send until nothing is due, and return how many were tried."""
    count = 0
    while delivery.send_next():
        count += 1
    return count


def test_everything_that_is_queued_is_sent_once_to_whom_it_is_for(
    desk: Desk, people: People, number: int, delivery: Delivery, receiver: Receiver
) -> None:
    desk.conversation.comment(people.handler, number, "We are on it.", "one")
    desk.conversation.comment(people.head, number, "Still nothing.", "two")
    desk.triage.set_state(people.handler, number, None, ASKED)
    desk.conversation.comment(people.handler, number, "Thank you.", "three", caller="Test Bursar")
    desk.triage.set_state(people.handler, number, None, RESOLVED)
    assert send_all(delivery) == 6
    assert send_all(delivery) == 0
    assert [(each.recipients, each.message["Subject"]) for each in receiver.received] == [
        ((HEAD,), "INC0000001 is logged"),
        ((HEAD,), "INC0000001: new comment"),
        ((DESK,), "INC0000001: new comment"),
        ((HEAD,), "INC0000001: On Hold (Awaiting Customer Update)"),
        ((HEAD,), "INC0000001: new comment"),
        ((HEAD,), "INC0000001 is resolved"),
    ]
    bodies = [each.body for each in receiver.received]
    assert "We are on it." in bodies[1]
    assert "Test User wrote" in bodies[2]
    assert "Which printer is it?" in bodies[3]
    assert "A. Handler for Test Bursar (phone) wrote" in bodies[4]
    assert "The cable was put back." in bodies[5]
    assert all("01772 999999" in bodies[place] for place in (0, 1, 3, 4, 5))
    assert {each.sender for each in receiver.received} == {DESK}


def test_emails_of_one_incident_hang_together_and_of_two_do_not(
    desk: Desk, people: People, number: int, delivery: Delivery, receiver: Receiver
) -> None:
    desk.conversation.comment(people.handler, number, "We are on it.", "one")
    desk.report.log(people.head, new_form())
    send_all(delivery)
    first, second, other = (each.message["References"] for each in receiver.received)
    assert first == second != other
    assert len({each.message_id for each in receiver.received}) == 3


def test_no_email_has_a_word_of_anything_else(
    desk: Desk, people: People, delivery: Delivery, receiver: Receiver
) -> None:
    """Rule 27: not the description, not a work note, not another comment, not who reported it."""
    form = new_form(description="SECRET-DESCRIPTION", telephone="SECRET-TELEPHONE")
    number = desk.report.log(people.head, form).number
    desk.conversation.work_note(people.handler, number, "SECRET-NOTE", "note")
    desk.conversation.comment(people.handler, number, "First words.", "one")
    desk.triage.set_state(people.handler, number, None, RESOLVED)
    send_all(delivery)
    assert len(receiver.received) == 3
    assert all(b"SECRET" not in each.raw for each in receiver.received)
    assert [b"First words." in each.raw for each in receiver.received] == [False, True, False]


def test_the_history_says_when_a_school_was_told(
    desk: Desk, people: People, number: int, delivery: Delivery, clock: SetClock
) -> None:
    clock.forward(minutes=3)
    send_all(delivery)
    told = [in_words(event) for event in desk.history.of_incident(people.handler, number)]
    assert told[-1] == (
        "10-06-2026 11:55:00  the program sent an e-mail"
        " (incident logged to head@test-school.example)"
    )


def test_one_that_is_refused_for_now_is_tried_again_after_growing_pauses(
    desk: Desk, people: People, number: int, delivery: Delivery, receiver: Receiver,
    clock: SetClock,
) -> None:  # fmt: skip
    receiver.answers = {"RCPT": "450 4.2.0 Greylisted"}
    for minutes in (1, 2, 4):
        outcome = delivery.send_next()
        assert outcome is not None
        assert outcome.try_at == clock() + timedelta(minutes=minutes)
        assert delivery.send_next() is None
        clock.forward(minutes=minutes)
    state = desk.outbox.state(people.lead)
    assert (state.waiting, state.failing, state.given_up) == (1, 1, 0)
    assert "450 4.2.0 Greylisted" in state.failures[0].reason
    receiver.answers = {}
    assert send_all(delivery) == 1
    assert len(receiver.received) == 1
    state = desk.outbox.state(people.lead)
    assert (state.waiting, state.failing, state.last_sent) == (0, 0, clock())


def test_one_for_a_mailbox_that_is_not_there_is_given_up_and_those_behind_it_are_sent(
    desk: Desk, people: People, number: int, delivery: Delivery, receiver: Receiver,
) -> None:  # fmt: skip
    desk.report.log(people.neighbour, new_form())
    receiver.refused = {HEAD: "550 5.1.1 No such user"}
    assert send_all(delivery) == 2
    assert [each.recipients for each in receiver.received] == [("office@st-marys.example",)]
    (failure,) = desk.outbox.state(people.lead).failures
    assert failure.given_up_at == START
    assert "550 5.1.1 No such user" in failure.reason
    told = in_words(desk.history.of_incident(people.handler, number)[-1])
    assert "gave up sending an e-mail" in told
    assert "No such user" in told


def test_what_fails_for_five_days_is_given_up_with_its_last_reason(
    desk: Desk, people: People, number: int, delivery: Delivery, receiver: Receiver,
    clock: SetClock,
) -> None:  # fmt: skip
    receiver.answers = {"DATA": "451 4.3.0 Try later"}
    while outcome := delivery.send_next():
        clock.now = outcome.try_at or clock.now
    assert clock() < START + GIVEN_UP_AFTER
    (failure,) = desk.outbox.state(people.lead).failures
    assert failure.given_up_at is not None
    assert "451 4.3.0 Try later" in failure.reason
    assert failure.attempts > 30


def test_what_no_worker_came_to_in_five_days_is_not_sent_so_late(
    desk: Desk, people: People, number: int, delivery: Delivery, receiver: Receiver,
    clock: SetClock,
) -> None:  # fmt: skip
    clock.forward(days=5)
    assert send_all(delivery) == 1
    assert receiver.received == []
    (failure,) = desk.outbox.state(people.lead).failures
    assert failure.reason == NOBODY_CAME


def test_a_server_at_fault_costs_one_try_and_gives_nothing_up(
    desk: Desk, people: People, number: int, delivery: Delivery, receiver: Receiver,
    clock: SetClock,
) -> None:  # fmt: skip
    receiver.answers = {"MAIL": "550 5.7.1 Not your sender"}
    outcome = delivery.send_next()
    assert outcome is not None
    assert outcome.failed is not None
    assert outcome.failed.fault is Fault.SERVER
    assert outcome.try_at == START + timedelta(minutes=1)
    assert desk.outbox.state(people.lead).given_up == 0


def test_what_a_lead_has_tried_again_is_sent(
    desk: Desk, people: People, number: int, delivery: Delivery, receiver: Receiver,
    clock: SetClock,
) -> None:  # fmt: skip
    receiver.answers = {"RCPT": "550 5.1.1 No such user"}
    send_all(delivery)
    receiver.answers = {}
    clock.forward(days=30)
    assert send_all(delivery) == 0
    assert desk.outbox.retry(people.lead, None) == 1
    assert send_all(delivery) == 1
    assert len(receiver.received) == 1
    assert desk.outbox.retry(people.lead, None) == 0
    assert "had e-mails tried again" in in_words(desk.history.watched(people.lead)[0])


def test_one_that_was_hidden_after_it_was_queued_is_dropped_when_it_is_taken(
    database: Database, desk: Desk, people: People, number: int, delivery: Delivery,
    receiver: Receiver,
) -> None:  # fmt: skip
    """Rules 24 and 25, also for what was queued beside the change that hid it."""
    desk.triage.set_confidential(people.handler, number, None, True, "A pupil is named.")
    with database.writing() as work:
        found = work.incidents.find(people.handler.scope, number, START)
        assert found is not None
        work.notifications.queue(NotificationKind.LOGGED, found.id, HEAD, START)
        work.commit()
    desk.report.log(people.neighbour, new_form())
    assert send_all(delivery) == 1
    assert [each.recipients for each in receiver.received] == [("office@st-marys.example",)]
    assert desk.outbox.unsent(failed=False) == ()


def test_one_that_is_on_its_way_when_it_is_hidden_is_known_to_be_sent(
    desk: Desk, people: People, number: int, delivery: Delivery, receiver: Receiver
) -> None:
    def hide() -> None:
        desk.triage.set_confidential(people.handler, number, None, True, "A pupil is named.")

    receiver.taken = hide
    assert send_all(delivery) == 1
    kinds = [event.kind.value for event in desk.history.of_incident(people.handler, number)]
    assert kinds == ["incident_logged", "triaged", "mail_sent"]
    assert desk.outbox.unsent(failed=False) == ()


def test_one_that_fails_on_its_way_when_it_is_hidden_is_not_tried_again(
    desk: Desk, people: People, number: int, delivery: Delivery, receiver: Receiver,
    clock: SetClock,
) -> None:  # fmt: skip
    def hide() -> None:
        desk.triage.set_confidential(people.handler, number, None, True, "A pupil is named.")

    receiver.taken, receiver.answers = hide, {"DATA": "451 4.3.0 Try later"}
    assert send_all(delivery) == 1
    clock.forward(days=1)
    assert send_all(delivery) == 0
    desk.triage.set_confidential(people.handler, number, None, False, "Nobody is named.")
    assert send_all(delivery) == 0


def test_what_a_program_took_and_died_with_is_sent_again_with_the_same_identifier(
    database: Database, number: int, delivery: Delivery, receiver: Receiver, clock: SetClock
) -> None:
    with database.writing() as work:
        taken = work.notifications.take(START)
        work.commit()
    assert taken is not None
    assert delivery.send_next() is None
    clock.now = START + LEASE
    assert send_all(delivery) == 1
    assert [each.message_id for each in receiver.received] == [taken.message_id]
    assert send_all(delivery) == 0


def test_a_program_that_was_held_up_does_not_record_over_another(
    database: Database, number: int, delivery: Delivery, receiver: Receiver, clock: SetClock
) -> None:
    with database.writing() as work:
        slow = work.notifications.take(START)
        work.commit()
    assert slow is not None
    clock.now = START + LEASE
    assert send_all(delivery) == 1
    with database.writing() as work:
        assert not work.notifications.failed(slow, "Too slow.", clock(), clock())
        assert not work.notifications.sent(slow, clock())
        work.commit()
    assert send_all(delivery) == 0
    assert len(receiver.received) == 1


def test_what_was_sent_as_the_database_went_away_is_recorded_when_it_is_back(
    database: Database, desk: Desk, people: People, number: int, delivery: Delivery,
    receiver: Receiver,
) -> None:  # fmt: skip
    def rename(old: str, new: str) -> None:
        with database.engine.begin() as connection:
            connection.exec_driver_sql(f"ALTER TABLE {old} RENAME TO {new}")

    receiver.taken = lambda: rename("events", "away")
    with pytest.raises((Unavailable, ProgrammingError)):
        delivery.send_next()
    rename("away", "events")
    assert len(receiver.received) == 1
    receiver.taken = lambda: None
    assert delivery.send_next() is not None
    assert delivery.send_next() is None
    assert len(receiver.received) == 1
    kinds = [event.kind.value for event in desk.history.of_incident(people.handler, number)]
    assert kinds == ["incident_logged", "mail_sent"]


def test_an_address_that_is_none_is_given_up_before_any_server_is_asked(
    database: Database, desk: Desk, people: People, number: int, delivery: Delivery,
    receiver: Receiver,
) -> None:  # fmt: skip
    with database.engine.begin() as connection:
        connection.execute(update(notifications).values(recipient="head@x.example\r\nBcc: y@z"))
    assert send_all(delivery) == 1
    (failure,) = desk.outbox.state(people.lead).failures
    assert failure.reason == "That is not an e-mail address."
    assert receiver.received == []


def test_one_that_an_earlier_version_queued_gets_an_identifier_that_stays(
    database: Database, number: int, delivery: Delivery, receiver: Receiver, clock: SetClock
) -> None:
    with database.engine.begin() as connection:
        connection.execute(update(notifications).values(message_id="", try_until=None))
    with database.writing() as work:
        taken = work.notifications.take(START)
        work.commit()
    assert taken is not None
    assert taken.message_id.endswith("@eds-tui.invalid>")
    clock.now = START + LEASE
    send_all(delivery)
    assert [each.message_id for each in receiver.received] == [taken.message_id]


@pytest.mark.parametrize("body", ["{{ gone }}", "{{", "{% for a in number %}{{ a }}{% endfor %}"])
def test_a_stored_text_at_fault_stops_nothing_and_is_logged(
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
    assert "The text of logged e-mails is at fault" in caplog.text


def test_a_text_of_the_leads_own_is_used_from_the_next_email_on(
    database: Database, desk: Desk, people: People, number: int, delivery: Delivery,
    receiver: Receiver, clock: SetClock, settings: Settings,
) -> None:  # fmt: skip
    texts = bootstrap.open_message_texts(database, settings, clock)
    texts.put(people.lead, NotificationKind.LOGGED, MessageText("{{ number }}!", "Hi {{ school }}"))
    send_all(delivery)
    (one,) = receiver.received
    assert (one.message["Subject"], one.body) == ("INC0000001!", "Hi Test School, Test Town\n")
    assert "changed the text of e-mails" in in_words(desk.history.watched(people.lead)[0])
    assert texts.reset(people.lead, NotificationKind.LOGGED)
    assert not texts.reset(people.lead, NotificationKind.LOGGED)
