"""The fields that triage changes: pauses begun and ended by a move, and changes taken back."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from eds_tui.domain.lifecycle import ON_HOLD, PAUSED, State
from eds_tui.domain.priority import Priority
from eds_tui.domain.service_level import Pause
from eds_tui.domain.triage_fields import ClockPause, TriageFields, answered, difference, reverted
from tests.domain.triage_examples import FRESH, FULL, LATER, UNTIL
from tests.factories import START


@pytest.mark.parametrize("state", sorted(PAUSED))
def test_a_move_to_a_hold_or_resolved_begins_a_pause(state: State) -> None:
    moved = FRESH.moved(state, START)
    assert moved.pauses == (ClockPause(began=START, ended=None, state=state),)
    assert moved.paused_since == START
    assert moved.known_pauses == ()
    assert moved.all_pauses == (Pause(START, None, state.label),)


@pytest.mark.parametrize("state", sorted(PAUSED))
def test_the_next_move_ends_it(state: State) -> None:
    moved = FRESH.moved(state, START).moved(State.IN_PROGRESS, LATER)
    assert moved.pauses == (ClockPause(began=START, ended=LATER, state=state),)
    assert moved.paused_since is None
    assert moved.known_pauses == moved.all_pauses == (Pause(START, LATER, state.label),)


def test_a_pause_that_is_over_stays_as_it_was_whatever_moves_follow() -> None:
    over = FRESH.moved(State.ON_HOLD_CHANGE, START).moved(State.IN_PROGRESS, LATER)
    later = LATER + timedelta(hours=1)
    first, second = over.moved(State.RESOLVED, later).pauses
    assert (first,) == over.pauses
    assert second == ClockPause(began=later, ended=None, state=State.RESOLVED)
    assert over.moved(State.AWAITING_TRIAGE, later).pauses == over.pauses


def test_from_hold_to_hold_one_pause_ends_where_the_next_begins() -> None:
    moved = FRESH.moved(State.ON_HOLD_CUSTOMER, START).moved(State.ON_HOLD_CHANGE, LATER)
    assert moved.pauses == (
        ClockPause(began=START, ended=LATER, state=State.ON_HOLD_CUSTOMER),
        ClockPause(began=LATER, ended=None, state=State.ON_HOLD_CHANGE),
    )
    assert moved.paused_since == LATER


def test_a_deferral_is_a_pause_of_known_end_until_it_is_cut_short() -> None:
    deferred = FRESH.moved(State.ON_HOLD_DEFERRAL, START, UNTIL)
    assert deferred.deferred_until == UNTIL
    assert deferred.known_pauses == (Pause(START, UNTIL, "On Hold (Customer Deferral)"),)
    back = deferred.moved(State.IN_PROGRESS, LATER)
    assert back.deferred_until is None
    assert back.known_pauses == (Pause(START, LATER, "On Hold (Customer Deferral)"),)


def test_an_end_is_kept_only_with_a_deferral() -> None:
    assert FRESH.moved(State.ON_HOLD_CHANGE, START, UNTIL).deferred_until is None


def test_resolved_closes_24_hours_later_and_a_reopening_forgets_it() -> None:
    resolved = FRESH.moved(State.RESOLVED, START)
    assert (resolved.resolved_at, resolved.closes_at) == (START, START + timedelta(hours=24))
    back = resolved.moved(State.IN_PROGRESS, LATER)
    assert (back.resolved_at, back.closes_at) == (None, None)


def test_closed_at_once_is_resolved_and_closed_at_that_moment() -> None:
    closed = FRESH.moved(State.CLOSED, START)
    assert (closed.resolved_at, closed.closes_at) == (START, START)


def test_a_move_forgets_what_belonged_to_the_state_before() -> None:
    moved = FULL.moved(State.IN_PROGRESS, LATER)
    assert (moved.waiting_for, moved.flag, moved.resolution_code) == ("", "", "")
    assert moved.late_when_resolved is None
    kept = ("priority", "confidential", "assigned_to_id", "assigned_to", "team", "parent_id")
    assert all(getattr(moved, name) == getattr(FULL, name) for name in kept)


@pytest.mark.parametrize("state", list(State))
def test_only_a_deferral_ends_by_the_clock_and_only_what_is_resolved_closes(state: State) -> None:
    """Rules 16 and 18, to the moment."""
    stored = replace(FULL, state=state, deferred_until=UNTIL, closes_at=UNTIL)
    assert stored.by_the_clock(UNTIL - timedelta(microseconds=1)) == (stored, None)
    found, at = stored.by_the_clock(UNTIL)
    if state is State.ON_HOLD_DEFERRAL:
        assert (found.state, found.flag, at) == (State.IN_PROGRESS, "deferral ended", UNTIL)
        assert found.pauses[-1].ended == UNTIL
    elif state is State.RESOLVED:
        assert (found, at) == (replace(stored, state=State.CLOSED), UNTIL)
    else:
        assert (found, at) == (stored, None)
    without = replace(stored, deferred_until=None, closes_at=None)
    assert without.by_the_clock(UNTIL) == (without, None)


@pytest.mark.parametrize("state", list(State))
def test_the_schools_answer_ends_a_hold_for_it_and_is_marked_on_every_hold(state: State) -> None:
    """Rule 17; what the service centre says takes the mark away."""
    stored = replace(FRESH, state=state, flag="")
    found = answered(stored, LATER, from_school=True)
    assert found.flag == ("customer replied" if state in ON_HOLD else "")
    ends = state is State.ON_HOLD_CUSTOMER
    assert found.state is (State.IN_PROGRESS if ends else state)
    marked = replace(stored, flag="customer replied")
    assert answered(marked, LATER, from_school=False) == stored


def test_a_difference_names_only_what_changed_from_and_to() -> None:
    changed = difference(FRESH, replace(FRESH, priority=Priority.LOW, sla_due=START))
    assert changed == {"priority": [0, 4], "sla_due": [None, START]}
    assert difference(FULL, FULL) == {}


def test_a_difference_in_every_field_is_taken_back_whole() -> None:
    changed = difference(FRESH, FULL)
    assert set(changed) == {field.name for field in fields(TriageFields)}
    assert reverted(FULL, changed) == FRESH
    assert reverted(FRESH, difference(FULL, FRESH)) == FULL


def test_what_was_not_part_of_a_change_stays_as_it_is() -> None:
    changed = difference(FRESH, replace(FRESH, priority=Priority.LOW))
    now = replace(FULL, priority=Priority.LOW)
    assert reverted(now, changed) == replace(now, priority=Priority.NONE)
