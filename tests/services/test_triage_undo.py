"""Taking one's own last decision back, while nobody else has touched the incident."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from eds_tui.domain.errors import Conflict, InvalidInput, NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.history import in_words
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import LONGEST_REASON, Assignee
from eds_tui.domain.undo import ReasonNeeded
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock
from tests.services.triage_steps import (
    ASKED,
    DECISIONS,
    DEFERRED,
    LATER,
    REOPENED,
    RESOLVED,
    events_of,
    found,
    give,
    move,
    refused,
)

pytestmark = pytest.mark.usefixtures("two_incidents")


def not_undone(database: Database, services: Services, people: People) -> str:
    """Return why the handler's undo is refused; nothing may have changed."""
    return refused(Conflict, database, lambda: services.triage.undo(people.handler, 1))


UNDOABLE = {name: decide for name, decide in DECISIONS.items() if name != "duplicate"}
"""All that is not closed by it."""


@pytest.mark.parametrize("name", list(UNDOABLE))
def test_every_decision_is_taken_back_in_every_field(
    database: Database, services: Services, people: People, clock: SetClock, name: str
) -> None:
    before = found(database, 1, clock()).fields
    clock.forward(minutes=7)
    DECISIONS[name](services, people.handler, 1, None)
    assert found(database, 1, clock()).fields != before
    clock.forward(minutes=7)
    row = services.triage.undo(people.handler, 1, "By mistake.")
    assert found(database, 1, clock()).fields == before
    assert (row.state, row.priority, row.version) == (State.NEW, Priority.NONE, 3)


REMAKING = {name: decide for name, decide in UNDOABLE.items() if name != "in progress"} | {
    "another priority": give(Priority.LOW),
    "deferral": move(replace(DEFERRED, until=LATER + timedelta(days=1))),
}


@pytest.mark.parametrize("name", list(REMAKING))
def test_pauses_and_due_date_of_a_history_are_restored(
    database: Database, services: Services, people: People, clock: SetClock, name: str
) -> None:
    """Decided on, held for an hour and held again, then one decision more, and back."""
    services.triage.set_priority(people.lead, 1, None, Priority.HIGH)
    services.triage.set_state(people.lead, 1, None, ASKED)
    clock.forward(hours=1)
    services.conversation.comment(people.head, 1, "The one in the library.", "key")
    clock.forward(minutes=10)
    services.triage.set_state(people.lead, 1, None, DEFERRED)
    clock.forward(hours=2)
    before = found(database, 1, clock()).fields
    assert len(before.pauses) == 2
    assert before.sla_due is not None
    REMAKING[name](services, people.handler, 1, None)
    assert found(database, 1, clock()).fields != before
    clock.forward(minutes=1)
    services.triage.undo(people.handler, 1, "By mistake.")
    assert found(database, 1, clock()).fields == before


