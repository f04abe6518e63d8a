"""What a move to another state must bring with it (rules 15 to 19)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.incident import LONGEST_COMMENT
from eds_tui.domain.lifecycle import MOVES, State
from eds_tui.domain.triage import (
    LONGEST_REASON,
    Assignee,
    ResolutionCode,
    StateChange,
    check_change,
)
from tests.cases import each_case
from tests.factories import START
from tests.services.triage_steps import ASKED, COMPLETE, DEFERRED, REOPENED, RESOLVED, WAITING

INSTANT = timedelta(microseconds=1)


def problems(change: StateChange, before: State = State.NEW) -> dict[str, str]:
    """Return what is said against a change, by field."""
    with pytest.raises(InvalidInput) as refused:
        check_change(change, before, START)
    return refused.value.problems


@each_case("before", list(State))
@each_case("after", list(State))
def test_a_complete_change_is_taken_where_the_table_of_moves_has_it_and_only_there(
    before: State, after: State
) -> None:
    change = COMPLETE[after]
    if after in MOVES[before]:
        check_change(change, before, START)
    else:
        assert list(problems(change, before)) == ["state"]


def test_a_move_that_is_not_allowed_says_why() -> None:
    assert problems(StateChange(State.NEW), State.IN_PROGRESS) == {
        "state": "From In Progress it can't go to New."
    }
    assert problems(ASKED, State.CLOSED) == {
        "state": "It is closed. Log a new incident that names this one."
    }
    assert problems(StateChange(State.IN_PROGRESS), State.IN_PROGRESS) == {
        "state": "It is In Progress already."
    }


def test_what_a_hold_lacks_is_named() -> None:
    assert problems(replace(ASKED, question=" \n")) == {
        "question": "Type the question to the school."
    }
    assert problems(replace(WAITING, waiting_for="")) == {
        "waiting_for": "Type the change it waits for."
    }
    assert problems(replace(DEFERRED, until=None)) == {
        "until": "Give the day and time until which it is put off."
    }


def test_all_that_a_resolution_lacks_is_named_at_once() -> None:
    assert problems(StateChange(State.RESOLVED)) == {
        "code": "Choose how it ended.", "resolution": "Type the resolution.",
    }  # fmt: skip
    assert list(problems(replace(RESOLVED, resolution=""))) == ["resolution"]
    assert list(problems(replace(RESOLVED, code=None))) == ["code"]


@pytest.mark.parametrize("change", [
    replace(ASKED, question="x" * (LONGEST_COMMENT + 1)),
    replace(WAITING, waiting_for="x" * (LONGEST_REASON + 1)),
    replace(RESOLVED, resolution="x" * (LONGEST_COMMENT + 1)),
])  # fmt: skip
def test_a_text_that_is_too_long_is_refused_with_both_lengths(change: StateChange) -> None:
    (sentence,) = problems(change).values()
    assert "001 characters" in sentence
    assert "000 can be kept" in sentence


@pytest.mark.parametrize("change", [
    replace(ASKED, question="x" * LONGEST_COMMENT),
    replace(WAITING, waiting_for="x" * LONGEST_REASON),
    replace(RESOLVED, resolution="x" * LONGEST_COMMENT),
])  # fmt: skip
def test_a_text_of_the_greatest_length_is_taken(change: StateChange) -> None:
    check_change(change, State.NEW, START)


def test_a_deferral_ends_after_now() -> None:
    check_change(replace(DEFERRED, until=START + INSTANT), State.NEW, START)
    for until in (START, START - timedelta(days=1)):
        assert list(problems(replace(DEFERRED, until=until))) == ["until"]
    assert problems(replace(DEFERRED, until=START))["until"] == (
        "Wednesday 10 June 2026 at 11:52 is over already."
    )


def test_only_a_reopening_asks_for_a_reason() -> None:
    bare = replace(REOPENED, reason="")
    assert problems(bare, State.RESOLVED) == {"reason": "Type the reason."}
    for before in set(State) - {State.RESOLVED, State.CLOSED, State.IN_PROGRESS}:
        check_change(bare, before, START)


def test_the_resolution_codes_have_names_of_their_own() -> None:
    labels = [code.label for code in ResolutionCode]
    assert labels == [
        "Fixed", "Workaround", "Advice", "No fault found", "Supplier", "Logged in error",
        "Duplicate",
    ]  # fmt: skip


def test_logged_in_error_says_so_to_the_school_where_nothing_was_typed() -> None:
    """Rule 40: every other code asks for words."""
    for code in ResolutionCode:
        change = StateChange(State.RESOLVED, code=code)
        if code is ResolutionCode.LOGGED_IN_ERROR:
            check_change(change, State.NEW, START)
            assert change.resolution_words.startswith("This incident was logged in error")
        else:
            with pytest.raises(InvalidInput, match="Type the resolution"):
                check_change(change, State.NEW, START)
    typed = StateChange(State.RESOLVED, code=ResolutionCode.LOGGED_IN_ERROR, resolution="Sorry.")
    assert typed.resolution_words == "Sorry."


def test_an_assignee_is_named_as_a_person_a_team_or_nobody() -> None:
    assert Assignee().label == "nobody"
    assert Assignee(team="Networks").label == "team Networks"
    assert Assignee(7, "A. Handler", "Networks").label == "A. Handler"
