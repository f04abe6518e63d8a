"""Decisions as pure functions: what they come to, and the effects that they return (rule 37)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from eds_tui.domain.account import Account, Role
from eds_tui.domain.decision import Aspect, Decision
from eds_tui.domain.decision_checks import check_not_so_already
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.found import Found
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import TRIAGE, State
from eds_tui.domain.notification import DecisionMail, NotificationKind
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.triage import Assignee, ResolutionCode, StateChange
from eds_tui.domain.triage_decisions import (
    Decide,
    assign,
    change_state,
    close_as_duplicate,
    give_priority,
    hang,
    hide_or_show,
)
from eds_tui.domain.triage_fields import TriageFields, difference
from eds_tui.domain.undo import Undo, UndoFacts, take_back
from eds_tui.domain.views import IncidentRow
from tests.factories import START

NOW = START + timedelta(minutes=10)


def incident(row_id: int, fields: TriageFields) -> Found:
    """Return an incident with some triage fields, whose number is its row id."""
    row = IncidentRow(
        number=row_id, school_id=1, school="Test School, Test Town", details="It prints nothing.",
        contact_name="A. Head", contact_telephone="028 9000 0000", contact_email="",
        logged_by="A. Handler", channel=Channel.PHONE, category=Category.HARDWARE,
        impact=Impact.SINGLE_USER, confidential=fields.confidential, state=fields.state,
        priority=fields.priority, sla_due=None, opened_at=START, closes_at=None,
    )  # fmt: skip
    return Found(row_id, row, "It prints nothing.", fields, "A. Handler")


WORKED_ON = TriageFields(State.IN_PROGRESS, Priority.LOW)
ASKED = TriageFields(State.ON_HOLD_CUSTOMER, Priority.LOW)
HANDLER = Account(id=7, login="handler", name="A. Handler", role=Role.HANDLER, team="Networks")
HIDDEN = TriageFields(State.IN_PROGRESS, Priority.LOW, confidential=True)


@pytest.mark.parametrize("hide", [True, False])
def test_hiding_returns_that_unsent_e_mails_are_dropped_and_showing_does_not(hide: bool) -> None:
    found = incident(1, WORKED_ON if hide else HIDDEN)
    decision = hide_or_show(found, NOW, confidential=hide, reason="A pupil is named.")
    assert (decision.drop_unsent, decision.notify, decision.comment) == (hide, None, "")


MAILS: dict[str, tuple[DecisionMail | None, bool, bool]] = {
    "none was queued": (None, False, False),
    "it waits": (DecisionMail(7, None, None), True, False),
    "its sender gave up": (DecisionMail(7, None, NOW), True, False),
    "it is being sent": (DecisionMail(7, None, NOW + timedelta(seconds=1)), True, True),
    "it was sent": (DecisionMail(7, START, NOW), False, True),
}
"""How the e-mail about the decision stands: whether it is dropped, whether the school is told."""


@pytest.mark.parametrize("name", list(MAILS))
def test_taking_back_drops_an_e_mail_that_is_not_sent_and_follows_one_that_is(name: str) -> None:
    mail, is_dropped, is_told = MAILS[name]
    undo = Undo.of(ASKED, difference(WORKED_ON, ASKED), START)
    facts = UndoFacts(answered=False, person=None, above=None, mail=mail)
    decision = take_back(incident(1, ASKED), NOW, undo=undo, facts=facts, reason="")
    assert decision.drop_mail == (7 if is_dropped else None)
    assert decision.notify is (NotificationKind.TAKEN_BACK if is_told else None)
    assert (decision.after, decision.drop_unsent) == (WORKED_ON, False)


def test_taking_back_that_hides_again_drops_all_that_is_unsent() -> None:
    undo = Undo.of(WORKED_ON, difference(HIDDEN, WORKED_ON), START)
    facts = UndoFacts(answered=False, person=None, above=None, mail=None)
    decision = take_back(incident(1, WORKED_ON), NOW, undo=undo, facts=facts, reason="By mistake.")
    assert (decision.after, decision.drop_unsent) == (HIDDEN, True)


MAJOR = incident(2, WORKED_ON)
HANGING = incident(3, TriageFields(State.IN_PROGRESS, Priority.LOW, parent_id=2))
CLOSED = incident(4, TriageFields(State.CLOSED, Priority.LOW))
REFUSED: dict[str, tuple[Decide, str]] = {
    "no such incident": (
        partial(hang, parent=2, other=None, has_children=False),
        "There is no incident INC0000002.",
    ),
    "itself": (
        partial(hang, parent=1, other=incident(1, WORKED_ON), has_children=False),
        "An incident can't hang on itself.",
    ),
    "a second level above": (
        partial(hang, parent=3, other=HANGING, has_children=False),
        "A major incident can't hang on another one, nor one that hangs on others.",
    ),
    "a second level below": (
        partial(hang, parent=2, other=MAJOR, has_children=True),
        "A major incident can't hang on another one, nor one that hangs on others.",
    ),
    "a closed original": (
        partial(close_as_duplicate, original=4, other=CLOSED),
        "INC0000004 is closed; name one that is still open.",
    ),
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_what_points_where_nothing_can_is_refused(name: str) -> None:
    decide, sentence = REFUSED[name]
    with pytest.raises(InvalidInput) as error:
        decide(incident(1, WORKED_ON), NOW)
    assert error.value.message == sentence


CHANGES: dict[str, tuple[StateChange, TriageFields, Decision]] = {
    "asked": (
        StateChange(State.ON_HOLD_CUSTOMER, question="Which one?"),
        WORKED_ON,
        Decision(
            after=WORKED_ON.moved(State.ON_HOLD_CUSTOMER, NOW),
            about=Aspect.STATE, comment="Which one?", notify=NotificationKind.STATE,
        ),
    ),
    "waiting": (
        StateChange(State.ON_HOLD_CHANGE, waiting_for="The upgrade"),
        WORKED_ON,
        Decision(
            after=replace(WORKED_ON.moved(State.ON_HOLD_CHANGE, NOW), waiting_for="The upgrade"),
            about=Aspect.STATE, notify=NotificationKind.STATE,
        ),
    ),
    "resolved": (
        StateChange(State.RESOLVED, code=ResolutionCode.FIXED, resolution="A new toner."),
        WORKED_ON,
        Decision(
            after=replace(
                WORKED_ON.moved(State.RESOLVED, NOW),
                resolution_code="fixed", late_when_resolved=False,
            ),
            about=Aspect.STATE, comment="A new toner.", notify=NotificationKind.RESOLVED,
            weighty=True,
        ),
    ),
    "reopened": (
        StateChange(State.IN_PROGRESS, reason="It stopped again."),
        WORKED_ON.moved(State.RESOLVED, START),
        Decision(
            after=WORKED_ON.moved(State.RESOLVED, START).moved(State.IN_PROGRESS, NOW),
            about=Aspect.STATE, notify=NotificationKind.STATE,
            details={"reason": "It stopped again."}, weighty=True,
        ),
    ),
}  # fmt: skip
"""A move, from where, and all that it comes to (rules 15 to 19)."""


@pytest.mark.parametrize("name", list(CHANGES))
def test_what_a_move_comes_to(name: str) -> None:
    change, before, decision = CHANGES[name]
    assert change_state(incident(1, before), NOW, change=change, last_comment=None) == decision


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("priority", [Priority.NONE, Priority.LOW])
def test_a_priority_takes_an_incident_out_of_triage(state: State, priority: Priority) -> None:
    """Rule 20; the school is told of that, and of nothing else."""
    found = incident(1, TriageFields(state, Priority.HIGH))
    if state is State.CLOSED:
        with pytest.raises(InvalidInput):
            give_priority(found, NOW, priority=priority)
        return
    decision = give_priority(found, NOW, priority=priority)
    moves = state in TRIAGE and priority is Priority.LOW
    assert decision.after.state is (State.IN_PROGRESS if moves else state)
    assert decision.notify is (NotificationKind.STATE if moves else None)
    assert decision.after.priority is priority


@pytest.mark.parametrize(
    ("assignee", "kept"),
    [
        (Assignee(account_id=7, name="A. Handler"), (7, "A. Handler", "Networks")),
        (Assignee(team="Field"), (None, "", "Field")),
        (Assignee(), (None, "", "")),
    ],
)
def test_a_person_is_given_an_incident_with_their_team(
    assignee: Assignee, kept: tuple[int | None, str, str]
) -> None:
    decision = assign(incident(1, WORKED_ON), NOW, assignee=assignee, person=HANDLER)
    after = decision.after
    assert (after.assigned_to_id, after.assigned_to, after.team) == kept


@pytest.mark.parametrize(
    "person", [None, replace(HANDLER, disabled=True), replace(HANDLER, role=Role.SCHOOL)]
)
def test_nothing_is_given_to_who_can_not_triage_and_nothing_given_back_either(
    person: Account | None,
) -> None:
    assignee = Assignee(account_id=7, name="A. Handler")
    with pytest.raises(InvalidInput, match="Handler can't be given incidents"):
        assign(incident(1, WORKED_ON), NOW, assignee=assignee, person=person)
    given = replace(WORKED_ON, assigned_to_id=7, assigned_to="A. Handler", team="Networks")
    undo = Undo.of(WORKED_ON, difference(given, WORKED_ON), START)
    facts = UndoFacts(answered=False, person=person, above=None, mail=None)
    with pytest.raises(InvalidInput, match="Handler can't be given incidents"):
        take_back(incident(1, WORKED_ON), NOW, undo=undo, facts=facts, reason="")


@pytest.mark.parametrize("reason", ["", "By mistake."])
def test_the_history_keeps_the_reason_of_taking_back_where_there_is_one(reason: str) -> None:
    undo = Undo.of(ASKED, difference(WORKED_ON, ASKED), START)
    facts = UndoFacts(answered=False, person=None, above=None, mail=None)
    decision = take_back(incident(1, ASKED), NOW, undo=undo, facts=facts, reason=reason)
    assert decision.details == {"undone": True} | ({"reason": reason} if reason else {})
    assert not decision.weighty


def test_hiding_and_closing_as_a_duplicate_rest_on_all_that_was_seen() -> None:
    hidden = hide_or_show(incident(1, WORKED_ON), NOW, confidential=True, reason="A pupil.")
    closed = close_as_duplicate(incident(1, WORKED_ON), NOW, original=2, other=MAJOR)
    hung = hang(incident(1, WORKED_ON), NOW, parent=2, other=MAJOR, has_children=False)
    assert (hidden.weighty, closed.weighty, hung.weighty) == (True, True, False)
    drops = tuple(each.drop_unsent for each in (hidden, closed, hung))
    assert drops == (True, False, False)
    assert (closed.points_to, closed.after.duplicate_of_id, closed.after.resolution_code) == (
        2, 2, "duplicate",
    )  # fmt: skip
    assert (hung.after.parent_id, hung.details) == (2, {"parent": "INC0000002"})


def test_a_question_that_was_just_asked_is_refused_and_another_one_is_not() -> None:
    change = StateChange(State.ON_HOLD_CUSTOMER, question="Which printer is it?")
    check_not_so_already(incident(1, ASKED), change, "Is it plugged in?")
    check_not_so_already(incident(1, WORKED_ON), change, "Which printer is it?")
    with pytest.raises(InvalidInput):
        check_not_so_already(incident(1, ASKED), change, "Which printer is it?")
