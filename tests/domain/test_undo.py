"""What taking a decision back needs, and what is refused, state by state (rules 15 to 19, 25)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from eds_tui.domain.decision import Aspect, Decision
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.lifecycle import MOVES, State
from eds_tui.domain.triage_fields import TriageFields, difference
from eds_tui.domain.undo import HIDES, REOPENS, SHOWS, Undo
from tests.cases import each_case
from tests.domain.triage_examples import FULL
from tests.factories import START

NOW = START + timedelta(hours=1)
AHEAD = NOW + timedelta(minutes=1)


def fields(state: State) -> TriageFields:
    """Return the fields of an incident in a state, with an end ahead where the state has one."""
    return replace(
        FULL,
        state=state,
        deferred_until=AHEAD if state is State.ON_HOLD_DEFERRAL else None,
        closes_at=AHEAD if state is State.RESOLVED else None,
    )


def refusal(undo: Undo, *, answered: bool = False) -> dict[str, str]:
    """Return what is wrong with taking a decision back, or nothing."""
    try:
        undo.check(NOW, answered=answered)
    except InvalidInput as error:
        return dict(error.problems)
    return {}


def moves() -> Iterator[tuple[State, State]]:
    """Return every two states, as an incident is and as it would be again."""
    return ((now, again) for now in State for again in State if now is not again)


@each_case("now, again", list(moves()))
@each_case("answered", [False, True])
def test_a_state_is_taken_back_where_the_table_of_moves_came_from(
    now: State, again: State, answered: bool
) -> None:
    problems = refusal(Undo(before=fields(now), after=fields(again)), answered=answered)
    if now not in MOVES[again]:
        assert list(problems) == ["state"]
    elif again is State.ON_HOLD_CUSTOMER and answered:
        assert problems == {"question": "The school has written since; ask it again instead."}
    else:
        assert problems == {}


def test_what_would_be_over_at_once_is_not_taken_back() -> None:
    """Rules 16 and 18: to the moment."""
    resolved, deferred = fields(State.RESOLVED), fields(State.ON_HOLD_DEFERRAL)
    now = fields(State.IN_PROGRESS)
    over = Undo(before=now, after=replace(resolved, closes_at=NOW))
    assert refusal(over)["state"].startswith("It was resolved more than 24 hours ago")
    assert list(refusal(Undo(before=now, after=replace(deferred, deferred_until=NOW)))) == ["until"]


@pytest.mark.parametrize("change", [{"priority": 4}, {"assigned_to_id": 8}, {"parent_id": 9}])
def test_of_a_closed_incident_only_who_may_see_it_is_taken_back(change: dict[str, Any]) -> None:
    closed = fields(State.CLOSED)
    assert list(refusal(Undo(before=closed, after=replace(closed, **change)))) == ["state"]
    assert refusal(Undo(before=closed, after=replace(closed, confidential=False))) == {}


@each_case(
    "before, after, question",
    [
        (fields(State.IN_PROGRESS), replace(fields(State.IN_PROGRESS), confidential=False), SHOWS),
        (replace(fields(State.IN_PROGRESS), confidential=False), fields(State.IN_PROGRESS), HIDES),
        (fields(State.RESOLVED), fields(State.IN_PROGRESS), REOPENS),
        (fields(State.RESOLVED), fields(State.ON_HOLD_CHANGE), REOPENS),
        (fields(State.IN_PROGRESS), fields(State.RESOLVED), ""),
        (fields(State.IN_PROGRESS), replace(fields(State.IN_PROGRESS), team="Field"), ""),
    ],
)
def test_hiding_showing_and_reopening_ask_for_a_reason(
    before: TriageFields, after: TriageFields, question: str
) -> None:
    assert Undo(before=before, after=after).question == question


@pytest.mark.parametrize(
    ("due", "warned"), [(None, 0), (AHEAD, 0), (NOW, 2), (NOW - timedelta(minutes=1), 2)]
)
def test_warnings_of_a_due_date_ahead_are_taken_back_with_it(
    due: datetime | None, warned: int
) -> None:
    """A date that was over when the decision set it was warned of before."""
    current = replace(FULL, sla_due=due, warned=2)
    made = difference(replace(current, sla_due=NOW + timedelta(days=1)), current)
    assert Undo.of(current, made, NOW).after.warned == warned


def test_a_decision_that_changes_nothing_is_refused_unless_it_says_something() -> None:
    same = fields(State.IN_PROGRESS)
    nothing = Decision(after=same, about=Aspect.STATE, already={"state": "It is so already."})
    with pytest.raises(InvalidInput) as refused:
        nothing.check(same)
    assert refused.value.problems == {"state": "It is so already."}
    replace(nothing, comment="We are on it.").check(same)
    nothing.check(replace(same, team="Field"))
