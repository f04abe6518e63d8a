"""The states and what time does to them (rules 15 and 18)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from eds_tui.domain.clock import LONDON
from eds_tui.domain.lifecycle import ON_HOLD, TAKES_COMMENTS, TRIAGE, State, closes_at, state_at

RESOLVED = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
A_MICROSECOND = timedelta(microseconds=1)


def test_the_states_carry_the_names_of_the_guide() -> None:
    assert [state.label for state in State] == [
        "New",
        "Awaiting Triage",
        "In Progress",
        "On Hold (Awaiting Customer Update)",
        "On Hold (Awaiting Change)",
        "On Hold (Customer Deferral)",
        "Resolved",
        "Closed",
    ]


def test_every_short_label_fits_its_column_and_differs() -> None:
    labels = [state.short_label for state in State]
    assert len(set(labels)) == 8
    assert max(map(len, labels)) <= 11


def test_every_state_is_explained_in_a_sentence_of_its_own() -> None:
    explanations = {state.explanation for state in State}
    assert len(explanations) == 8
    assert all(text[0].isupper() and text.endswith(".") for text in explanations)


def test_the_groups_of_states() -> None:
    assert {State.NEW, State.AWAITING_TRIAGE} == TRIAGE
    assert {State.ON_HOLD_CUSTOMER, State.ON_HOLD_CHANGE, State.ON_HOLD_DEFERRAL} == ON_HOLD
    assert set(State) - TAKES_COMMENTS == {State.CLOSED}


def test_a_resolved_incident_is_closed_24_hours_later_and_not_a_microsecond_before() -> None:
    closes = closes_at(RESOLVED)
    assert closes == datetime(2026, 6, 11, 10, 0, tzinfo=UTC)
    assert state_at(State.RESOLVED, closes, closes - A_MICROSECOND) is State.RESOLVED
    assert state_at(State.RESOLVED, closes, closes) is State.CLOSED
    assert state_at(State.RESOLVED, closes, closes + timedelta(days=400)) is State.CLOSED


def test_a_deferral_is_over_at_its_end_and_not_a_microsecond_before() -> None:
    """Rule 16; of any other state no end counts."""
    deferred = State.ON_HOLD_DEFERRAL
    assert state_at(deferred, None, RESOLVED - A_MICROSECOND, RESOLVED) is deferred
    assert state_at(deferred, None, RESOLVED, RESOLVED) is State.IN_PROGRESS
    for state in set(State) - {deferred}:
        assert state_at(state, None, RESOLVED, RESOLVED) is state


@pytest.mark.parametrize("state", list(State))
def test_time_changes_nothing_that_is_not_resolved(state: State) -> None:
    assert state_at(state, None, RESOLVED) is state


@pytest.mark.parametrize(
    ("resolved", "closed"),
    [
        (
            datetime(2026, 10, 25, 1, 30, tzinfo=LONDON),
            datetime(2026, 10, 26, 0, 30, tzinfo=LONDON),
        ),
        (
            datetime(2026, 3, 28, 23, 30, tzinfo=LONDON),
            datetime(2026, 3, 30, 0, 30, tzinfo=LONDON),
        ),
    ],
)
def test_24_hours_are_hours_and_not_a_day_of_the_calendar(
    resolved: datetime, closed: datetime
) -> None:
    assert closes_at(resolved.astimezone(UTC)) == closed.astimezone(UTC)
    assert closes_at(resolved) == closed.astimezone(UTC)