def test_a_reopening_is_taken_back_to_resolved_with_its_moment(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    services.triage.set_state(people.handler, 1, None, RESOLVED)
    before = found(database, 1, clock()).fields
    clock.forward(hours=1)
    services.triage.set_state(people.handler, 1, None, REOPENED)
    row = services.triage.undo(people.handler, 1)
    assert found(database, 1, clock()).fields == before
    assert (row.state, row.closes_at) == (State.RESOLVED, START + timedelta(hours=24))


def test_the_history_keeps_both(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    clock.forward(minutes=1)
    services.triage.undo(people.handler, 1)
    made, undone = events_of(database, 1, clock())[-2:]
    assert (made.kind, made.at) == (EventKind.TRIAGED, START)
    assert (undone.kind, undone.at, undone.actor) == (EventKind.UNDONE, clock(), "A. Handler")
    changed = undone.details["changed"]
    assert changed == {name: [new, old] for name, (old, new) in made.details["changed"].items()}


def test_what_was_said_with_a_decision_stays_said(services: Services, people: People) -> None:
    services.triage.set_state(people.handler, 1, None, ASKED)
    services.triage.undo(people.handler, 1)
    assert [said.body for said in services.queue.open(people.head, 1).comments] == [
        "Which printer is it?"
    ]


def test_another_persons_decision_is_not_taken_back(
    database: Database, services: Services, people: People
) -> None:
    services.triage.set_priority(people.lead, 1, None, Priority.LOW)
    assert not_undone(database, services, people) == (
        "There is nothing of yours to undo on INC0000001. S. Lead has touched it since."
    )


def test_after_somebody_else_has_touched_it_ones_own_is_not_taken_back(
    database: Database, services: Services, people: People
) -> None:
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    services.triage.assign(people.lead, 1, None, Assignee(people.lead.id, "S. Lead"))
    assert "S. Lead has touched it since." in not_undone(database, services, people)


def test_after_the_school_has_answered_the_question_is_not_taken_back(
    database: Database, services: Services, people: People
) -> None:
    services.triage.set_state(people.handler, 1, None, ASKED)
    services.conversation.comment(people.bursar, 1, "The one in the library.", "key")
    assert "Bursar has touched it since." in not_undone(database, services, people)


@pytest.mark.parametrize(("answers", "goes"), [
    (["before"], True), (["before", "note", "centre"], True), (["after"], False), (["call"], False),
])  # fmt: skip
def test_a_question_is_asked_again_unless_the_school_has_answered_since(
    services: Services, people: People, clock: SetClock, answers: list[str], goes: bool
) -> None:
    say = services.conversation.comment
    if "before" in answers:
        say(people.head, 1, "Nothing works.", "before")
    clock.forward(minutes=1)
    services.triage.set_state(people.handler, 1, None, ASKED)
    services.triage.set_state(people.handler, 1, None, REOPENED)
    clock.forward(minutes=1)
    if "after" in answers:
        say(people.head, 1, "The one in the library.", "after")
    if "call" in answers:
        say(people.handler, 1, "The one in the library.", "call", caller="Test Bursar")
    if "note" in answers:
        services.conversation.work_note(people.handler, 1, "It is new.", "note")
        say(people.handler, 1, "We wait for you.", "centre")
    if goes:
        assert services.triage.undo(people.handler, 1).state is State.ON_HOLD_CUSTOMER
    else:
        with pytest.raises(InvalidInput) as refused:
            services.triage.undo(people.handler, 1)
        assert list(refused.value.problems) == ["question"]


def test_a_comment_that_changes_nothing_stands_not_in_the_way(
    services: Services, people: People
) -> None:
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    services.conversation.comment(people.bursar, 1, "Still nothing.", "one")
    services.conversation.work_note(people.lead, 1, "Known fault.", "two")
    assert services.triage.undo(people.handler, 1).priority is Priority.NONE


def test_nothing_is_taken_back_where_nothing_was_decided(
    database: Database, services: Services, people: People
) -> None:
    assert (
        not_undone(database, services, people) == "There is nothing of yours to undo on INC0000001."
    )
    with pytest.raises(NotFound):
        services.triage.undo(people.handler, 987_654)


def test_an_undo_is_not_undone_and_blames_nobody_else(
    database: Database, services: Services, people: People
) -> None:
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    services.triage.undo(people.handler, 1)
    assert (
        not_undone(database, services, people) == "There is nothing of yours to undo on INC0000001."
    )


@pytest.mark.parametrize("change", [DEFERRED, RESOLVED], ids=lambda each: each.state)
def test_what_the_clock_has_done_since_is_not_taken_back(
    database: Database, services: Services, people: People, clock: SetClock, change: object
) -> None:
    """Rules 16 and 18: a deferral that ended, and a resolved incident that is closed."""
    DECISIONS["deferral" if change is DEFERRED else "resolve"](services, people.handler, 1, None)
    clock.forward(days=2)
    assert not_undone(database, services, people) == (
        "There is nothing of yours to undo on INC0000001. The clock has moved it on since."
    )


def test_only_the_last_decision_is_taken_back(
    database: Database, services: Services, people: People
) -> None:
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    before = found(database, 1, START).fields
    DECISIONS["assign to me"](services, people.handler, 1, None)
    services.triage.undo(people.handler, 1)
    assert found(database, 1, START).fields == before
    not_undone(database, services, people)


@pytest.mark.parametrize("name", ["hide", "resolve"])
def test_what_needs_a_reason_by_hand_needs_one_when_it_is_taken_back(
    database: Database, services: Services, people: People, name: str
) -> None:
    """Rules 19 and 25: each reopening and each flip, with a reason."""
    DECISIONS[name](services, people.handler, 1, None)
    for reason in ("", " \n", "x" * (LONGEST_REASON + 1)):
        kind = InvalidInput if reason.strip() else ReasonNeeded
        refused(kind, database, partial(services.triage.undo, people.handler, 1, reason))
    services.triage.undo(people.handler, 1, "It was the wrong one.")
    told = in_words(services.history.of_incident(people.handler, 1)[-1])
    assert told.endswith("(reason: It was the wrong one.)")


def test_hiding_again_by_an_undo_drops_what_waits_to_be_sent(
    database: Database, services: Services, people: People
) -> None:
    """Rule 25: shown by mistake, written on, and taken back."""
    DECISIONS["hide"](services, people.handler, 1, None)
    services.triage.set_confidential(people.handler, 1, None, False, "Nobody is named.")
    services.conversation.comment(people.handler, 1, "We are on it.", "key")
    services.triage.undo(people.handler, 1, "A pupil is named after all.")
    stored = found(database, 1, START)
    assert stored.fields.confidential
    with database.reading() as work:
        assert work.notifications.waiting(stored.id) == 0
