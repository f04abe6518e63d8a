"""The service calendar: when the service centre is open, and how much service time passes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eds_tui.domain.calendar import Calendar, DayKind, bank_holidays
from eds_tui.domain.clock import LONDON
from eds_tui.domain.service_hours import Week, read_day
from tests.cases import each_case
from tests.london import QUARTER, london, moments

BROKEN_DAY = read_day("08:00-12:00, 13:00-17:00")
WEEK: Week = (BROKEN_DAY, BROKEN_DAY, (), BROKEN_DAY, read_day("18:00-24:00"), (), ())
CALENDAR = Calendar(WEEK, closed_days=frozenset({date(2026, 12, 24), date(2028, 2, 29)}))
ROUND_THE_CLOCK = Calendar((read_day("00:00-24:00"),) * 7, bank_holidays=False)
NEVER = Calendar(((),) * 7)
BANK_HOLIDAYS = frozenset(
    {
        *(date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4)),
        *(date(2026, 5, 25), date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28)),
        date(2027, 1, 1),
    }
)
"""Those on weekdays, as the government lists them for England and Wales."""

often = settings(derandomize=True, deadline=None, max_examples=200)


def is_open(moment: datetime) -> bool:
    """Say by the wall clock alone whether the calendar of these tests is open."""
    local = moment.astimezone(LONDON)
    if local.date() in BANK_HOLIDAYS | CALENDAR.closed_days:
        return False
    if local.weekday() in (0, 1, 3):
        return 8 <= local.hour < 12 or 13 <= local.hour < 17
    return local.weekday() == 4 and local.hour >= 18


def counted(start: datetime, end: datetime) -> timedelta:
    """Count service time by looking at the wall clock every quarter of an hour."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    steps = max(0, (end - start) // QUARTER)
    return sum((QUARTER for step in range(steps) if is_open(start + step * QUARTER)), timedelta(0))


@often
@given(moments(), st.integers(-20, 600))
def test_service_time_is_what_a_wall_clock_counts(start: datetime, steps: int) -> None:
    end = start.astimezone(UTC) + steps * QUARTER
    assert CALENDAR.between(start, end) == counted(start, end)


@often
@given(st.lists(moments(400, timedelta(seconds=6007)), min_size=3, max_size=3))
def test_service_time_adds_up(found: list[datetime]) -> None:
    first, middle, last = sorted(found)
    parts = CALENDAR.between(first, middle) + CALENDAR.between(middle, last)
    assert parts == CALENDAR.between(first, last)
    assert timedelta(0) <= parts <= last.astimezone(UTC) - first.astimezone(UTC)


@often
@given(
    moments(step=timedelta(microseconds=7_654_321)),
    st.timedeltas(timedelta(microseconds=1), timedelta(days=90)),
)
def test_adding_ends_at_the_first_moment_at_which_so_much_has_passed(
    start: datetime, amount: timedelta
) -> None:
    end = CALENDAR.add(start, amount)
    assert end is not None
    assert end.tzinfo is UTC
    assert CALENDAR.between(start, end) == amount
    before = end - timedelta(microseconds=1)
    assert CALENDAR.between(start, before) == amount - timedelta(microseconds=1)


@each_case(
    "start, opening",
    [
        (london(2026, 6, 8, 7, 59), london(2026, 6, 8, 8)),
        (london(2026, 6, 8, 8), london(2026, 6, 8, 8)),
        (london(2026, 6, 8, 11, 59), london(2026, 6, 8, 11, 59)),
        (london(2026, 6, 8, 12), london(2026, 6, 8, 13)),
        (london(2026, 6, 9, 17), london(2026, 6, 11, 8)),
        (london(2026, 6, 12, 23, 59), london(2026, 6, 12, 23, 59)),
        (london(2026, 6, 13), london(2026, 6, 15, 8)),
        (london(2026, 12, 22, 17), london(2026, 12, 29, 8)),
    ],
)
def test_the_next_opening_is_now_while_it_is_open(start: datetime, opening: datetime) -> None:
    assert CALENDAR.opening(start) == opening
    assert CALENDAR.add(start, timedelta(0)) == opening


def test_what_is_used_up_at_closing_time_ends_then() -> None:
    assert CALENDAR.add(london(2026, 6, 8, 10), timedelta(hours=2)) == london(2026, 6, 8, 12)
    assert CALENDAR.add(london(2026, 6, 8, 10), timedelta(hours=6)) == london(2026, 6, 8, 17)
    assert CALENDAR.add(london(2026, 6, 12, 20), timedelta(hours=4)) == london(2026, 6, 13)


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 3, 28), 24),
        (date(2026, 3, 29), 23),
        (date(2026, 10, 25), 25),
        (date(2026, 12, 31), 24),
        (date(2028, 2, 29), 24),
    ],
)
def test_a_day_open_to_24_00_is_as_long_as_it_lasts(day: date, hours: int) -> None:
    ((opens, closes),) = ROUND_THE_CLOCK.spans(day)
    assert closes - opens == timedelta(hours=hours)
    assert (opens, closes) == (
        london(day.year, day.month, day.day),
        london(*(day + timedelta(days=1)).timetuple()[:3]),
    )


