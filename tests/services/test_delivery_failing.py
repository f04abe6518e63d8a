"""What can't be sent is tried again, and in the end given up where all can see it (rule 28)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from eds_tui.domain.delivery import GIVEN_UP_AFTER, FailureCause
from eds_tui.domain.history import in_words
from eds_tui.repository.tables import notifications
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.delivery import Delivery
from tests.factories import START, People, SetClock, new_form
from tests.mail.receiver import Receiver
from tests.services.delivering import delivery, number, receiver, send_all, settings
from tests.services.mailbox import HEAD, services

__all__ = ["delivery", "number", "receiver", "services", "settings"]

pytestmark = pytest.mark.long_on_postgres


def test_one_that_is_refused_for_now_is_tried_again_after_growing_pauses(
    services: Services, people: People, number: int, delivery: Delivery, receiver: Receiver,
    clock: SetClock,
) -> None:  # fmt: skip
    receiver.answers = {"RCPT": "450 4.2.0 Greylisted"}
    for minutes in (1, 2, 4):
        outcome = delivery.send_next()
        assert outcome is not None
        assert outcome.try_at == clock() + timedelta(minutes=minutes)
        assert delivery.send_next() is None
        clock.forward(minutes=minutes)
    services.report.log(people.neighbour, new_form())
    state = services.outbox.state(people.lead)
    assert (state.waiting, state.failing, state.given_up) == (2, 1, 0)
    (failure,) = state.failures
    assert (failure.number, failure.attempts) == (number, 3)
    assert "450 4.2.0 Greylisted" in failure.reason
    told = [in_words(event) for event in services.history.of_incident(people.handler, number)]
    assert not [each for each in told if "e-mail" in each]
    receiver.answers = {}
    assert send_all(delivery) == 2
    assert len(receiver.received) == 2
    state = services.outbox.state(people.lead)
    assert (state.waiting, state.failing, state.last_sent) == (0, 0, clock())


def test_one_for_a_mailbox_that_is_not_there_is_given_up_and_those_behind_it_are_sent(
    services: Services, people: People, number: int, delivery: Delivery, receiver: Receiver,
) -> None:  # fmt: skip
    services.report.log(people.neighbour, new_form())
    receiver.refused = {HEAD: "550 5.1.1 No such user"}
    assert send_all(delivery) == 2
    assert [each.recipients for each in receiver.received] == [("office@st-marys.example",)]
    (failure,) = services.outbox.state(people.lead).failures
    assert failure.given_up_at == START
    assert "550 5.1.1 No such user" in failure.reason
    told = in_words(services.history.of_incident(people.handler, number)[-1])
    assert "gave up sending an e-mail" in told
    assert "No such user" in told


def test_what_fails_for_five_days_is_given_up_with_its_last_reason(
    services: Services, people: People, number: int, delivery: Delivery, receiver: Receiver,
    clock: SetClock,
) -> None:  # fmt: skip
    receiver.answers = {"DATA": "451 4.3.0 Try later"}
    while outcome := delivery.send_next():
        clock.now = outcome.try_at or clock.now
    assert clock() < START + GIVEN_UP_AFTER
    (failure,) = services.outbox.state(people.lead).failures
    assert failure.given_up_at is not None
    assert "451 4.3.0 Try later" in failure.reason
    assert failure.attempts > 30


def test_what_no_worker_came_to_in_time_is_sent_all_the_same(
    services: Services, people: People, number: int, delivery: Delivery, receiver: Receiver,
    clock: SetClock,
) -> None:  # fmt: skip
    """One that was never tried is never given up; nor is one that a busy server had refused."""
    clock.forward(days=50)
    receiver.answers = {"RCPT": "450 4.2.0 Greylisted"}
    outcome = delivery.send_next()
    assert outcome is not None
    assert outcome.try_at == clock() + timedelta(minutes=1)
    receiver.answers = {}
    clock.forward(days=50)
    assert send_all(delivery) == 1
    assert len(receiver.received) == 1


def test_a_failure_of_the_server_costs_one_try_and_gives_nothing_up(
    services: Services, people: People, number: int, delivery: Delivery, receiver: Receiver,
    clock: SetClock,
) -> None:  # fmt: skip
    receiver.answers = {"RCPT": "550 5.7.60 SMTP; Client may not send as this sender"}
    outcome = delivery.send_next()
    assert outcome is not None
    assert outcome.failed is not None
    assert outcome.failed.cause is FailureCause.SERVER
    assert outcome.try_at == START + timedelta(minutes=1)
    clock.forward(days=30)
    assert send_all(delivery) == 1
    state = services.outbox.state(people.lead)
    assert (state.waiting, state.given_up) == (1, 0)


def test_a_lead_is_told_of_what_the_server_holds_up_and_of_nothing_else(
    services: Services, people: People, number: int, delivery: Delivery, receiver: Receiver,
    clock: SetClock,
) -> None:  # fmt: skip
    """Rule 28: not of what waits for its turn, nor of what is about one mailbox."""
    assert services.outbox.remarks(people.lead) == ()
    receiver.answers = {"RCPT": "450 4.2.0 Greylisted"}
    send_all(delivery)
    assert services.outbox.remarks(people.lead) == ()
    receiver.answers = {"RCPT": "554 5.7.1 Relay access denied"}
    clock.forward(hours=1)
    send_all(delivery)
    (told,) = services.outbox.remarks(people.lead)
    assert told.startswith("1 e-mail waits, and none is given up. ")
    assert "5.7.1 Relay access denied. Please tell whoever looks after the mail server" in told
    assert services.outbox.remarks(people.handler) == ()
    receiver.answers = {}
    clock.forward(hours=1)
    assert send_all(delivery) == 1
    assert services.outbox.remarks(people.lead) == ()


def test_what_a_lead_has_tried_again_is_tried_for_five_days_more(
    services: Services, people: People, number: int, delivery: Delivery, receiver: Receiver,
    clock: SetClock,
) -> None:  # fmt: skip
    receiver.answers = {"RCPT": "550 5.1.1 No such user"}
    send_all(delivery)
    clock.forward(days=30)
    assert services.outbox.retry(people.lead, None) == 1
    receiver.answers = {"RCPT": "450 4.2.0 Greylisted"}
    again = clock()
    while outcome := delivery.send_next():
        clock.now = outcome.try_at or clock.now
    (failure,) = services.outbox.state(people.lead).failures
    assert failure.given_up_at is not None
    assert timedelta(hours=-5) < failure.given_up_at - (again + GIVEN_UP_AFTER) <= timedelta(0)


def test_what_a_lead_has_tried_again_is_sent(
    services: Services, people: People, number: int, delivery: Delivery, receiver: Receiver,
    clock: SetClock,
) -> None:  # fmt: skip
    receiver.answers = {"RCPT": "550 5.1.1 No such user"}
    send_all(delivery)
    receiver.answers = {}
    clock.forward(days=30)
    assert send_all(delivery) == 0
    assert services.outbox.retry(people.lead, None) == 1
    assert send_all(delivery) == 1
    assert len(receiver.received) == 1
    assert services.outbox.retry(people.lead, None) == 0
    assert "had e-mails tried again" in in_words(services.history.administration(people.lead)[0])


def test_an_address_that_is_none_is_given_up_before_any_server_is_asked(
    database: Database, services: Services, people: People, number: int, delivery: Delivery,
    receiver: Receiver,
) -> None:  # fmt: skip
    with database.engine.begin() as connection:
        connection.execute(update(notifications).values(recipient="head@x.example\r\nBcc: y@z"))
    assert send_all(delivery) == 1
    (failure,) = services.outbox.state(people.lead).failures
    assert failure.reason == "That is not an e-mail address."
    assert receiver.received == []
