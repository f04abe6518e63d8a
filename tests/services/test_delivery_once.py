"""Each e-mail goes once, whatever the program does and whatever is hidden (rules 24, 25, 28)."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from sqlalchemy import update
from sqlalchemy.exc import ProgrammingError

from eds_tui.domain.delivery import LEASE
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.notification import Notice, NotificationKind
from eds_tui.repository.tables import notifications
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.delivery import Delivery
from tests.conftest import Away
from tests.factories import START, People, SetClock, new_form
from tests.mail.receiver import Receiver
from tests.services.delivering import delivery, number, receiver, send_all, settings
from tests.services.mailbox import HEAD, services

pytestmark = pytest.mark.on_both

__all__ = ["delivery", "number", "receiver", "services", "settings"]


def hide(services: Services, people: People, number: int) -> None:
    """Make an incident confidential."""
    services.triage.set_confidential(people.handler, number, None, True, "A pupil is named.")


def take(database: Database) -> Notice:
    """Take what waits, as a program does that then does nothing with it."""
    with database.writing() as work:
        taken = work.notifications.take(START)
        work.commit()
    assert taken is not None
    return taken


def test_one_that_was_hidden_after_it_was_queued_is_dropped_when_it_is_taken(
    database: Database, services: Services, people: People, number: int, delivery: Delivery,
    receiver: Receiver,
) -> None:  # fmt: skip
    """Rules 24 and 25, also for what was queued beside the change that hid it."""
    hide(services, people, number)
    with database.writing() as work:
        found = work.incidents.find(people.handler.scope, number, START)
        assert found is not None
        work.notifications.queue(NotificationKind.LOGGED, found.id, HEAD, START)
        work.commit()
    assert delivery.send_next() is None
    services.report.log(people.neighbour, new_form())
    assert send_all(delivery) == 1
    assert [each.recipients for each in receiver.received] == [("office@st-marys.example",)]
    assert services.outbox.unsent(failed=False) == ()


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
@pytest.mark.parametrize("again", [False, True])
def test_one_that_is_hidden_while_the_mail_server_takes_its_time_is_not_sent(
    services: Services, people: People, number: int, delivery: Delivery, receiver: Receiver,
    step: str, *, again: bool,
) -> None:  # fmt: skip
    """Rule 25, also where it is shown again before the server has answered."""

    def hidden() -> None:
        hide(services, people, number)
        if again:
            services.triage.set_confidential(
                people.handler, number, None, False, "Nobody is named."
            )

    receiver.meanwhile[step] = hidden
    outcome = delivery.send_next()
    assert outcome is not None
    assert outcome.withheld
    assert send_all(delivery) == 0
    assert receiver.received == []
    kinds = {event.kind.value for event in services.history.of_incident(people.handler, number)}
    assert kinds == {"incident_logged", "triaged"}


def test_rule_24_a_number_that_is_hidden_on_the_way_is_not_in_the_e_mail_that_points_to_it(
    services: Services, people: People, number: int, delivery: Delivery, receiver: Receiver
) -> None:
    original, _ = (services.report.log(people.bursar, new_form()).number for _ in range(2))
    assert send_all(delivery) == 3
    receiver.received.clear()
    services.triage.close_as_duplicate(people.handler, number, None, original)
    receiver.meanwhile["RCPT"] = lambda: hide(services, people, original)
    assert send_all(delivery) == 2
    (received,) = receiver.received
    assert "being dealt with, so this incident is closed." in received.body
    for hidden_or_another in ("INC0000002", "INC0000003"):
        assert hidden_or_another not in received.raw.decode()


def test_an_e_mail_points_to_what_its_school_may_see(
    services: Services, people: People, number: int, delivery: Delivery, receiver: Receiver
) -> None:
    original = services.report.log(people.bursar, new_form()).number
    services.triage.close_as_duplicate(people.handler, number, None, original)
    send_all(delivery)
    assert "being dealt with as INC0000002, so" in receiver.received[-1].body


@pytest.mark.parametrize("own", ["head", "neighbour"])
def test_rule_24_no_e_mail_points_to_what_is_another_schools(
    services: Services, people: People, delivery: Delivery, receiver: Receiver, own: str
) -> None:
    numbers = {
        name: services.report.log(getattr(people, name), new_form()).number
        for name in ("head", "neighbour")
    }
    original = sum(numbers.values()) - numbers[own]
    services.triage.close_as_duplicate(people.handler, numbers[own], None, original)
    send_all(delivery)
    assert "being dealt with, so this incident is closed." in receiver.received[-1].body


def test_one_that_is_on_its_way_when_it_is_hidden_is_known_to_be_sent(
    services: Services, people: People, number: int, delivery: Delivery, receiver: Receiver
) -> None:
    receiver.taken = lambda: hide(services, people, number)
    assert send_all(delivery) == 1
    kinds = [event.kind.value for event in services.history.of_incident(people.handler, number)]
    assert kinds == ["incident_logged", "triaged", "mail_sent"]
    assert services.outbox.unsent(failed=False) == ()


def test_one_that_fails_on_its_way_when_it_is_hidden_is_not_tried_again(
    services: Services, people: People, number: int, delivery: Delivery, receiver: Receiver,
    clock: SetClock,
) -> None:  # fmt: skip
    receiver.taken = lambda: hide(services, people, number)
    receiver.answers = {"DATA": "451 4.3.0 Try later"}
    assert send_all(delivery) == 1
    clock.forward(days=1)
    assert send_all(delivery) == 0
    services.triage.set_confidential(people.handler, number, None, False, "Nobody is named.")
    assert send_all(delivery) == 0


def test_what_a_program_took_and_died_with_is_sent_again_with_the_same_identifier(
    database: Database, number: int, delivery: Delivery, receiver: Receiver, clock: SetClock
) -> None:
    taken = take(database)
    assert delivery.send_next() is None
    clock.now = START + LEASE
    assert send_all(delivery) == 1
    assert [each.message_id for each in receiver.received] == [taken.message_id]
    assert send_all(delivery) == 0


def test_a_program_that_was_held_up_does_not_record_over_another(
    database: Database, number: int, delivery: Delivery, receiver: Receiver, clock: SetClock
) -> None:
    slow = take(database)
    clock.now = START + LEASE
    assert send_all(delivery) == 1
    with database.writing() as work:
        assert not work.notifications.failed(slow, "Too slow.", clock(), clock())
        assert not work.notifications.sent(slow, clock())
        work.commit()
    assert send_all(delivery) == 0
    assert len(receiver.received) == 1


def test_what_another_program_has_recorded_meanwhile_is_no_second_event(
    database: Database, services: Services, people: People, number: int, delivery: Delivery,
    receiver: Receiver, clock: SetClock,
) -> None:  # fmt: skip
    """The mail server took longer over the e-mail than a program is waited for."""

    def recorded_by_another() -> None:
        clock.now = START + LEASE
        with database.writing() as work:
            taken = work.notifications.take(clock())
            assert taken is not None
            assert work.notifications.sent(taken, clock())
            work.commit()

    receiver.taken = recorded_by_another
    assert delivery.send_next() is not None
    assert services.outbox.unsent(failed=False) == ()
    kinds = [event.kind.value for event in services.history.of_incident(people.handler, number)]
    assert kinds == ["incident_logged"]


def test_what_was_sent_as_the_database_went_away_is_recorded_when_it_is_back(
    database: Database, services: Services, people: People, number: int, delivery: Delivery,
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
    kinds = [event.kind.value for event in services.history.of_incident(people.handler, number)]
    assert kinds == ["incident_logged", "mail_sent"]


def test_one_that_could_not_be_asked_about_any_more_is_sent_as_soon_as_that_can_be(
    number: int, delivery: Delivery, receiver: Receiver, away: Away
) -> None:
    """It does not stay taken for as long as somebody might have it."""
    with ExitStack() as gone:
        receiver.meanwhile["RCPT"] = lambda: gone.enter_context(away())
        with pytest.raises(Unavailable):
            delivery.send_next()
        with pytest.raises(Unavailable):
            delivery.send_next()
    assert receiver.received == []
    assert send_all(delivery) == 1
    assert [each.recipients for each in receiver.received] == [(HEAD,)]


def test_one_that_an_earlier_version_queued_gets_an_identifier_that_stays(
    database: Database, number: int, delivery: Delivery, receiver: Receiver, clock: SetClock
) -> None:
    with database.engine.begin() as connection:
        connection.execute(update(notifications).values(message_id="", try_until=None))
    taken = take(database)
    assert taken.message_id.endswith("@eds-tui.invalid>")
    clock.now = START + LEASE
    send_all(delivery)
    assert [each.message_id for each in receiver.received] == [taken.message_id]