@often
@given(moments(300), moments(300))
def test_round_the_clock_all_time_is_service_time(start: datetime, end: datetime) -> None:
    passed = end.astimezone(UTC) - start.astimezone(UTC)
    assert ROUND_THE_CLOCK.between(start, end) == max(passed, timedelta(0))


@each_case(
    "day, kind",
    [
        (date(2026, 12, 22), (DayKind.OPEN, "")),
        (date(2026, 12, 23), (DayKind.NO_HOURS, "")),
        (date(2026, 12, 24), (DayKind.CLOSED_DAY, "")),
        (date(2026, 12, 25), (DayKind.BANK_HOLIDAY, "Christmas Day")),
        (date(2026, 12, 26), (DayKind.WEEKEND, "")),
        (date(2026, 12, 28), (DayKind.BANK_HOLIDAY, "Boxing Day, substitute day")),
        (date(2028, 2, 29), (DayKind.CLOSED_DAY, "")),
    ],
)
def test_a_closed_day_says_why(day: date, kind: tuple[DayKind, str]) -> None:
    assert CALENDAR.kind_of(day) == kind
    assert bool(CALENDAR.spans(day)) == (kind[0] is DayKind.OPEN)


def test_the_bank_holidays_are_those_of_england_and_wales() -> None:
    found = {day for year in (2026, 2027) for day in bank_holidays(year) if day.weekday() < 5}
    assert {day for day in found if day.year == 2026} == BANK_HOLIDAYS - {date(2027, 1, 1)}
    assert bank_holidays(2022)[date(2022, 9, 19)] == "State Funeral of Queen Elizabeth II"


def test_bank_holidays_can_be_worked() -> None:
    worked = Calendar(WEEK, bank_holidays=False)
    friday = (london(2026, 12, 25), london(2026, 12, 26))
    assert worked.between(*friday) == timedelta(hours=6)
    assert CALENDAR.between(*friday) == timedelta(0)


def test_working_days_skip_closed_ones() -> None:
    monday = london(2026, 12, 21, 10)
    found = [CALENDAR.working_day_after(monday, number) for number in (1, 2, 3, 4, 5)]
    assert found == [
        *(date(2026, 12, 22), date(2026, 12, 29), date(2026, 12, 31)),
        *(date(2027, 1, 4), date(2027, 1, 5)),
    ]


def test_a_calendar_that_is_never_open_has_no_date_and_no_time() -> None:
    start = london(2026, 6, 8, 10)
    assert NEVER.add(start, timedelta(minutes=1)) is None
    assert NEVER.opening(start) is None
    assert NEVER.working_day_after(start, 1) is None
    assert NEVER.between(start, london(2029, 1, 1)) == timedelta(0)


def test_a_calendar_closed_for_two_whole_years_has_no_date() -> None:
    start = date(2026, 6, 9)
    closed = frozenset(start + timedelta(days=number) for number in range(365 * 4))
    assert (
        Calendar(WEEK, closed_days=closed).add(london(2026, 6, 8, 16), timedelta(hours=2)) is None
    )


def test_a_calendar_closed_for_a_year_has_a_date_after_it() -> None:
    start = date(2026, 6, 9)
    closed = frozenset(start + timedelta(days=number) for number in range(365))
    due = Calendar(WEEK, closed_days=closed).add(london(2026, 6, 8, 16), timedelta(hours=2))
    assert due == london(2027, 6, 10, 9)


def test_a_whole_year_without_an_open_hour_is_passed_over() -> None:
    start = date(2026, 6, 9)
    closed = frozenset(start + timedelta(days=number) for number in range(571))
    calendar = Calendar(WEEK, closed_days=closed)
    assert max(closed) == date(2027, 12, 31)
    assert calendar.opening(london(2026, 6, 8, 17)) == london(2028, 1, 4, 8)


def test_the_end_of_time_is_no_date() -> None:
    late = datetime(9998, 12, 30, 12, tzinfo=UTC)
    assert ROUND_THE_CLOCK.add(late, timedelta(days=3)) is None
    assert ROUND_THE_CLOCK.add(late, timedelta(hours=1)) == late + timedelta(hours=1)


def test_overlapping_hours_that_were_stored_count_once() -> None:
    twice = Calendar((read_day("10:00-14:00, 08:00-12:00, 09:00-10:00"), *WEEK[1:]))
    day = (london(2026, 6, 8), london(2026, 6, 9))
    assert twice.between(*day) == timedelta(hours=6)


def test_a_span_begins_and_ends_at_its_minute_and_at_midnight_with_the_day() -> None:
    spans = read_day("08:30-17:45, 18:00-24:00")
    assert [(each.first_minute, each.last_minute) for each in spans] == [(510, 1065), (1080, 1440)]
