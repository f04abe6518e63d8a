"""Who is told of what by e-mail: queued with the change, to an address fixed then (rule 28)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eds_tui import bootstrap
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.lifecycle import State
from eds_tui.domain.notification import NotificationKind
from eds_tui.domain.pointer import dealt_with
from eds_tui.domain.priority import Priority
from eds_tui.domain.school_change import SchoolChange
from eds_tui.domain.triage import Assignee, StateChange
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock, new_form
from tests.services.mailbox import DESK, HEAD, New, queued, services, told
from tests.services.triage_steps import ASKED, DEFERRED, REOPENED, RESOLVED, WAITING

__all__ = ["queued", "services"]


@pytest.fixture
def number(services: Services, people: People, queued: New) -> int:
    """An incident of the head's, whose own notification has been looked at."""
    receipt = services.report.log(people.head, new_form())
    assert told(queued) == [(NotificationKind.LOGGED, HEAD, "")]
    assert receipt.notified == HEAD
    return receipt.number


def test_a_call_is_told_to_the_callers_school(
    services: Services, people: People, queued: New
) -> None:
    form = new_form(school_id=people.other_school.id, caller="Anne O'Brien")
    services.report.log(people.handler, form)
    assert told(queued) == [(NotificationKind.LOGGED, "office@st-marys.example", "")]


def test_a_comment_of_the_service_centre_goes_to_the_school(
    services: Services, people: People, number: int, queued: New
) -> None:
    services.conversation.comment(people.handler, number, "We are on it.", "key")
    assert told(queued) == [(NotificationKind.COMMENT, HEAD, "We are on it.")]


def test_a_comment_of_the_school_goes_to_the_service_desk(
    services: Services, people: People, number: int, queued: New
) -> None:
    services.conversation.comment(people.bursar, number, "Still nothing.", "key")
    assert told(queued) == [(NotificationKind.COMMENT, DESK, "Still nothing.")]


def test_a_comment_sent_twice_is_told_once(
    services: Services, people: People, number: int, queued: New
) -> None:
    for _ in range(2):
        services.conversation.comment(people.handler, number, "We are on it.", "key")
    assert len(queued()) == 1


def test_a_work_note_is_told_to_nobody(
    services: Services, people: People, number: int, queued: New
) -> None:
    """Rule 27: on an open incident and on a closed one."""
    services.conversation.work_note(people.handler, number, "The school is cross.", "one")
    services.triage.set_state(people.handler, number, None, RESOLVED)
    queued()
    services.conversation.work_note(people.handler, number, "The cable again.", "two")
    assert queued() == []


@pytest.mark.parametrize(("change", "kind", "quoted"), [
    (StateChange(State.AWAITING_TRIAGE), NotificationKind.STATE, ""),
    (StateChange(State.IN_PROGRESS), NotificationKind.STATE, ""),
    (ASKED, NotificationKind.STATE, "Which printer is it?"),
    (WAITING, NotificationKind.STATE, ""),
    (DEFERRED, NotificationKind.STATE, ""),
    (RESOLVED, NotificationKind.RESOLVED, "The cable was put back."),
], ids=lambda value: getattr(value, "state", ""))  # fmt: skip
def test_a_changed_state_is_told_once_with_what_was_said(
    services: Services, people: People, number: int, queued: New,
    change: StateChange, kind: NotificationKind, quoted: str,
) -> None:  # fmt: skip
    services.triage.set_state(people.handler, number, None, change)
    (one,) = queued()
    assert (one.kind, one.recipient, one.body) == (kind, HEAD, quoted)
    until = {"until": change.until.isoformat()} if change.until else {}
    assert one.details == {"state": change.state.value} | until


def test_a_reopening_is_told_without_its_reason(
    services: Services, people: People, number: int, queued: New
) -> None:
    services.triage.set_state(people.handler, number, None, RESOLVED)
    queued()
    services.triage.set_state(people.handler, number, None, REOPENED)
    (one,) = queued()
    assert (one.kind, one.body) == (NotificationKind.STATE, "")
    assert one.details == {"state": "in_progress"}


