"""When an incident is due, and how its clock stands."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from eds_tui.domain.calendar import Calendar
from eds_tui.domain.service_hours import read_day
from eds_tui.domain.service_level import ClockState, Pause, Standing, due, standing
from eds_tui.domain.targets import EXAMPLE, NO_TARGET, Target
from tests.cases import each_case
from tests.london import london

CALENDAR = EXAMPLE.calendar
NEVER = Calendar(((),) * 7)
FOUR_HOURS = Target(minutes=240)
THREE_DAYS = Target(working_days=3)
MONDAY = london(2026, 6, 8, 10)
HOUR = timedelta(hours=1)


@each_case(
    "logged_at, days, due_at",
    [
        (MONDAY, 3, london(2026, 6, 11, 10)),
        (MONDAY, 5, london(2026, 6, 15, 10)),
        (london(2026, 5, 22, 16, 30), 3, london(2026, 5, 28, 16, 30)),
        (london(2026, 12, 24, 16, 30), 1, london(2026, 12, 29, 16, 30)),
        (london(2026, 3, 27, 16), 1, london(2026, 3, 30, 16)),
        (london(2026, 10, 23, 16), 1, london(2026, 10, 26, 16)),
        (london(2028, 2, 28, 9), 1, london(2028, 2, 29, 9)),
        (london(2026, 6, 8, 8), 1, london(2026, 6, 9, 8)),
        (london(2026, 6, 8, 7, 59), 1, london(2026, 6, 9, 8)),
        (london(2026, 6, 8, 17), 1, london(2026, 6, 10, 8)),
        (london(2026, 6, 13, 12), 3, london(2026, 6, 18, 8)),
    ],
)
def test_working_days_end_at_the_same_time_of_day(
    logged_at: datetime, days: int, due_at: datetime
) -> None:
    assert due(logged_at, Target(working_days=days), CALENDAR, (), logged_at) == due_at


def test_working_days_are_kept_to_the_microsecond() -> None:
    odd = timedelta(seconds=28, microseconds=123_456)
    assert due(MONDAY + odd, THREE_DAYS, CALENDAR, (), MONDAY) == london(2026, 6, 11, 10) + odd


@pytest.mark.parametrize(
    ("hour", "due_at"),
    [
        (9, london(2026, 6, 12, 10)),
        (11, london(2026, 6, 12, 11)),
        (12, london(2026, 6, 12, 12)),
        (10, london(2026, 6, 12, 10)),
        (16, london(2026, 6, 12, 15)),
    ],
)
def test_a_last_day_closed_at_that_hour_is_due_at_its_next_opening_or_its_end(
    hour: int, due_at: datetime
) -> None:
    full, broken = read_day("08:00-17:00"), read_day("10:00-12:00, 13:00-15:00")
    calendar = Calendar((full, full, full, full, broken, (), ()))
    assert due(london(2026, 6, 11, hour), Target(working_days=1), calendar, (), MONDAY) == due_at


@pytest.mark.parametrize("target", [FOUR_HOURS, THREE_DAYS])
def test_a_pause_moves_the_due_date_on_by_its_service_time(target: Target) -> None:
    now = london(2026, 6, 9, 10)
    free = due(MONDAY, target, CALENDAR, (), now)
    assert free is not None
    pause = Pause(london(2026, 6, 8, 11), london(2026, 6, 9, 9))
    assert due(MONDAY, target, CALENDAR, [pause], now) == CALENDAR.add(free, 7 * HOUR)


@pytest.mark.parametrize(
    "pause",
    [
        Pause(london(2026, 6, 8, 17), london(2026, 6, 9, 8)),
        Pause(london(2026, 6, 13), london(2026, 6, 15)),
        Pause(london(2026, 6, 11, 10), london(2026, 6, 12, 10)),
        Pause(london(2026, 6, 1), london(2026, 6, 8, 10)),
        Pause(london(2026, 6, 9, 12), london(2026, 6, 9, 11)),
    ],
    ids=[
        "at night",
        "after it was due",
        "from when it was due",
        "before it was logged",
        "reversed",
    ],
)
def test_a_pause_without_service_time_before_the_due_date_moves_nothing(pause: Pause) -> None:
    now = london(2026, 6, 20)
    assert due(MONDAY, THREE_DAYS, CALENDAR, [pause], now) == london(2026, 6, 11, 10)


def test_pauses_that_overlap_count_once_in_any_order() -> None:
    pauses = [
        Pause(london(2026, 6, 8, 12), london(2026, 6, 8, 14), "second"),
        Pause(london(2026, 6, 8, 11), london(2026, 6, 8, 13), "first"),
        Pause(london(2026, 6, 8, 11, 30), london(2026, 6, 8, 12), "within"),
    ]
    now = london(2026, 6, 8, 16)
    assert due(MONDAY, FOUR_HOURS, CALENDAR, pauses, now) == london(2026, 6, 8, 17)
    assert standing(MONDAY, FOUR_HOURS, CALENDAR, pauses, now).used == 3 * HOUR


def test_the_clock_of_a_running_incident() -> None:
    assert standing(MONDAY, FOUR_HOURS, CALENDAR, (), london(2026, 6, 8, 11)) == Standing(
        state=ClockState.RUNNING,
        used=HOUR,
        total=4 * HOUR,
        due=london(2026, 6, 8, 14),
        warn_at=london(2026, 6, 8, 13),
    )


def test_time_left_and_share_used() -> None:
    found = standing(MONDAY, FOUR_HOURS, CALENDAR, (), london(2026, 6, 8, 11))
    assert (found.left, found.fraction) == (3 * HOUR, 0.25)
    late = standing(MONDAY, FOUR_HOURS, CALENDAR, (), london(2026, 6, 8, 16))
    assert (late.left, late.fraction) == (-2 * HOUR, 1.5)


def test_an_open_pause_holds_the_time_left_and_pushes_the_due_date_on() -> None:
    pause = Pause(london(2026, 6, 8, 11), reason="waiting for the school")
    for now, due_at in (
        (london(2026, 6, 8, 11), london(2026, 6, 8, 14)),
        (london(2026, 6, 8, 12), london(2026, 6, 8, 15)),
        (london(2026, 6, 8, 20), london(2026, 6, 9, 11)),
        (london(2026, 6, 13, 20), london(2026, 6, 15, 11)),
    ):
        found = standing(MONDAY, FOUR_HOURS, CALENDAR, [pause], now)
        assert (found.state, found.reason) == (ClockState.PAUSED, "waiting for the school")
        assert (found.left, found.due, found.overdue) == (3 * HOUR, due_at, False)


def test_a_pause_of_a_known_end_counts_to_its_end_at_once() -> None:
    pause = Pause(london(2026, 6, 8, 11), london(2026, 6, 10, 11), "deferred")
    for now in (london(2026, 6, 8, 12), london(2026, 6, 10, 10)):
        found = standing(MONDAY, FOUR_HOURS, CALENDAR, [pause], now)
        assert (found.state, found.reason) == (ClockState.PAUSED, "deferred")
        assert (found.used, found.due) == (HOUR, london(2026, 6, 10, 14))
    after = standing(MONDAY, FOUR_HOURS, CALENDAR, [pause], london(2026, 6, 10, 11))
    assert (after.state, after.reason, after.used) == (ClockState.RUNNING, "", HOUR)


@pytest.mark.parametrize(
    ("now", "overdue"),
    [
        (london(2026, 6, 8, 16, 59), False),
        (london(2026, 6, 8, 17), False),
        (london(2026, 6, 8, 17) + timedelta(microseconds=1), True),
        (london(2026, 6, 9, 8, 1), True),
    ],
)
def test_it_is_overdue_once_its_due_date_is_past_though_it_be_closed(
    now: datetime, overdue: bool
) -> None:
    found = standing(london(2026, 6, 8, 13), FOUR_HOURS, CALENDAR, (), now)
    assert found.due == london(2026, 6, 8, 17)
    assert found.overdue is overdue


@pytest.mark.parametrize(
    ("resolved_at", "overdue"),
    [
        (london(2026, 6, 8, 13, 59), False),
        (london(2026, 6, 8, 14), False),
        (london(2026, 6, 8, 14, 1), True),
        (london(2026, 6, 8, 18), True),
    ],
)
def test_it_stays_as_late_as_it_was_when_it_was_resolved(
    resolved_at: datetime, overdue: bool
) -> None:
    pause = Pause(resolved_at, reason="resolved")
    for now in (resolved_at, london(2026, 6, 8, 18), london(2026, 8, 1)):
        assert standing(MONDAY, FOUR_HOURS, CALENDAR, [pause], now).overdue is overdue


def test_one_hold_after_another_is_one_pause() -> None:
    pauses = [
        Pause(london(2026, 6, 8, 14), london(2026, 6, 8, 15), "waiting for the school"),
        Pause(london(2026, 6, 8, 15), None, "waiting for a change"),
    ]
    found = standing(MONDAY, FOUR_HOURS, CALENDAR, pauses, london(2026, 6, 9, 10))
    assert (found.due, found.overdue, found.left) == (
        london(2026, 6, 8, 14),
        False,
        timedelta(0),
    )
    assert found.reason == "waiting for a change"


def test_the_warning_moves_with_the_pauses_before_it() -> None:
    early = Pause(london(2026, 6, 8, 11), london(2026, 6, 8, 12))
    late = Pause(london(2026, 6, 8, 14, 30), london(2026, 6, 9, 8))
    found = standing(MONDAY, FOUR_HOURS, CALENDAR, [early, late], london(2026, 6, 9, 8))
    assert found.warn_at == london(2026, 6, 8, 14)
    assert found.due == london(2026, 6, 9, 8, 30)


def test_without_a_target_time_is_counted_and_nothing_is_due() -> None:
    found = standing(MONDAY, NO_TARGET, CALENDAR, (), london(2026, 6, 9, 10))
    assert found == Standing(state=ClockState.NONE, used=9 * HOUR)
    assert (found.left, found.fraction) == (None, None)


@pytest.mark.parametrize("target", [FOUR_HOURS, THREE_DAYS])
def test_a_calendar_that_is_never_open_gives_no_due_date_and_no_error(target: Target) -> None:
    found = standing(MONDAY, target, NEVER, [Pause(MONDAY)], london(2027, 6, 9, 10))
    assert found == Standing(state=ClockState.NONE, used=timedelta(0))
    assert due(MONDAY, target, NEVER, (), MONDAY) is None


def test_a_calendar_closed_from_some_day_on_gives_no_due_date_after_it() -> None:
    start = date(2026, 6, 9)
    closed = frozenset(start + timedelta(days=number) for number in range(1200))
    calendar = Calendar(CALENDAR.week, closed_days=closed)
    assert due(MONDAY, FOUR_HOURS, calendar, (), MONDAY) == london(2026, 6, 8, 14)
    assert due(MONDAY, THREE_DAYS, calendar, (), MONDAY) is None
    assert due(MONDAY, FOUR_HOURS, calendar, [Pause(MONDAY)], london(2026, 6, 8, 15)) is None


def test_asked_about_a_moment_before_it_was_logged_nothing_is_used() -> None:
    found = standing(MONDAY, FOUR_HOURS, CALENDAR, [Pause(MONDAY)], MONDAY - HOUR)
    assert (found.used, found.due) == (timedelta(0), london(2026, 6, 8, 14))
