"""A clock that is put forward or back makes nothing true for good (rules 16, 18, 28)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

import pytest

from eds_tui import bootstrap
from eds_tui.domain.clock import utc_now
from eds_tui.domain.clock_trust import ClockInDoubt
from eds_tui.domain.event import EventKind
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import StateChange
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form
from tests.mail.receiver import receiving
from tests.services.delivering import mail_settings, send_all
from tests.services.mailbox import DESK, HEAD
from tests.services.triage_steps import RESOLVED

pytestmark = pytest.mark.long_on_postgres

TWO_DAYS = timedelta(days=2)


@dataclass(frozen=True)
class Machine:
    """A machine with its own clock, at work on a database."""

    clock: SetClock
    database: Database
    services: Services
    people: People

    def state(self, number: int) -> State:
        """Return how an incident stands for its readers."""
        return self.services.queue.open(self.people.handler, number).row.state

    def events(self, number: int) -> list[EventKind]:
        """Return what has happened to an incident."""
        return [
            each.kind for each in self.services.history.of_incident(self.people.handler, number)
        ]


@pytest.fixture
def machine(database_url: str, people: People) -> Iterator[Machine]:
    """A machine whose clock has been right, with a resolved and a deferred incident."""
    clock = SetClock(utc_now())
    database = Database.at(database_url, clock)
    services = bootstrap.open_services(database, service_centre_email=DESK)
    for _ in range(2):
        services.report.log(people.head, new_form())
    services.triage.set_state(people.handler, 1, None, RESOLVED)
    until = services.clock() + timedelta(hours=5)
    deferral = StateChange(State.ON_HOLD_DEFERRAL, until=until)
    services.triage.set_state(people.handler, 2, None, deferral)
    services.housekeeping.run()
    yield Machine(clock, database, services, people)
    database.close()


@pytest.mark.on_sqlite
def test_one_put_forward_closes_and_ends_nothing_and_all_goes_on_once_it_is_right(
    machine: Machine,
) -> None:
    services, handler = machine.services, machine.people.handler
    before = [machine.events(number) for number in (1, 2)]
    machine.clock.now += TWO_DAYS
    assert services.housekeeping.run() == 0
    assert "2 days ahead" in services.housekeeping.remark()
    assert services.outbox.remarks(machine.people.lead) == (services.housekeeping.remark(),)
    assert services.outbox.remarks(handler) == ()
    assert services.outbox.state(None).clock == services.housekeeping.remark()
    # What rests on it is refused in words; what somebody says is kept.
    for number in (1, 2):
        with pytest.raises(ClockInDoubt, match="2 days ahead"):
            services.triage.set_priority(handler, number, None, Priority.HIGH)
    services.conversation.comment(machine.people.head, 2, "Still nothing.", "key")
    machine.clock.now -= TWO_DAYS
    assert services.housekeeping.remark() == ""
    assert (machine.state(1), machine.state(2)) == (State.RESOLVED, State.ON_HOLD_DEFERRAL)
    assert machine.events(1) == before[0]
    assert EventKind.CLOCK not in machine.events(2)[len(before[1]) + 2 :]
    machine.clock.forward(days=1)
    assert services.housekeeping.run() == 2
    assert (machine.state(1), machine.state(2)) == (State.CLOSED, State.IN_PROGRESS)


def test_how_the_clock_goes_is_written_where_there_is_more_to_keep_and_no_server(
    machine: Machine, dialect: str
) -> None:
    def is_to_be_noted() -> bool:
        with machine.database.reading() as work:
            return work.clock.is_to_be_noted()

    assert not is_to_be_noted()
    machine.clock.forward(hours=1)
    assert not is_to_be_noted()
    machine.clock.now += TWO_DAYS
    assert is_to_be_noted() is (dialect == "sqlite")
    machine.services.housekeeping.run()
    assert not is_to_be_noted()


@pytest.mark.on_sqlite
def test_another_program_on_the_machine_knows_of_it(machine: Machine) -> None:
    """Its clock had jumped before it was begun, as for a worker that ``cron`` begins."""
    machine.clock.now += TWO_DAYS
    with closing(Database.at(machine.database.name, machine.clock)) as database:
        other = bootstrap.open_services(database)
        assert other.housekeeping.run() == 0
        assert "2 days ahead" in other.housekeeping.remark()


@pytest.mark.on_postgres
def test_of_many_machines_the_servers_clock_counts(machine: Machine) -> None:
    """What is stored by one whose own clock is wrong is of the server's time."""
    machine.clock.now += TWO_DAYS
    services, people = machine.services, machine.people
    number = services.report.log(people.head, new_form()).number
    row = services.queue.open(people.handler, number).row
    assert abs(row.opened_at - utc_now()) < timedelta(minutes=1)
    assert machine.state(1) is State.RESOLVED
    assert services.housekeeping.run() == 0
    assert "2 days ahead of the database server's" in services.housekeeping.remark()
    services.triage.set_priority(people.handler, 1, None, Priority.HIGH)
    machine.clock.now -= TWO_DAYS
    assert services.housekeeping.remark() == ""


@pytest.mark.on_sqlite
def test_an_email_is_sent_and_none_given_up_whatever_the_clock_says(machine: Machine) -> None:
    ahead = timedelta(days=40)
    with receiving() as receiver:
        delivery = bootstrap.open_delivery(machine.database, mail_settings(receiver))
        assert delivery is not None
        machine.clock.now += ahead
        receiver.refused = {HEAD: "450 4.2.0 Greylisted"}
        for _ in range(10):
            while delivery.send_next():
                pass
            machine.clock.forward(hours=5)
        state = machine.services.outbox.state(None)
        assert (state.waiting, state.failing, state.given_up) == (4, 4, 0)
        # Put off while the clock was ahead, they are not kept waiting for so long.
        machine.clock.now -= ahead
        receiver.refused = {}
        assert send_all(delivery) == 4
        assert {each.recipients for each in receiver.received} == {(HEAD,)}
