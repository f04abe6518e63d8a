"""Putting right what was logged, as a pure decision, and what is said of it (rule 40)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from eds_tui.domain.correction import (
    GONE,
    NOTHING_CHANGED,
    SCHOOL_CLOSED,
    Correction,
    Destination,
    Telling,
    check_correction,
    put_right,
    told,
    who_is_told,
)
from eds_tui.domain.decision import Aspect, Decision, conflicts
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.found import Found
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State
from eds_tui.domain.notification import NotificationKind
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.triage_fields import TriageFields, difference
from eds_tui.domain.views import IncidentRow
from tests.cases import each_case
from tests.factories import START

NOW = START + timedelta(minutes=10)
LOGGED = TriageFields(
    State.IN_PROGRESS, Priority.LOW, category=Category.HARDWARE, impact=Impact.SITE, school_id=1,
    contact_name="Test Bursar", contact_telephone="01772 123456", description="No printer.",
    channel=Channel.SELF_SERVICE, logged_by="Test User",
)  # fmt: skip
ELSEWHERE = Destination(title="St Mary's, Garstang", closed=False)


def incident(fields: TriageFields = LOGGED) -> Found:
    """Return an incident with some fields."""
    row = IncidentRow(
        number=1, school_id=1, school="Test School, Test Town", details="No printer.",
        contact_name="Test Bursar", contact_telephone="01772 123456", contact_email="",
        logged_by="Test User", channel=Channel.SELF_SERVICE, category=Category.HARDWARE,
        impact=Impact.SITE, confidential=fields.confidential, state=fields.state,
        priority=fields.priority, sla_due=None, opened_at=START, closes_at=None,
    )  # fmt: skip
    return Found(1, row, "No printer.", fields, "A. Handler")


def made(
    correction: Correction,
    fields: TriageFields = LOGGED,
    destination: Destination | None = ELSEWHERE,
) -> Decision:
    """Return what a correction comes to."""
    return put_right(
        incident(fields), NOW, correction=correction, destination=destination, by="A. Handler"
    )


def test_only_what_is_put_right_changes_and_the_school_reads_from_and_to() -> None:
    decision = made(Correction(category=Category.NETWORK, telephone="", description="No network."))
    assert difference(LOGGED, decision.after) == {
        "category": [Category.HARDWARE, Category.NETWORK],
        "contact_telephone": ["01772 123456", ""],
        "description": ["No printer.", "No network."],
    }
    assert decision.comment == (
        "Put right by the service centre: category: Hardware → Network; telephone: 01772 123456 →"
        " none; the description, which now reads as above."
    )
    assert (decision.notify, decision.moves_school, decision.drop_unsent) == (None, False, False)


@pytest.mark.parametrize("state", sorted(set(State) - {State.CLOSED}))
def test_another_school_is_told_as_of_a_new_one_and_is_asked_nothing(state: State) -> None:
    """Rule 17: nobody there was asked what the hold waits for. Rule 29: it reported nothing."""
    fields = replace(LOGGED, state=State.IN_PROGRESS).moved(state, START)
    decision = made(Correction(school_id=2, category=Category.DATA), fields)
    asked = state is State.ON_HOLD_CUSTOMER
    assert decision.after.state is (State.IN_PROGRESS if asked else state)
    assert (decision.after.channel, decision.after.logged_by) == (Channel.PHONE, "A. Handler")
    assert (decision.notify, decision.comment) == (NotificationKind.LOGGED, "")
    assert decision.details == {"schools": ["Test School, Test Town", "St Mary's, Garstang"]}


def test_what_the_service_centre_logged_stays_logged_by_whoever_did() -> None:
    fields = replace(LOGGED, channel=Channel.PHONE, logged_by="S. Lead")
    assert made(Correction(school_id=2), fields).after.logged_by == "S. Lead"


REFUSED = {
    "closed": (Correction(impact=Impact.ENTERPRISE), ELSEWHERE, State.CLOSED, "It is closed."),
    "no such school": (Correction(school_id=9), None, State.NEW, GONE),
    "a closed school": (
        Correction(school_id=2), Destination(title="X", closed=True), State.NEW, SCHOOL_CLOSED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", list(REFUSED))
def test_what_can_not_be_put_right_is_refused_in_words(name: str) -> None:
    correction, destination, state, sentence = REFUSED[name]
    with pytest.raises(InvalidInput, match=sentence.split(":")[0]):
        made(correction, replace(LOGGED, state=state), destination)


def test_what_it_holds_already_is_no_correction() -> None:
    typed_anew = " ".join(LOGGED.description.split())
    correction = Correction(category=Category.HARDWARE, school_id=1, description=typed_anew)
    with pytest.raises(InvalidInput, match=NOTHING_CHANGED):
        made(correction, destination=None).check(LOGGED)


WRONG = {
    "caller": (Correction(caller=" "), "Give the caller's name."),
    "telephone": (Correction(telephone="1" * 201), "The telephone has 201 characters"),
    "email": (Correction(email="e" * 201), "The caller's address has 201 characters"),
    "description": (Correction(description="\n"), "Type the description."),
    "description too long": (
        Correction(description="d" * 100_000), "The description has 100,000 characters",
    ),
}  # fmt: skip


@each_case("name", list(WRONG))
def test_a_text_that_will_not_do_is_named_beside_its_field(name: str) -> None:
    correction, sentence = WRONG[name]
    with pytest.raises(InvalidInput, match=sentence) as error:
        check_correction(correction)
    assert list(error.value.problems) == [name.split()[0]]


def test_lines_are_kept_without_blanks_and_a_text_as_it_is() -> None:
    assert not Correction()
    correction = Correction(caller=" Jo ", telephone=" 1 ", email=" a@b.example ", description=" x")
    assert correction.as_stored() == Correction(
        caller="Jo", telephone="1", email="a@b.example", description=" x"
    )


ASPECTS: dict[Aspect, dict[str, Any]] = {
    Aspect.CATEGORY: {"category": Category.DATA},
    Aspect.IMPACT: {"impact": Impact.ENTERPRISE},
    Aspect.SCHOOL: {"school_id": 2},
    Aspect.CALLER: {"contact_name": "Jo"},
    Aspect.TELEPHONE: {"contact_telephone": "2"},
    Aspect.EMAIL: {"contact_email": "a@b.example"},
    Aspect.DESCRIPTION: {"description": "No network."},
    Aspect.PRIORITY: {"priority": Priority.HIGH},
    Aspect.CONFIDENTIAL: {"confidential": True},
}


@pytest.mark.parametrize("theirs", list(ASPECTS))
@pytest.mark.parametrize("mine", [each for each in ASPECTS if each is not Aspect.CONFIDENTIAL])
def test_rule_37_two_edits_conflict_field_by_field(mine: Aspect, theirs: Aspect) -> None:
    """What the school is told rests on which school that is, and whether it may know."""
    now = replace(LOGGED, **ASPECTS[theirs])
    comment = "" if mine in {Aspect.SCHOOL, Aspect.PRIORITY} else "Put right"
    decision = Decision(after=replace(LOGGED, **ASPECTS[mine]), about=mine, comment=comment)
    rests = mine is not Aspect.PRIORITY and theirs in {Aspect.SCHOOL, Aspect.CONFIDENTIAL}
    assert conflicts(LOGGED, now, decision) == (mine is theirs or rests)


def test_a_decision_that_puts_nothing_right_says_nothing_of_it() -> None:
    assert told(LOGGED, replace(LOGGED, priority=Priority.HIGH)) == ""


FORMER = "Test School, Test Town"
NOTHING_MORE = "is told nothing more; what was said and attached so far stays here."
TOLD = {
    "stays": (
        Telling(former=FORMER, confidential=False),
        "No e-mail; Test School, Test Town reads in it what was changed.",
    ),
    "moves": (
        Telling(former=FORMER, confidential=False, new="St Mary's", email="a@b.example"),
        f"St Mary's is told as of a new one, by e-mail to a@b.example. {FORMER} {NOTHING_MORE}",
    ),
    "moves to one without an address": (
        Telling(former="A", confidential=False, new="B"),
        f"B is told as of a new one, by no e-mail: it has no address. A {NOTHING_MORE}",
    ),
    "to a closed one": (
        Telling(former="A", confidential=False, new="B", closed=True), SCHOOL_CLOSED,
    ),
    "confidential": (
        Telling(former="A", confidential=True, new="B", email="b@b.example"),
        "Confidential: nobody is told anything, at no school.",
    ),
}  # fmt: skip


@each_case("name", list(TOLD))
def test_before_it_is_saved_it_says_who_is_told(name: str) -> None:
    telling, sentence = TOLD[name]
    assert who_is_told(telling) == sentence
