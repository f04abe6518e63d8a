"""Who may decide and look back: the service centre, and no school (rules 24 and 27)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from eds_tui.desk import Desk
from eds_tui.domain.account import Account
from eds_tui.domain.errors import NotAllowed
from eds_tui.repository.unit_of_work import Database
from tests.factories import People, new_form
from tests.services.triage_steps import DECISIONS, contents

NEVER_GIVEN_OUT = 987_654


@pytest.fixture(autouse=True)
def _two_incidents(desk: Desk, people: People) -> None:
    """Incidents 1 and 2 of the head's."""
    desk.report.log(people.head, new_form())
    desk.report.log(people.head, new_form())


def refused(database: Database, ask: Callable[[], object]) -> str:
    """Return what a question is refused with; nothing at all may have changed."""
    before = contents(database)
    with pytest.raises(NotAllowed) as error:
        ask()
    assert contents(database) == before
    return error.value.message


@pytest.mark.parametrize("name", list(DECISIONS))
def test_a_school_account_decides_nothing(
    database: Database, desk: Desk, people: People, name: str
) -> None:
    """Rule 24: whatever it asks for, and on whatever number, the answer is the same."""
    for actor in (people.head, people.bursar, people.neighbour):
        answers = {
            refused(database, partial(DECISIONS[name], desk, actor, number, None))
            for number in (1, NEVER_GIVEN_OUT)
        }
        assert answers == {"Your account may not do this."}


ASKING: dict[str, Callable[[Desk, Account], object]] = {
    "undo": lambda desk, actor: desk.triage.undo(actor, 1),
    "assignees": lambda desk, actor: desk.triage.assignees(actor),
    "below": lambda desk, actor: desk.triage.below(actor, 1),
    "work note": lambda desk, actor: desk.conversation.work_note(actor, 1, "Words.", "key"),
    "history": lambda desk, actor: desk.history.of_incident(actor, 1),
    "watched": lambda desk, actor: desk.history.watched(actor),
    "why due": lambda desk, actor: desk.history.why_due(actor, 1),
    "replies": lambda desk, actor: desk.kept.replies(actor),
    "views": lambda desk, actor: desk.kept.views(actor),
}


@pytest.mark.parametrize("name", list(ASKING))
def test_a_school_account_or_a_disabled_one_asks_for_none_of_it(
    database: Database, desk: Desk, people: People, name: str
) -> None:
    for actor in (people.head, replace(people.handler, disabled=True)):
        refused(database, partial(ASKING[name], desk, actor))
