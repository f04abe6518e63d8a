"""The wall clock of London on the two nights a year on which it jumps."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings

from eds_tui.domain.calendar import Calendar
from eds_tui.domain.clock import LONDON
from eds_tui.domain.london import is_skipped, midnight, moment_of, zone_where_twice
from eds_tui.domain.service_hours import read_day
from tests.cases import each_case
from tests.london import moments

FORWARD = date(2026, 3, 29)
BACK = date(2026, 10, 25)


@each_case(
    "day, at, moment",
    [
        (FORWARD, time(0, 59), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (FORWARD, time(1), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (FORWARD, time(1, 30), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (FORWARD, time(1, 59), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (FORWARD, time(2), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (BACK, time(0, 59), datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        (BACK, time(1, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (BACK, time(1, 30, fold=1), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (BACK, time(2), datetime(2026, 10, 25, 2, tzinfo=UTC)),
    ],
)
def test_a_wall_time_is_the_first_moment_at_which_it_is_reached(
    day: date, at: time, moment: datetime
) -> None:
    assert moment_of(day, at) == moment


@each_case(
    "day, at, skipped",
    [
        (FORWARD, time(0, 59), False),
        (FORWARD, time(1), True),
        (FORWARD, time(1, 59), True),
        (FORWARD, time(2), False),
        (BACK, time(1, 30), False),
        (date(2026, 3, 28), time(1, 30), False),
    ],
)
def test_one_hour_a_year_is_skipped(day: date, at: time, skipped: bool) -> None:
    assert is_skipped(day, at) is skipped


@pytest.mark.parametrize(
    ("hour", "minute", "zone"),
    [(23, 59, ""), (0, 0, "BST"), (0, 59, "BST"), (1, 0, "GMT"), (2, 0, "")],
)
def test_the_hour_that_comes_twice_is_told_apart(hour: int, minute: int, zone: str) -> None:
    day = 24 if hour == 23 else 25
    assert zone_where_twice(datetime(2026, 10, day, hour, minute, tzinfo=UTC)) == zone


@settings(derandomize=True, deadline=None, max_examples=200)
@given(moments(step=timedelta(minutes=1)))
def test_a_moment_is_found_again_by_its_wall_time(moment: datetime) -> None:
    local = moment.astimezone(LONDON)
    again = moment_of(local.date(), local.time())
    hour = timedelta(hours=1) if zone_where_twice(moment) == "GMT" else timedelta(0)
    assert again == moment.astimezone(UTC) - hour
    assert midnight(local.date()) <= again < midnight(local.date() + timedelta(days=1))


@each_case(
    "hours, day, minutes",
    [
        ("00:00-01:30, 01:30-03:00", FORWARD, 120),
        ("00:00-01:30", FORWARD, 60),
        ("01:15-01:45", FORWARD, 0),
        ("01:30-03:00", FORWARD, 60),
        ("00:00-01:30, 01:30-03:00", BACK, 240),
        ("00:00-01:30", BACK, 90),
        ("01:30-03:00", BACK, 150),
    ],
)
def test_hours_over_the_change_last_as_long_as_they_last(
    hours: str, day: date, minutes: int
) -> None:
    week = ((), (), (), (), (), (), read_day(hours))
    spans = Calendar(week).spans(day)
    assert sum((closes - opens for opens, closes in spans), timedelta(0)) == timedelta(
        minutes=minutes
    )
