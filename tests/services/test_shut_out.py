"""An account that is disabled or changed can do nothing more in the sessions from before."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import fields

import pytest
from sqlalchemy import event as listening

from eds_tui.domain.account import Account, Role
from eds_tui.domain.correction import Correction
from eds_tui.domain.errors import ShutOut
from eds_tui.domain.hand_over import HandOver
from eds_tui.domain.presence import Writing
from eds_tui.domain.priority import Category, Priority
from eds_tui.domain.saved_view import SavedView
from eds_tui.domain.school_change import SchoolChange
from eds_tui.domain.triage import Assignee, StateChange
from eds_tui.domain.unread import News
from eds_tui.domain.views import CannedReply, ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock, log, new_form
from tests.services.triage_steps import ASKED, contents
from tests.ui.deciding import closed

NEW = "another fine password"
Call = Callable[[Services, Account], object]
NEWS = News(event_id=1, comment_id=0, first=None, since=START)

CALLS: dict[str, Call] = {
    "attachments.fetch": lambda services, who: services.attachments.fetch(who, 1, "a", list),
    "conversation.comment": lambda services, who: services.conversation.comment(
        who, 2, "Hi", "key"
    ),
    "conversation.rate": lambda services, who: services.conversation.rate(who, 1, 5, ""),
    "conversation.work_note": lambda services, who: services.conversation.work_note(
        who, 2, "Hi", "key"
    ),
    "corrections.correct": lambda services, who: services.corrections.correct(
        who, 2, None, Correction(category=Category.DATA)
    ),
    "drafts.take": lambda services, who: services.drafts.take(who, "call:1"),
    "drafts.left": lambda services, who: services.drafts.left(who, "comment:INC0000001"),
    "drafts.under": lambda services, who: services.drafts.under(who, "call"),
    "feed.since": lambda services, who: services.feed.since(who, None),
    "feedback.latest": lambda services, who: services.feedback.latest(who, None, 5),
    "accounts.keep_bell": lambda services, who: services.accounts.keep_bell(who, on=True),
    "callers.about": lambda services, who: services.callers.about(who, 2),
    "callers.chase": lambda services, who: services.callers.chase(who, 2, "Mrs Testing"),
    "callers.chased": lambda services, who: services.callers.chased(who),
    "callers.forget": lambda services, who: services.callers.forget(who, 1),
    "callers.of_school": lambda services, who: services.callers.of_school(who, 1),
    "preferences.choose_theme": lambda services, who: services.preferences.choose_theme(
        who, "eds-light"
    ),
    "queue.read": lambda services, who: services.queue.read(who, 2, NEWS),
    "hand_overs.give": lambda services, who: services.hand_overs.give(
        who, 2, None, HandOver(submission="key", source=Assignee(), target=Assignee(team="N"))
    ),
    "hand_overs.give_all": lambda services, who: services.hand_overs.give_all(
        who, (), HandOver(submission="key", source=Assignee(), target=Assignee(team="N"))
    ),
    "hand_overs.mark_read": lambda services, who: services.hand_overs.mark_read(who, ()),
    "hand_overs.notes": lambda services, who: services.hand_overs.notes(who),
    "hand_overs.pile": lambda services, who: services.hand_overs.pile(who, Assignee()),
    "hand_overs.piles": lambda services, who: services.hand_overs.piles(who),
    "hand_overs.unread": lambda services, who: services.hand_overs.unread(who),
    "history.administration": lambda services, who: services.history.administration(who),
    "history.of_incident": lambda services, who: services.history.of_incident(who, 1),
    "history.watched": lambda services, who: services.history.watched(who),
    "history.why_due": lambda services, who: services.history.why_due(who, 1),
    "canned_replies.drop": lambda services, who: services.canned_replies.drop(who, "Title"),
    "saved_views.drop": lambda services, who: services.saved_views.drop(who, 1),
    "canned_replies.all": lambda services, who: services.canned_replies.all(who),
    "canned_replies.save": lambda services, who: services.canned_replies.save(
        who, CannedReply("Title", "Text")
    ),
    "canned_replies.own": lambda services, who: services.canned_replies.own(who),
    "canned_replies.save_own": lambda services, who: services.canned_replies.save_own(
        who, CannedReply("Title", "Text")
    ),
    "canned_replies.drop_own": lambda services, who: services.canned_replies.drop_own(who, "Title"),
    "attachments.take_back": lambda services, who: services.attachments.take_back(
        who, 1, 1, "Because."
    ),
    "saved_views.save": lambda services, who: services.saved_views.save(
        who, SavedView(1, "Name", "print")
    ),
    "saved_views.keep": lambda services, who: services.saved_views.keep(who, "Name", "print"),
    "saved_views.move": lambda services, who: services.saved_views.move(who, 1, 2),
    "saved_views.rename": lambda services, who: services.saved_views.rename(who, 1, "Name"),
    "saved_views.under": lambda services, who: services.saved_views.under(who, 1),
    "saved_views.of": lambda services, who: services.saved_views.of(who),
    "outbox.remarks": lambda services, who: services.outbox.remarks(who),
    "outbox.retry": lambda services, who: services.outbox.retry(who, None),
    "outbox.state": lambda services, who: services.outbox.state(who),
    "presence.others": lambda services, who: services.presence.others(who, "session", 2),
    "presence.say": lambda services, who: services.presence.say(who, "session", Writing(2)),
    "queue.counts": lambda services, who: services.queue.counts(who),
    "queue.glance": lambda services, who: services.queue.glance(who, 1),
    "queue.latest_closed": lambda services, who: services.queue.latest_closed(who),
    "queue.open": lambda services, who: services.queue.open(who, 1),
    "queue.page": lambda services, who: services.queue.page(who, ListQuery(View.OPEN), Window()),
    "report.log": lambda services, who: services.report.log(
        who, new_form(school_id=1, caller="Jo")
    ),
    "report.why_not": lambda services, who: services.report.why_not(who),
    "schools.by_id": lambda services, who: services.schools.by_id(who, 1),
    "schools.card": lambda services, who: services.schools.card(who, 1),
    "schools.change": lambda services, who: services.schools.change(
        who, 1, SchoolChange(town="Town")
    ),
    "schools.find": lambda services, who: services.schools.find(who, "test"),
    "schools.own": lambda services, who: services.schools.own(who),
    "search.elsewhere": lambda services, who: services.search.elsewhere(who, "No internet", 1),
    "search.find": lambda services, who: services.search.find(who, "print", Window()),
    "service_levels.change": lambda services, who: services.service_levels.change(
        who, services.service_levels.current()
    ),
    "triage.assign": lambda services, who: services.triage.assign(who, 2, None, Assignee(team="N")),
    "triage.assignees": lambda services, who: services.triage.assignees(who),
    "triage.below": lambda services, who: services.triage.below(who, 1),
    "triage.close_as_duplicate": lambda services, who: services.triage.close_as_duplicate(
        who, 2, None, 3
    ),
    "triage.link": lambda services, who: services.triage.link(who, 2, None, 3),
    "triage.set_confidential": lambda services, who: services.triage.set_confidential(
        who, 2, None, True, "Because."
    ),
    "triage.set_priority": lambda services, who: services.triage.set_priority(
        who, 2, None, Priority.LOW
    ),
    "triage.set_state": lambda services, who: services.triage.set_state(who, 2, None, ASKED),
    "triage.undo": lambda services, who: services.triage.undo(who, 2),
}
"""Every call that is made for somebody."""

OF_A_SCHOOL = {"conversation.rate", "report.why_not", "schools.own"}
KEPT_ALL_THE_SAME = {
    f"drafts.{name}"
    for name in ("save", "drop", "keep_here", "forget_here", "renew", "end_session")
}
READS_NOTHING = {"search.understand"}
"""Calls that ask the database for nothing."""


def test_no_call_that_is_made_for_somebody_is_forgotten(services: Services) -> None:
    found = {
        f"{service.name}.{name}"
        for service in fields(Services)
        for name, method in inspect.getmembers(getattr(services, service.name), inspect.ismethod)
        if not name.startswith("_") and "actor" in inspect.signature(method).parameters
    }
    assert found - KEPT_ALL_THE_SAME - READS_NOTHING == set(CALLS)


@pytest.mark.parametrize("name", list(CALLS))
def test_a_call_for_a_disabled_account_is_refused_and_does_nothing(
    database: Database, services: Services, people: People, clock: SetClock, name: str
) -> None:
    """The account that it was signed in with says nothing of it."""
    closed(services, people, clock)
    log(services, people, 2)
    services.triage.set_state(people.lead, 2, None, StateChange(ASKED.state, question="Which one?"))
    who = people.head if name in OF_A_SCHOOL else people.lead
    services.accounts.disable(who.login)
    before = contents(database)
    with pytest.raises(ShutOut, match=r"^This account has been disabled\."):
        CALLS[name](services, who)
    assert contents(database) == before


Change = Callable[[Services, People], object]
ENDS: dict[str, Change] = {
    "has a new password": lambda services, who: services.accounts.set_password("lead", NEW),
    "has another role": lambda services, who: services.accounts.set_role("lead", Role.HANDLER),
    "belongs to another school": lambda services, who: services.accounts.set_school(
        "00000EDU", who.other_school.id
    ),
}
"""What ends the sessions of an account, by what is said of it."""


@pytest.mark.parametrize("words", list(ENDS))
def test_every_call_sees_the_account_as_it_is_now(
    database: Database, services: Services, people: People, clock: SetClock, words: str
) -> None:
    """Rule 36 holds for those that are left: a draft is kept."""
    closed(services, people, clock)
    who = people.head if "school" in words else people.lead
    ENDS[words](services, people)
    before = contents(database)
    for name in OF_A_SCHOOL if who is people.head else set(CALLS) - OF_A_SCHOOL:
        with pytest.raises(ShutOut, match=f"^This account {words}.*what you typed is kept"):
            CALLS[name](services, who)
    assert contents(database) == before
    services.drafts.save(who, "call:1", {"description": "Printer"})
    again = services.accounts.by_login(who.login)
    # What was typed for one school is not offered for another.
    offered = None if "school" in words else {"description": "Printer"}
    assert services.drafts.take(again, "call:1") == offered


def test_a_team_is_taken_in_by_the_next_call(services: Services, people: People) -> None:
    """The team's list, and an incident that is taken, in one statement more than none."""
    log(services, people, 2)
    services.triage.assign(people.lead, 1, None, Assignee(team="Networks"))
    assert services.queue.counts(people.handler)[View.TEAM] == 0
    services.accounts.set_team("handler", "Networks")
    assert services.queue.counts(people.handler)[View.TEAM] == 1
    (row,) = services.queue.page(people.handler, ListQuery(View.TEAM), Window()).rows
    assert row.number == 1
    mine = Assignee(people.handler.id, people.handler.name, people.handler.team)
    assert services.triage.assign(people.handler, 2, None, mine).team == "Networks"


def test_looking_at_the_account_is_one_statement(
    database: Database, services: Services, people: People
) -> None:
    statements: list[str] = []

    def sees(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    listening.listen(database.engine, "before_cursor_execute", sees)
    try:
        services.canned_replies.all(people.handler)
    finally:
        listening.remove(database.engine, "before_cursor_execute", sees)
    assert [statement.count("FROM accounts") for statement in statements] == [1, 0]


def test_what_a_disabled_account_was_typing_is_kept_for_when_it_is_let_in_again(
    services: Services, people: People
) -> None:
    """Rule 36."""
    services.accounts.disable("handler")
    services.drafts.save(people.handler, "call:1", {"description": "Printer"})
    services.accounts.enable("handler")
    assert services.drafts.take(people.handler, "call:1") == {"description": "Printer"}
