"""What happened, as one line to read (rule 30)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from eds_tui.domain.event import Event, EventKind
from eds_tui.domain.history import in_words
from eds_tui.domain.lifecycle import State
from eds_tui.domain.triage_fields import ClockPause
from tests.cases import each_case
from tests.factories import START

UNTIL = START + timedelta(days=2)
WHEN = "10-06-2026 11:52:00"


def told(kind: EventKind, actor: str = "A. Handler", **details: Any) -> str:
    """Return an event in words, without its time."""
    line = in_words(Event(at=START, kind=kind, actor=actor, details=details))
    time, words = line.split("  ", 1)
    assert time == WHEN
    return words


@each_case("kind", list(EventKind))
def test_every_kind_of_event_has_words_of_its_own(kind: EventKind) -> None:
    words = told(kind)
    assert words.startswith("A. Handler ")
    assert kind.value not in words or "_" not in kind.value


def test_a_change_is_told_from_and_to_in_the_words_of_the_screens() -> None:
    changed = {
        "priority": [0, 3],
        "state": ["awaiting_triage", "on_hold_deferral"],
        "deferred_until": [None, UNTIL],
        "sla_due": [None, UNTIL],
        "assigned_to": ["", "S. Lead"],
        "confidential": [False, True],
        "resolution_code": ["", "third_party"],
        "late_when_resolved": [None, True],
        "pauses": [(), (ClockPause(began=START, ended=None, state=State.ON_HOLD_DEFERRAL),)],
    }
    assert told(EventKind.TRIAGED, changed=changed) == (
        "A. Handler changed state: Awaiting Triage → On Hold (Customer Deferral);"
        " priority: 0 – None → 3 – Medium;"
        " confidential: no → yes;"
        " assigned to: none → S. Lead;"
        " deferred until: none → 12-06-2026 11:52:00;"
        " resolution: none → Supplier;"
        " late when resolved: no → yes;"
        " due: none → 12-06-2026 11:52:00"
    )


def test_what_the_clock_did_is_told_without_a_person() -> None:
    changed = {"state": ["resolved", "closed"]}
    assert told_by_the_program(EventKind.CLOCK, changed=changed) == (
        "the program changed state: Resolved → Closed"
    )


def told_by_the_program(kind: EventKind, **details: Any) -> str:
    """Return an event that nobody did."""
    return told(kind, "", **details)


@pytest.mark.parametrize(("details", "words"), [
    ({"reason": "A pupil is named."}, "(reason: A pupil is named.)"),
    ({"parent": "INC0000002"}, "(under INC0000002)"),
    ({"duplicate_of": "INC0000002"}, "(duplicate of INC0000002)"),
])  # fmt: skip
def test_the_reason_or_the_other_incident_is_told_with_it(
    details: dict[str, str], words: str
) -> None:
    assert told(EventKind.TRIAGED, changed={}, **details) == f"A. Handler changed {words}"
    assert told(EventKind.UNDONE, changed={}, undone=True) == "A. Handler took back"
