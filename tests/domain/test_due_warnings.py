"""Warnings of a due date: given once each, never while the clock is paused (rule 22)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from eds_tui.domain.due_warnings import due_warnings, warned_of
from eds_tui.domain.event import EventKind
from eds_tui.domain.lifecycle import PAUSED, State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage_fields import TriageFields
from tests.cases import each_case
from tests.factories import START

WARN_AT = START + timedelta(hours=3)
DUE = START + timedelta(hours=4)
INSTANT = timedelta(microseconds=1)
RUNNING = TriageFields(State.IN_PROGRESS, Priority.HIGH, warn_at=WARN_AT, sla_due=DUE)
WARNING, BREACH = EventKind.SLA_WARNING, EventKind.SLA_BREACHED


@each_case("warned, at, kinds", [
    (0, WARN_AT - INSTANT, []),
    (0, WARN_AT, [WARNING]),
    (1, WARN_AT, []),
    (1, DUE - INSTANT, []),
    (1, DUE, [BREACH]),
    (0, DUE, [WARNING, BREACH]),
    (2, DUE + timedelta(days=9), []),
])  # fmt: skip
def test_each_warning_is_given_once_from_its_moment_on(
    warned: int, at: datetime, kinds: list[EventKind]
) -> None:
    fields = replace(RUNNING, warned=warned)
    given = due_warnings(fields, at)
    assert [each.kind for each in given] == kinds
    assert [each.at for each in given] == [{WARNING: WARN_AT, BREACH: DUE}[kind] for kind in kinds]
    assert due_warnings(warned_of(fields, given), at) == ()


@pytest.mark.parametrize("state", sorted({*PAUSED, State.CLOSED}))
def test_none_is_given_while_the_clock_is_paused_or_the_incident_closed(state: State) -> None:
    assert due_warnings(replace(RUNNING, state=state), DUE) == ()


def test_none_is_given_where_nothing_is_due() -> None:
    fields = replace(RUNNING, warn_at=None, sla_due=None)
    assert due_warnings(fields, DUE) == ()
    assert warned_of(fields, ()) == fields