def test_the_first_priority_is_told_as_the_change_of_state_that_it_is(
    services: Services, people: People, number: int, queued: New
) -> None:
    services.triage.set_priority(people.handler, number, None, Priority.LOW)
    assert told(queued) == [(NotificationKind.STATE, HEAD, "")]
    services.triage.set_priority(people.handler, number, None, Priority.HIGH)
    services.triage.assign(people.handler, number, None, Assignee(team="Networks"))
    assert queued() == []


def test_a_duplicate_is_told_as_closed_with_its_pointer(
    services: Services, people: People, number: int, queued: New
) -> None:
    """The number that it points to is put in when it is sent (rule 24)."""
    services.report.log(people.head, new_form())
    queued()
    services.triage.close_as_duplicate(people.handler, number, None, 2)
    (one,) = queued()
    assert (one.kind, one.recipient) == (NotificationKind.CLOSED, HEAD)
    assert one.body == dealt_with()


def test_what_the_clock_does_is_told_when_it_is_stored(
    services: Services, people: People, number: int, clock: SetClock, queued: New
) -> None:
    services.triage.set_state(people.handler, number, None, DEFERRED)
    queued()
    clock.forward(days=2)
    services.housekeeping.run()
    assert [(each.kind, each.details) for each in queued()] == [
        (NotificationKind.STATE, {"state": "in_progress"})
    ]
    services.triage.set_state(people.handler, number, None, RESOLVED)
    queued()
    clock.forward(hours=24)
    services.housekeeping.run()
    assert told(queued) == [(NotificationKind.CLOSED, HEAD, "")]
    services.housekeeping.run()
    assert queued() == []


@pytest.mark.parametrize("by", ["decision", "comment"])
def test_a_deferral_that_ended_is_told_whoever_stores_it(
    services: Services, people: People, number: int, clock: SetClock, queued: New, by: str
) -> None:
    services.triage.set_state(people.handler, number, None, DEFERRED)
    queued()
    clock.forward(days=3)
    if by == "decision":
        services.triage.assign(people.handler, number, None, Assignee(team="Networks"))
    else:
        services.conversation.comment(people.head, number, "We are back.", "key")
    services.housekeeping.run()
    states = [each.details for each in queued() if each.kind == NotificationKind.STATE]
    assert states == [{"state": "in_progress"}]


def test_an_answer_that_ends_the_hold_is_told_to_the_desk_and_its_end_to_the_school(
    services: Services, people: People, number: int, queued: New
) -> None:
    services.triage.set_state(people.handler, number, None, ASKED)
    queued()
    services.conversation.comment(people.head, number, "The one in the library.", "key")
    assert told(queued) == [
        (NotificationKind.COMMENT, DESK, "The one in the library."),
        (NotificationKind.STATE, HEAD, ""),
    ]


def test_the_address_is_that_of_the_moment(
    services: Services, people: People, number: int, queued: New
) -> None:
    services.conversation.comment(people.handler, number, "One.", "one")
    another = SchoolChange(email="bursar@test-school.example")
    services.schools.change(people.lead, people.school.id, another)
    services.conversation.comment(people.handler, number, "Two.", "two")
    assert [(each.recipient, each.body) for each in queued()] == [
        (HEAD, "One."), ("bursar@test-school.example", "Two."),
    ]  # fmt: skip


def test_where_there_is_no_address_nothing_is_queued(
    database: Database,
    services: Services,
    clock: SetClock,
    people: People,
    number: int,
    queued: New,
) -> None:
    nobody = SchoolChange(email="", without=("Mrs Testing",))
    services.schools.change(people.lead, people.school.id, nobody)
    without_mailbox = bootstrap.open_services(database, clock)
    without_mailbox.conversation.comment(people.handler, number, "One.", "one")
    without_mailbox.conversation.comment(people.head, number, "Two.", "two")
    without_mailbox.triage.set_state(people.handler, number, None, RESOLVED)
    assert queued() == []


def test_a_refused_decision_is_told_to_nobody(
    services: Services, people: People, number: int, clock: SetClock, queued: New
) -> None:
    services.triage.set_state(people.handler, number, None, RESOLVED)
    queued()
    clock.now = START + timedelta(hours=25)
    with pytest.raises(InvalidInput, match="closed"):
        services.triage.set_state(people.handler, number, None, REOPENED)
    assert queued() == []
