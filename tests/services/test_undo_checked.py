"""An undo is checked as the decision that it makes, and told as it has to be (rules 15 to 28)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from eds_tui.domain.account import NewAccount, Role
from eds_tui.domain.errors import InvalidInput, NotAllowed
from eds_tui.domain.notification import NotificationKind
from eds_tui.domain.priority import Priority
from eds_tui.domain.targets import EXAMPLE, Target
from eds_tui.domain.triage import Assignee
from eds_tui.domain.undo import ReasonNeeded
from eds_tui.repository.tables import events
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.delivery import Delivery
from tests.factories import PASSWORD, START, People, SetClock, log
from tests.mail.receiver import Receiver
from tests.services.delivering import delivery, receiver, send_all, settings
from tests.services.mailbox import HEAD, New, desk, queued, told
from tests.services.triage_steps import (
    ASKED,
    DECISIONS,
    DEFERRED,
    REOPENED,
    RESOLVED,
    found,
    refused,
)

__all__ = ["delivery", "desk", "queued", "receiver", "settings"]
pytestmark = pytest.mark.usefixtures("two_incidents")
REASON = "It was the wrong one."


def not_undone(database: Database, desk: Services, people: People) -> str:
    """Return why the handler's undo is refused; nothing may have changed."""
    return refused(InvalidInput, database, lambda: desk.triage.undo(people.handler, 1, REASON))


def test_what_is_closed_is_not_reopened(database: Database, desk: Services, people: People) -> None:
    DECISIONS["duplicate"](desk, people.handler, 1, None)
    assert not_undone(database, desk, people) == (
        "It is closed. Log a new incident that names this one."
    )
    desk.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
    assert not desk.triage.undo(people.handler, 1, REASON).confidential


def test_what_would_be_closed_or_over_at_once_is_not_brought_back(
    database: Database, desk: Services, people: People, clock: SetClock
) -> None:
    """Rules 16 and 18: a resolution of more than 24 hours ago, a deferral until yesterday."""
    desk.triage.set_state(people.handler, 1, None, RESOLVED)
    clock.forward(hours=23)
    desk.triage.set_state(people.handler, 1, None, REOPENED)
    clock.forward(hours=1)
    assert not_undone(database, desk, people).startswith("It was resolved more than 24 hours ago")
    until = clock() + timedelta(hours=1)
    desk.triage.set_state(people.handler, 1, None, replace(DEFERRED, until=until))
    desk.triage.set_state(people.handler, 1, None, REOPENED)
    clock.forward(hours=2)
    assert not_undone(database, desk, people).endswith("is over already.")


def test_a_question_is_not_open_again_once_the_school_has_written(
    database: Database, desk: Services, people: People, clock: SetClock
) -> None:
    """Rule 17: it would wait for what is there."""
    desk.triage.set_state(people.handler, 1, None, ASKED)
    desk.triage.set_state(people.handler, 1, None, REOPENED)
    clock.forward(minutes=1)
    desk.conversation.comment(people.head, 1, "The one in the library.", "key")
    assert "The school has written since" in not_undone(database, desk, people)


def test_it_does_not_go_back_to_who_has_left(
    database: Database, desk: Services, people: People
) -> None:
    desk.accounts.add(NewAccount("zoe", "Zoe Cable", Role.HANDLER), PASSWORD)
    zoe = desk.accounts.by_login("zoe")
    desk.triage.assign(people.handler, 1, None, Assignee(zoe.id, zoe.name))
    desk.triage.assign(people.handler, 1, None, Assignee())
    desk.accounts.disable("zoe")
    assert not_undone(database, desk, people) == (
        "Zoe Cable can't be given incidents; choose somebody else."
    )
    desk.triage.assign(people.handler, 1, None, Assignee(people.lead.id, "S. Lead"))
    assert desk.triage.undo(people.handler, 1).assigned_to == ""


def test_no_two_hang_on_each_other_nor_below_one_that_hangs(
    database: Database, desk: Services, people: People
) -> None:
    log(desk, people, 1)
    one_level = "A major incident can't hang on another one, nor one that hangs on others."
    for other, above in ((2, 1), (2, 3), (3, 1)):
        desk.triage.link(people.handler, 1, None, 2)
        desk.triage.link(people.handler, 1, None, None)
        desk.triage.link(people.lead, other, None, above)
        assert not_undone(database, desk, people) == one_level
        desk.triage.undo(people.lead, other)
    assert desk.triage.undo(people.handler, 1).parent == 2


def test_an_account_that_may_decide_no_more_takes_nothing_back(
    database: Database, desk: Services, people: People
) -> None:
    desk.triage.set_priority(people.handler, 1, None, Priority.LOW)
    refused(NotAllowed, database, lambda: desk.triage.undo(people.head, 1))
    desk.accounts.disable("handler")
    refused(NotAllowed, database, lambda: desk.triage.undo(people.handler, 1))


