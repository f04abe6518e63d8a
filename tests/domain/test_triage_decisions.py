"""Decisions as pure functions: what they come to, and the effects that they return (rule 37)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from eds_tui.domain.decision_checks import check_not_so_already
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.found import Found
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State
from eds_tui.domain.notification import DecisionMail, NotificationKind
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.triage import StateChange
from eds_tui.domain.triage_decisions import Decide, close_as_duplicate, hang, hide_or_show
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


def test_a_question_that_was_just_asked_is_refused_and_another_one_is_not() -> None:
    change = StateChange(State.ON_HOLD_CUSTOMER, question="Which printer is it?")
    check_not_so_already(incident(1, ASKED), change, "Is it plugged in?")
    check_not_so_already(incident(1, WORKED_ON), change, "Which printer is it?")
    with pytest.raises(InvalidInput):
        check_not_so_already(incident(1, ASKED), change, "Which printer is it?")
