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
from tests.services.mailbox import HEAD, New, queued, services, told
from tests.services.triage_steps import (
    ASKED,
    DECISIONS,
    DEFERRED,
    REOPENED,
    RESOLVED,
    found,
    refused,
)

__all__ = ["delivery", "queued", "receiver", "services", "settings"]
pytestmark = [pytest.mark.long_on_postgres, pytest.mark.usefixtures("two_incidents")]
REASON = "It was the wrong one."


def not_undone(database: Database, services: Services, people: People) -> str:
    """Return why the handler's undo is refused; nothing may have changed."""
    return refused(InvalidInput, database, lambda: services.triage.undo(people.handler, 1, REASON))


def test_what_is_closed_is_not_reopened(
    database: Database, services: Services, people: People
) -> None:
    DECISIONS["duplicate"](services, people.handler, 1, None)
    assert not_undone(database, services, people) == (
        "It is closed. Log a new incident that names this one."
    )
    services.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
    assert not services.triage.undo(people.handler, 1, REASON).confidential


def test_what_would_be_closed_or_over_at_once_is_not_brought_back(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Rules 16 and 18: a resolution of more than 24 hours ago, a deferral until yesterday."""
    services.triage.set_state(people.handler, 1, None, RESOLVED)
    clock.forward(hours=23)
    services.triage.set_state(people.handler, 1, None, REOPENED)
    clock.forward(hours=1)
    assert not_undone(database, services, people).startswith(
        "It was resolved more than 24 hours ago"
    )
    until = clock() + timedelta(hours=1)
    services.triage.set_state(people.handler, 1, None, replace(DEFERRED, until=until))
    services.triage.set_state(people.handler, 1, None, REOPENED)
    clock.forward(hours=2)
    assert not_undone(database, services, people).endswith("is over already.")


def test_a_question_is_not_open_again_once_the_school_has_written(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 17: it would wait for what is there."""
    services.triage.set_state(people.handler, 1, None, ASKED)
    services.triage.set_state(people.handler, 1, None, REOPENED)
    clock.forward(minutes=1)
    services.conversation.comment(people.head, 1, "The one in the library.", "key")
    assert "The school has written since" in not_undone(database, services, people)


def test_it_does_not_go_back_to_who_has_left(
    database: Database, services: Services, people: People
) -> None:
    services.accounts.add(NewAccount(login="zoe", name="Zoe Cable", role=Role.HANDLER), PASSWORD)
    zoe = services.accounts.by_login("zoe")
    services.triage.assign(people.handler, 1, None, Assignee(zoe.id, zoe.name))
    services.triage.assign(people.handler, 1, None, Assignee())
    services.accounts.disable("zoe")
    assert not_undone(database, services, people) == (
        "Zoe Cable can't be given incidents; choose somebody else."
    )
    services.triage.assign(people.handler, 1, None, Assignee(people.lead.id, "S. Lead"))
    assert services.triage.undo(people.handler, 1).assigned_to == ""


def test_no_two_hang_on_each_other_nor_below_one_that_hangs(
    database: Database, services: Services, people: People
) -> None:
    log(services, people, 1)
    one_level = "A major incident can't hang on another one, nor one that hangs on others."
    for other, above in ((2, 1), (2, 3), (3, 1)):
        services.triage.link(people.handler, 1, None, 2)
        services.triage.link(people.handler, 1, None, None)
        services.triage.link(people.lead, other, None, above)
        assert not_undone(database, services, people) == one_level
        services.triage.undo(people.lead, other)
    assert services.triage.undo(people.handler, 1).parent == 2


def test_an_account_that_may_decide_no_more_takes_nothing_back(
    database: Database, services: Services, people: People
) -> None:
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    refused(NotAllowed, database, lambda: services.triage.undo(people.head, 1))
    services.accounts.disable("handler")
    refused(NotAllowed, database, lambda: services.triage.undo(people.handler, 1))


def test_what_was_not_sent_is_dropped_and_of_what_was_sent_the_school_is_told(
    services: Services,
    people: People,
    queued: New,
    clock: SetClock,
    delivery: Delivery,
    receiver: Receiver,
) -> None:
    """Rule 28; what was said stays said, and only the mail of the decision itself goes."""
    services.conversation.comment(people.handler, 1, "We are on it.", "key")
    services.triage.set_state(people.handler, 1, None, RESOLVED)
    services.triage.undo(people.handler, 1, REASON)
    kinds = [each.kind for each in services.outbox.unsent(failed=False)]
    assert kinds == [NotificationKind.COMMENT, NotificationKind.LOGGED, NotificationKind.LOGGED]
    said = [comment.body for comment in services.queue.open(people.head, 1).comments]
    assert said == ["We are on it.", RESOLVED.resolution]
    services.triage.set_state(people.handler, 1, None, RESOLVED)
    assert send_all(delivery) == 4
    queued()
    clock.forward(minutes=1)
    services.triage.undo(people.handler, 1, REASON)
    (one,) = queued()
    assert (one.kind, one.recipient, one.details) == (
        NotificationKind.TAKEN_BACK, HEAD, {"state": "new"},
    )  # fmt: skip
    assert send_all(delivery) == 1
    letter = receiver.received[-1].message
    assert letter["Subject"] == "INC0000001: taken back, now New"
    assert REASON not in letter.get_content()


def test_one_that_is_on_its_way_counts_as_told_and_is_not_tried_again(
    services: Services,
    people: People,
    queued: New,
    clock: SetClock,
    delivery: Delivery,
    receiver: Receiver,
) -> None:
    send_all(delivery)
    services.triage.set_state(people.handler, 1, None, ASKED)

    def undo() -> None:
        services.triage.undo(people.handler, 1)

    receiver.taken = undo
    receiver.answers = {"DATA": "451 4.3.0 Try later"}
    assert delivery.send_next() is not None
    (mail,) = services.outbox.unsent(failed=False)
    assert mail.kind is NotificationKind.TAKEN_BACK


def test_of_a_confidential_one_nothing_is_told(
    services: Services, people: People, queued: New, delivery: Delivery
) -> None:
    """Rule 24: told, then hidden, and both taken back into hiding."""
    services.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
    services.triage.set_confidential(people.handler, 1, None, False, "Nobody is.")
    services.triage.undo(people.handler, 1, "A pupil is named after all.")
    services.triage.set_state(people.handler, 1, None, ASKED)
    queued()
    services.triage.undo(people.handler, 1)
    assert told(queued) == []
    assert send_all(delivery) == 1  # that the other incident is logged


def test_a_decision_of_an_earlier_version_is_found_by_its_moment(
    services: Services, people: People, queued: New, database: Database
) -> None:
    """Its event does not name the e-mail."""
    services.triage.set_state(people.handler, 1, None, ASKED)
    with database.engine.begin() as connection:
        id_, details = connection.execute(
            select(events.c.id, events.c.details).order_by(events.c.id.desc()).limit(1)
        ).one()
        del details["message_id"]
        connection.execute(update(events).where(events.c.id == id_).values(details=details))
    services.triage.undo(people.handler, 1)
    kinds = {each.kind for each in services.outbox.unsent(failed=False)}
    assert kinds == {NotificationKind.LOGGED}


def test_warnings_of_the_due_date_that_was_taken_back_do_not_count(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 21: 4 hours and then 9, warned of the 4; and of the 9 not warned a second time."""
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    clock.forward(hours=5)
    services.housekeeping.run()
    assert found(database, 1, clock()).fields.warned == 2
    services.triage.undo(people.handler, 1)
    assert found(database, 1, clock()).fields.warned == 0
    services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    services.housekeeping.run()
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    services.triage.undo(people.handler, 1)
    stored = found(database, 1, clock()).fields
    assert (stored.priority, stored.warned) == (Priority.CRITICAL, 2)


def test_the_due_date_is_that_of_the_targets_in_force(
    database: Database, services: Services, people: People
) -> None:
    services.triage.set_priority(people.handler, 1, None, Priority.HIGH)
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    targets = {**EXAMPLE.targets, Priority.HIGH: Target(minutes=60)}
    services.service_levels.change(people.lead, replace(EXAMPLE, targets=targets))
    services.triage.undo(people.handler, 1)
    due = found(database, 1, START).fields.sla_due
    assert due == START + timedelta(minutes=60)


def test_a_reason_is_asked_for_by_what_it_does(
    database: Database, services: Services, people: People
) -> None:
    number, me = 1, people.handler
    decisions: tuple[tuple[str, Callable[[], object]], ...] = (
        (
            "Why is it reopened?",
            lambda: services.triage.set_state(me, number, None, RESOLVED),
        ),
        (
            "Show it to the school: why?",
            lambda: services.triage.set_confidential(me, number, None, True, "A pupil is named."),
        ),
        (
            "Hide it: why?",
            lambda: services.triage.set_confidential(me, number, None, False, "Nobody is."),
        ),
    )
    for question, decide in decisions:
        decide()
        with pytest.raises(ReasonNeeded) as error:
            services.triage.undo(me, number)
        assert (error.value.question, error.value.row.number) == (question, number)
        assert error.value.message == f"{question} A reason is needed."
