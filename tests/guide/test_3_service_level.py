"""Guide 3: the due date that a priority brings (rules 21 to 23)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from eds_tui.domain.explanation import explain, in_lines
from eds_tui.domain.priority import Priority
from eds_tui.domain.service_level import ClockState, Pause, due, standing
from eds_tui.domain.targets import EXAMPLE, NO_TARGET, Target
from tests.london import london

CALENDAR = EXAMPLE.calendar
CHRISTMAS_EVE = london(2026, 12, 24, 16, 30)
MONDAY = london(2026, 6, 8, 10)


@pytest.mark.parametrize(
    ("logged_at", "minutes", "due_at"),
    [
        (CHRISTMAS_EVE, 240, london(2026, 12, 29, 11, 30)),
        (london(2026, 3, 27, 16), 240, london(2026, 3, 30, 11)),
        (london(2026, 10, 23, 16), 240, london(2026, 10, 26, 11)),
        (london(2026, 10, 24, 3), 60, london(2026, 10, 26, 9)),
    ],
)
def test_rule_23_worked_values(logged_at: datetime, minutes: int, due_at: datetime) -> None:
    """Guide 3: the due date is counted in service hours."""
    assert due(logged_at, Target(minutes), CALENDAR, (), logged_at) == due_at


@pytest.mark.parametrize(
    ("priority", "due_at"),
    [
        (Priority.CRITICAL, london(2026, 6, 8, 14)),
        (Priority.HIGH, london(2026, 6, 9, 10)),
        (Priority.MEDIUM, london(2026, 6, 11, 10)),
        (Priority.LOW, london(2026, 6, 15, 10)),
        (Priority.ADVICE, None),
        (Priority.NONE, None),
    ],
)
def test_rule_21_each_priority_of_the_example_has_its_due_date(
    priority: Priority, due_at: datetime | None
) -> None:
    """Guide 3: each priority has its target."""
    assert due(MONDAY, EXAMPLE.target(priority), CALENDAR, (), MONDAY) == due_at


def test_rule_10_without_a_priority_there_is_no_due_date() -> None:
    """Guide 3: 0 is None, and has no due date."""
    assert EXAMPLE.target(Priority.NONE) == NO_TARGET
    assert standing(MONDAY, NO_TARGET, CALENDAR, (), MONDAY).state is ClockState.NONE


def test_rule_22_holds_and_resolved_move_the_due_date_on() -> None:
    """Guide 3: what was waited for is no part of the target."""
    pauses = [
        Pause(london(2026, 6, 8, 11), london(2026, 6, 8, 12), "waiting for the school"),
        Pause(london(2026, 6, 8, 14), london(2026, 6, 9, 9), "resolved"),
    ]
    found = standing(MONDAY, Target(240), CALENDAR, pauses, london(2026, 6, 9, 9, 30))
    assert found.due == london(2026, 6, 9, 10)
    assert found.used == timedelta(hours=3, minutes=30)
    assert not found.overdue


def test_rule_22_a_changed_priority_counts_from_the_logged_time_with_all_pauses() -> None:
    """Guide 3: another priority has its own due date, from the same moment on."""
    pauses = [Pause(london(2026, 6, 8, 11), london(2026, 6, 8, 12))]
    now = london(2026, 6, 9, 9)
    low = standing(MONDAY, EXAMPLE.target(Priority.LOW), CALENDAR, pauses, now)
    critical = standing(MONDAY, EXAMPLE.target(Priority.CRITICAL), CALENDAR, pauses, now)
    assert (low.due, low.overdue) == (london(2026, 6, 15, 11), False)
    assert (critical.due, critical.overdue) == (london(2026, 6, 8, 15), True)
    assert low.used == critical.used == timedelta(hours=7)


def test_rule_23_the_due_date_after_christmas_is_explained_in_words() -> None:
    """Guide 3: how the due date was calculated can be read."""
    segments = explain(CHRISTMAS_EVE, Target(240), CALENDAR, (), CHRISTMAS_EVE)
    assert in_lines(segments) == (
        "Thu 24 Dec 16:30 to 17:00  running, 30 min",
        "Thu 24 Dec 17:00 to 24:00  closed hours",
        "Fri 25 Dec  bank holiday (Christmas Day)",
        "Sat 26 to Sun 27 Dec  weekend",
        "Mon 28 Dec  bank holiday (Boxing Day, substitute day)",
        "Tue 29 Dec 00:00 to 08:00  closed hours",
        "Tue 29 Dec 08:00 to 11:30  running, 3 h 30 min",
    )
