"""The fields that triage changes: pauses begun and ended by a move, and changes taken back."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest

from eds_tui.domain.lifecycle import PAUSED, State
from eds_tui.domain.priority import Priority
from eds_tui.domain.service_level import Pause
from eds_tui.domain.triage_fields import TriageFields, difference, reverted
from tests.factories import START

LATER = START + timedelta(hours=3)
UNTIL = START + timedelta(days=2)
FRESH = TriageFields(State.NEW, Priority.NONE)
FULL = TriageFields(
    state=State.ON_HOLD_DEFERRAL,
    priority=Priority.HIGH,
    confidential=True,
    assigned_to_id=7,
    assigned_to="A. Handler",
    team="Networks",
    pauses=((START.isoformat(), UNTIL.isoformat(), "on_hold_deferral"),),
    paused_since=START,
    deferred_until=UNTIL,
    waiting_for="The upgrade",
    flag="customer replied",
    resolution_code="fixed",
    resolved_at=LATER,
    closes_at=UNTIL,
    late_when_resolved=True,
    sla_due=LATER,
    warn_at=START,
    warned=2,
    parent_id=3,
    duplicate_of_id=4,
)
"""Every field with a value of its own."""


@pytest.mark.parametrize("state", sorted(PAUSED))
def test_a_move_to_a_hold_or_resolved_begins_a_pause(state: State) -> None:
    moved = FRESH.moved(state, START)
    assert moved.pauses == ((START.isoformat(), None, state.value),)
    assert moved.paused_since == START
    assert moved.known_pauses == ()
    assert moved.all_pauses == (Pause(START, None, state.label),)


@pytest.mark.parametrize("state", sorted(PAUSED))
def test_the_next_move_ends_it(state: State) -> None:
    moved = FRESH.moved(state, START).moved(State.IN_PROGRESS, LATER)
    assert moved.pauses == ((START.isoformat(), LATER.isoformat(), state.value),)
    assert moved.paused_since is None
    assert moved.known_pauses == moved.all_pauses == (Pause(START, LATER, state.label),)


def test_from_hold_to_hold_one_pause_ends_where_the_next_begins() -> None:
    moved = FRESH.moved(State.ON_HOLD_CUSTOMER, START).moved(State.ON_HOLD_CHANGE, LATER)
    assert moved.pauses == (
        (START.isoformat(), LATER.isoformat(), "on_hold_customer"),
        (LATER.isoformat(), None, "on_hold_change"),
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


def test_a_difference_names_only_what_changed_from_and_to() -> None:
    changed = difference(FRESH, replace(FRESH, priority=Priority.LOW, sla_due=START))
    assert changed == {"priority": [0, 4], "sla_due": [None, START.isoformat()]}
    assert difference(FULL, FULL) == {}


def test_a_difference_in_every_field_survives_json_and_is_taken_back_whole() -> None:
    changed = difference(FRESH, FULL)
    assert set(changed) == {field.name for field in fields(TriageFields)}
    assert reverted(FULL, json.loads(json.dumps(changed))) == FRESH
    back = json.loads(json.dumps(difference(FULL, FRESH)))
    assert reverted(FRESH, back) == FULL


def test_what_is_taken_back_has_the_types_of_the_fields() -> None:
    back = json.loads(json.dumps(difference(FULL, FRESH)))
    result = reverted(FRESH, back)
    assert isinstance(result.state, State)
    assert isinstance(result.priority, Priority)
    assert isinstance(result.sla_due, datetime)
    assert isinstance(result.pauses[0], tuple)


def test_what_was_not_part_of_a_change_stays_as_it_is() -> None:
    changed = difference(FRESH, replace(FRESH, priority=Priority.LOW))
    now = replace(FULL, priority=Priority.LOW)
    assert reverted(now, changed) == replace(now, priority=Priority.NONE)
