"""Triage fields in the event log: the same form in JSON as ever, read with their types."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from eds_tui.domain.event import CHANGED, EventKind
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage_fields import ClockPause, TriageFields, difference, reverted
from eds_tui.repository.recorded_fields import read_details, recorded, to_json
from tests.domain.triage_examples import FRESH, FULL
from tests.factories import START

UNTIL = START + timedelta(days=2)


def test_what_is_stored_is_plain_json() -> None:
    changed = TriageFields(
        state=State.ON_HOLD_DEFERRAL,
        priority=Priority.LOW,
        pauses=(
            ClockPause(began=START, ended=UNTIL, state=State.ON_HOLD_DEFERRAL),
            ClockPause(began=UNTIL, ended=None, state=State.RESOLVED),
        ),
        sla_due=START,
    )
    found = json.loads(json.dumps(recorded(changed)))
    assert (found["state"], found["priority"]) == ("on_hold_deferral", 4)
    assert found["sla_due"] == "2026-06-10T10:52:00+00:00"
    assert found["pauses"] == [
        ["2026-06-10T10:52:00+00:00", "2026-06-12T10:52:00+00:00", "on_hold_deferral"],
        ["2026-06-12T10:52:00+00:00", None, "resolved"],
    ]
    assert (found["paused_since"], found["warned"], found["team"]) == (None, 0, "")


@pytest.mark.parametrize(("before", "after"), [(FRESH, FULL), (FULL, FRESH)])
def test_a_difference_survives_json_with_the_types_of_its_fields(
    before: TriageFields, after: TriageFields
) -> None:
    made = difference(before, after)
    stored = json.loads(json.dumps(to_json({CHANGED: made, "reason": "Why."})))
    back = read_details(EventKind.TRIAGED, stored)
    assert back == {CHANGED: made, "reason": "Why."}
    result = reverted(after, back[CHANGED])
    assert result == before
    assert isinstance(result.state, State)
    assert isinstance(result.priority, Priority)


def test_what_changed_of_an_account_is_read_as_it_is_stored() -> None:
    details = {CHANGED: {"team": ["", "Networks"]}, "login": "handler"}
    assert read_details(EventKind.ACCOUNT_CHANGED, details) == details


def test_only_of_what_touches_an_incident_fields_get_their_types() -> None:
    details = {CHANGED: {"state": ["new", "closed"], "priority": [0, 4]}}
    found = read_details(EventKind.SCHOOL_CHANGED, details)
    assert [type(value) for pair in found[CHANGED].values() for value in pair] == [str] * 2 + [
        int
    ] * 2
    assert read_details(EventKind.TRIAGED, {"reason": "Why."}) == {"reason": "Why."}