def test_what_was_not_sent_is_dropped_and_of_what_was_sent_the_school_is_told(
    desk: Services,
    people: People,
    queued: New,
    clock: SetClock,
    delivery: Delivery,
    receiver: Receiver,
) -> None:
    """Rule 28; what was said stays said, and only the mail of the decision itself goes."""
    desk.conversation.comment(people.handler, 1, "We are on it.", "key")
    desk.triage.set_state(people.handler, 1, None, RESOLVED)
    desk.triage.undo(people.handler, 1, REASON)
    kinds = [each.kind for each in desk.outbox.unsent(failed=False)]
    assert kinds == [NotificationKind.COMMENT, NotificationKind.LOGGED, NotificationKind.LOGGED]
    said = [comment.body for comment in desk.queue.open(people.head, 1).comments]
    assert said == ["We are on it.", RESOLVED.resolution]
    desk.triage.set_state(people.handler, 1, None, RESOLVED)
    assert send_all(delivery) == 4
    queued()
    clock.forward(minutes=1)
    desk.triage.undo(people.handler, 1, REASON)
    (one,) = queued()
    assert (one.kind, one.recipient, one.details) == (
        NotificationKind.TAKEN_BACK, HEAD, {"state": "new"},
    )  # fmt: skip
    assert send_all(delivery) == 1
    letter = receiver.received[-1].message
    assert letter["Subject"] == "INC0000001: taken back, now New"
    assert REASON not in letter.get_content()


def test_one_that_is_on_its_way_counts_as_told_and_is_not_tried_again(
    desk: Services,
    people: People,
    queued: New,
    clock: SetClock,
    delivery: Delivery,
    receiver: Receiver,
) -> None:
    send_all(delivery)
    desk.triage.set_state(people.handler, 1, None, ASKED)

    def undo() -> None:
        desk.triage.undo(people.handler, 1)

    receiver.taken = undo
    receiver.answers = {"DATA": "451 4.3.0 Try later"}
    assert delivery.send_next() is not None
    (mail,) = desk.outbox.unsent(failed=False)
    assert mail.kind is NotificationKind.TAKEN_BACK


def test_of_a_confidential_one_nothing_is_told(
    desk: Services, people: People, queued: New, delivery: Delivery
) -> None:
    """Rule 24: told, then hidden, and both taken back into hiding."""
    desk.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
    desk.triage.set_confidential(people.handler, 1, None, False, "Nobody is.")
    desk.triage.undo(people.handler, 1, "A pupil is named after all.")
    desk.triage.set_state(people.handler, 1, None, ASKED)
    queued()
    desk.triage.undo(people.handler, 1)
    assert told(queued) == []
    assert send_all(delivery) == 1  # that the other incident is logged


def test_a_decision_of_an_earlier_version_is_found_by_its_moment(
    desk: Services, people: People, queued: New, database: Database
) -> None:
    """Its event does not name the e-mail."""
    desk.triage.set_state(people.handler, 1, None, ASKED)
    with database.engine.begin() as connection:
        id_, details = connection.execute(
            select(events.c.id, events.c.details).order_by(events.c.id.desc()).limit(1)
        ).one()
        del details["message_id"]
        connection.execute(update(events).where(events.c.id == id_).values(details=details))
    desk.triage.undo(people.handler, 1)
    kinds = {each.kind for each in desk.outbox.unsent(failed=False)}
    assert kinds == {NotificationKind.LOGGED}


def test_warnings_of_the_due_date_that_was_taken_back_do_not_count(
    database: Database, desk: Services, people: People, clock: SetClock
) -> None:
    """Rule 21: 4 hours and then 9, warned of the 4; and of the 9 not warned a second time."""
    desk.triage.set_priority(people.handler, 1, None, Priority.LOW)
    desk.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    clock.forward(hours=5)
    desk.housekeeping.run()
    assert found(database, 1, clock()).fields.warned == 2
    desk.triage.undo(people.handler, 1)
    assert found(database, 1, clock()).fields.warned == 0
    desk.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    desk.housekeeping.run()
    desk.triage.set_priority(people.handler, 1, None, Priority.LOW)
    desk.triage.undo(people.handler, 1)
    stored = found(database, 1, clock()).fields
    assert (stored.priority, stored.warned) == (Priority.CRITICAL, 2)


def test_the_due_date_is_that_of_the_targets_in_force(
    database: Database, desk: Services, people: People
) -> None:
    desk.triage.set_priority(people.handler, 1, None, Priority.HIGH)
    desk.triage.set_priority(people.handler, 1, None, Priority.LOW)
    targets = {**EXAMPLE.targets, Priority.HIGH: Target(minutes=60)}
    desk.service_levels.change(people.lead, replace(EXAMPLE, targets=targets))
    desk.triage.undo(people.handler, 1)
    due = found(database, 1, START).fields.sla_due
    assert due == START + timedelta(minutes=60)


def test_a_reason_is_asked_for_by_what_it_does(
    database: Database, desk: Services, people: People
) -> None:
    number, me = 1, people.handler
    decisions: tuple[tuple[str, Callable[[], object]], ...] = (
        (
            "Why is it reopened?",
            lambda: desk.triage.set_state(me, number, None, RESOLVED),
        ),
        (
            "Show it to the school: why?",
            lambda: desk.triage.set_confidential(me, number, None, True, "A pupil is named."),
        ),
        (
            "Hide it: why?",
            lambda: desk.triage.set_confidential(me, number, None, False, "Nobody is."),
        ),
    )
    for question, decide in decisions:
        decide()
        with pytest.raises(ReasonNeeded) as error:
            desk.triage.undo(me, number)
        assert (error.value.question, error.value.row.number) == (question, number)
        assert error.value.message == f"{question} A reason is needed."
