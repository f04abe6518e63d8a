"""An account that is disabled or changed can do nothing more in the sessions from before."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import fields

import pytest
from sqlalchemy import event as listening

from eds_tui.domain.account import Account, Role
from eds_tui.domain.errors import ShutOut
from eds_tui.domain.presence import Writing
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee, StateChange
from eds_tui.domain.views import CannedReply, ListQuery, SavedView, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, log, new_form
from tests.services.triage_steps import ASKED, contents
from tests.ui.deciding import closed

NEW = "another fine password"
Call = Callable[[Services, Account], object]
CALLS: dict[str, Call] = {
    "attachments.fetch": lambda desk, who: desk.attachments.fetch(who, 1, "a", list),
    "conversation.comment": lambda desk, who: desk.conversation.comment(who, 2, "Hi", "key"),
    "conversation.rate": lambda desk, who: desk.conversation.rate(who, 1, 5, ""),
    "conversation.work_note": lambda desk, who: desk.conversation.work_note(who, 2, "Hi", "key"),
    "drafts.take": lambda desk, who: desk.drafts.take(who, "call:1"),
    "drafts.left": lambda desk, who: desk.drafts.left(who, "comment:INC0000001"),
    "drafts.under": lambda desk, who: desk.drafts.under(who, "call"),
    "feed.since": lambda desk, who: desk.feed.since(who, None),
    "history.of_incident": lambda desk, who: desk.history.of_incident(who, 1),
    "history.watched": lambda desk, who: desk.history.watched(who),
    "history.why_due": lambda desk, who: desk.history.why_due(who, 1),
    "kept.drop_reply": lambda desk, who: desk.kept.drop_reply(who, "Title"),
    "kept.drop_view": lambda desk, who: desk.kept.drop_view(who, 1),
    "kept.replies": lambda desk, who: desk.kept.replies(who),
    "kept.save_reply": lambda desk, who: desk.kept.save_reply(who, CannedReply("Title", "Text")),
    "kept.save_view": lambda desk, who: desk.kept.save_view(who, SavedView(1, "Name", "print")),
    "kept.views": lambda desk, who: desk.kept.views(who),
    "outbox.remarks": lambda desk, who: desk.outbox.remarks(who),
    "outbox.retry": lambda desk, who: desk.outbox.retry(who, None),
    "outbox.state": lambda desk, who: desk.outbox.state(who),
    "presence.others": lambda desk, who: desk.presence.others(who, "session", 2),
    "presence.say": lambda desk, who: desk.presence.say(who, "session", Writing(2)),
    "queue.counts": lambda desk, who: desk.queue.counts(who),
    "queue.latest_closed": lambda desk, who: desk.queue.latest_closed(who),
    "queue.open": lambda desk, who: desk.queue.open(who, 1),
    "queue.page": lambda desk, who: desk.queue.page(who, ListQuery(View.OPEN), Window()),
    "report.log": lambda desk, who: desk.report.log(who, new_form(school_id=1, caller="Jo")),
    "schools.card": lambda desk, who: desk.schools.card(who, 1),
    "schools.find": lambda desk, who: desk.schools.find(who, "test"),
    "schools.own": lambda desk, who: desk.schools.own(who),
    "search.elsewhere": lambda desk, who: desk.search.elsewhere(who, "No internet", 1),
    "search.find": lambda desk, who: desk.search.find(who, "print", Window()),
    "service_levels.change": lambda desk, who: desk.service_levels.change(
        who, desk.service_levels.current()
    ),
    "triage.assign": lambda desk, who: desk.triage.assign(who, 2, None, Assignee(team="N")),
    "triage.assignees": lambda desk, who: desk.triage.assignees(who),
    "triage.below": lambda desk, who: desk.triage.below(who, 1),
    "triage.close_as_duplicate": lambda desk, who: desk.triage.close_as_duplicate(who, 2, None, 3),
    "triage.link": lambda desk, who: desk.triage.link(who, 2, None, 3),
    "triage.set_confidential": lambda desk, who: desk.triage.set_confidential(
        who, 2, None, True, "Because."
    ),
    "triage.set_priority": lambda desk, who: desk.triage.set_priority(who, 2, None, Priority.LOW),
    "triage.set_state": lambda desk, who: desk.triage.set_state(who, 2, None, ASKED),
    "triage.undo": lambda desk, who: desk.triage.undo(who, 2),
}
"""Every call that is made for somebody."""

OF_A_SCHOOL = {"conversation.rate", "schools.own"}
KEPT_ALL_THE_SAME = {
    f"drafts.{name}"
    for name in ("save", "drop", "keep_here", "forget_here", "renew", "end_session")
}


def test_no_call_that_is_made_for_somebody_is_forgotten(desk: Services) -> None:
    found = {
        f"{service.name}.{name}"
        for service in fields(Services)
        for name, method in inspect.getmembers(getattr(desk, service.name), inspect.ismethod)
        if not name.startswith("_") and "actor" in inspect.signature(method).parameters
    }
    assert found - KEPT_ALL_THE_SAME == set(CALLS)


@pytest.mark.parametrize("name", list(CALLS))
def test_a_call_for_a_disabled_account_is_refused_and_does_nothing(
    database: Database, desk: Services, people: People, clock: SetClock, name: str
) -> None:
    """The account that it was signed in with says nothing of it."""
    closed(desk, people, clock)
    log(desk, people, 2)
    desk.triage.set_state(people.lead, 2, None, StateChange(ASKED.state, question="Which one?"))
    who = people.head if name in OF_A_SCHOOL else people.lead
    desk.accounts.disable(who.login)
    before = contents(database)
    with pytest.raises(ShutOut, match=r"^This account has been disabled\."):
        CALLS[name](desk, who)
    assert contents(database) == before


Change = Callable[[Services, People], object]
ENDS: dict[str, Change] = {
    "has a new password": lambda desk, who: desk.accounts.set_password("lead", NEW),
    "has another role": lambda desk, who: desk.accounts.set_role("lead", Role.HANDLER),
    "belongs to another school": lambda desk, who: desk.accounts.set_school(
        "00000EDU", who.other_school.id
    ),
}
"""What ends the sessions of an account, by what is said of it."""


@pytest.mark.parametrize("words", list(ENDS))
def test_every_call_sees_the_account_as_it_is_now(
    database: Database, desk: Services, people: People, clock: SetClock, words: str
) -> None:
    """Rule 36 holds for those that are left: a draft is kept."""
    closed(desk, people, clock)
    who = people.head if "school" in words else people.lead
    ENDS[words](desk, people)
    before = contents(database)
    for name in OF_A_SCHOOL if who is people.head else set(CALLS) - OF_A_SCHOOL:
        with pytest.raises(ShutOut, match=f"^This account {words}.*what you typed is kept"):
            CALLS[name](desk, who)
    assert contents(database) == before
    desk.drafts.save(who, "call:1", {"description": "Printer"})
    again = desk.accounts.by_login(who.login)
    # What was typed for one school is not offered for another.
    offered = None if "school" in words else {"description": "Printer"}
    assert desk.drafts.take(again, "call:1") == offered


def test_a_team_is_taken_in_by_the_next_call(desk: Services, people: People) -> None:
    """The team's list, and an incident that is taken, in one statement more than none."""
    log(desk, people, 2)
    desk.triage.assign(people.lead, 1, None, Assignee(team="Networks"))
    assert desk.queue.counts(people.handler)[View.TEAM] == 0
    desk.accounts.set_team("handler", "Networks")
    assert desk.queue.counts(people.handler)[View.TEAM] == 1
    (row,) = desk.queue.page(people.handler, ListQuery(View.TEAM), Window()).rows
    assert row.number == 1
    mine = Assignee(people.handler.id, people.handler.name, people.handler.team)
    assert desk.triage.assign(people.handler, 2, None, mine).team == "Networks"


def test_looking_at_the_account_is_one_statement(
    database: Database, desk: Services, people: People
) -> None:
    statements: list[str] = []

    def sees(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    listening.listen(database.engine, "before_cursor_execute", sees)
    try:
        desk.kept.replies(people.handler)
    finally:
        listening.remove(database.engine, "before_cursor_execute", sees)
    assert [statement.count("FROM accounts") for statement in statements] == [1, 0]


def test_what_a_disabled_account_was_typing_is_kept_for_when_it_is_let_in_again(
    desk: Services, people: People
) -> None:
    """Rule 36."""
    desk.accounts.disable("handler")
    desk.drafts.save(people.handler, "call:1", {"description": "Printer"})
    desk.accounts.enable("handler")
    assert desk.drafts.take(people.handler, "call:1") == {"description": "Printer"}
