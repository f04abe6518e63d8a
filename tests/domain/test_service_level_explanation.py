"""The due date explained in words, line by line."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from eds_tui.domain.calendar import Calendar
from eds_tui.domain.explanation import Kind, Segment, duration, explain, in_lines, in_words
from eds_tui.domain.service_hours import read_day
from eds_tui.domain.service_level import Pause
from eds_tui.domain.targets import EXAMPLE, NO_TARGET, Target
from tests.cases import each_case
from tests.london import london

CALENDAR = EXAMPLE.calendar


def test_a_pause_says_why_and_what_did_not_count() -> None:
    pause = Pause(london(2026, 6, 8, 12), london(2026, 6, 9, 9), "waiting for the school")
    logged = london(2026, 6, 8, 10)
    assert in_lines(explain(logged, Target(240), CALENDAR, [pause], logged)) == (
        "Mon 8 Jun 10:00 to 12:00  running, 2 h",
        "Mon 8 Jun 12:00 to Tue 9 Jun 09:00  paused (waiting for the school), 6 h not counted",
        "Tue 9 Jun 09:00 to 11:00  running, 2 h",
    )


def test_a_late_incident_shows_when_it_fell_due() -> None:
    logged, now = london(2026, 6, 8, 13), london(2026, 6, 9, 10)
    assert in_lines(explain(logged, Target(60), CALENDAR, (), now)) == (
        "Mon 8 Jun 13:00 to 14:00  running, 1 h",
        "Mon 8 Jun 14:00 to 17:00  running after the due date, 3 h",
        "Mon 8 Jun 17:00 to Tue 9 Jun 08:00  closed hours",
        "Tue 9 Jun 08:00 to 10:00  running after the due date, 2 h",
    )


def test_a_pause_at_the_weekend_took_nothing() -> None:
    logged = london(2026, 6, 12, 16)
    pause = Pause(london(2026, 6, 12, 17), london(2026, 6, 15, 8), "deferred")
    assert in_lines(explain(logged, Target(120), CALENDAR, [pause], logged)) == (
        "Fri 12 Jun 16:00 to 17:00  running, 1 h",
        "Fri 12 Jun 17:00 to Mon 15 Jun 08:00  paused (deferred)",
        "Mon 15 Jun 08:00 to 09:00  running, 1 h",
    )


def test_closed_days_and_weekdays_without_hours_are_told_apart() -> None:
    day = read_day("08:00-17:00")
    calendar = Calendar((day, day, (), day, day, (), ()), closed_days=frozenset({date(2026, 6, 9)}))
    logged = london(2026, 6, 8, 16)
    assert in_lines(explain(logged, Target(120), calendar, (), logged)) == (
        "Mon 8 Jun 16:00 to 17:00  running, 1 h",
        "Mon 8 Jun 17:00 to 24:00  closed hours",
        "Tue 9 Jun  closed day",
        "Wed 10 Jun  closed day (never open on a Wednesday)",
        "Thu 11 Jun 00:00 to 08:00  closed hours",
        "Thu 11 Jun 08:00 to 09:00  running, 1 h",
    )


def test_without_a_due_date_it_is_explained_until_now() -> None:
    logged, now = london(2026, 6, 8, 16), london(2026, 6, 8, 18)
    assert in_lines(explain(logged, NO_TARGET, CALENDAR, (), now)) == (
        "Mon 8 Jun 16:00 to 17:00  running, 1 h",
        "Mon 8 Jun 17:00 to 18:00  closed hours",
    )
    assert explain(now, NO_TARGET, CALENDAR, (), logged) == ()


def test_a_week_fits_a_screen_day_by_day() -> None:
    logged = london(2026, 6, 10, 10)
    lines = in_lines(explain(logged, Target(working_days=5), CALENDAR, (), logged))
    assert len(lines) == 13
    assert lines[4:7] == (
        "Fri 12 Jun 08:00 to 17:00  running, 9 h",
        "Fri 12 Jun 17:00 to 24:00  closed hours",
        "Sat 13 to Sun 14 Jun  weekend",
    )


def test_long_stretches_are_put_together_around_what_is_out_of_the_ordinary() -> None:
    logged, now = london(2025, 12, 1, 10), london(2026, 1, 12, 10)
    pause = Pause(london(2025, 12, 30, 12), london(2026, 1, 5, 9), "deferred")
    assert in_lines(explain(logged, Target(60), CALENDAR, [pause], now)) == (
        "Mon 1 Dec 10:00 to 11:00  running, 1 h",
        "Mon 1 Dec 11:00 to Wed 24 Dec 24:00  running in service hours after the due date, 159 h",
        "Thu 25 Dec  bank holiday (Christmas Day)",
        "Fri 26 Dec  bank holiday (Boxing Day)",
        "Sat 27 Dec 00:00 to Tue 30 Dec 12:00  running in service hours after the due date, 13 h",
        "Tue 30 Dec 2025 12:00 to Mon 5 Jan 2026 09:00  paused (deferred), 24 h not counted",
        "Mon 5 Jan 09:00 to Mon 12 Jan 10:00  running in service hours after the due date, 46 h",
    )


def test_closed_time_between_two_pauses_is_put_together_as_closed() -> None:
    logged, now = london(2026, 5, 1, 10), london(2026, 6, 16, 10)
    pauses = [
        Pause(london(2026, 5, 1, 12), london(2026, 6, 12, 18), "first"),
        Pause(london(2026, 6, 15, 7), london(2026, 6, 15, 8), "second"),
        *(
            Pause(london(2026, 6, 15, 8, 2 * each), london(2026, 6, 15, 8, 2 * each + 1), "more")
            for each in range(1, 8)
        ),
    ]
    lines = in_lines(explain(logged, Target(6000), CALENDAR, pauses, now))
    assert lines[2] == "Fri 12 Jun 18:00 to Mon 15 Jun 07:00  closed hours"


def test_years_are_put_together_with_their_bank_holidays() -> None:
    logged, now = london(2024, 1, 2, 8), london(2026, 6, 8, 10)
    lines = in_lines(explain(logged, Target(60), CALENDAR, (), now))
    assert lines[0] == "Tue 2 Jan 08:00 to 09:00  running, 1 h"
    assert lines[1].startswith("Tue 2 Jan 2024 09:00 to Mon 8 Jun 2026 10:00  running in service")
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("start", "end", "stretch"),
    [
        (
            london(2026, 10, 25, 1, 30),
            london(2026, 10, 25, 1, 30, fold=1),
            "01:30 BST to 01:30 GMT",
        ),
        (london(2026, 10, 25, 0, 30), london(2026, 10, 25, 2), "00:30 to 02:00"),
        (london(2026, 10, 25), london(2026, 10, 25, 1), "00:00 to 01:00 BST"),
    ],
)
def test_the_hour_that_comes_twice_is_told_apart(
    start: datetime, end: datetime, stretch: str
) -> None:
    assert in_words(Segment(start, end, Kind.WEEKEND)) == f"Sun 25 Oct {stretch}  weekend"


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (london(2026, 3, 29), london(2026, 3, 30), "Sun 29 Mar"),
        (london(2026, 10, 24), london(2026, 10, 26), "Sat 24 to Sun 25 Oct"),
        (london(2026, 10, 31), london(2026, 11, 2), "Sat 31 Oct to Sun 1 Nov"),
        (london(2026, 12, 31), london(2027, 1, 2), "Thu 31 Dec 2026 to Fri 1 Jan 2027"),
    ],
)
def test_whole_days_have_no_hour(start: datetime, end: datetime, days: str) -> None:
    assert in_words(Segment(start, end, Kind.CLOSED_DAY)) == f"{days}  closed day"


@each_case(
    "length, words",
    [
        (timedelta(seconds=29), "under 1 min"),
        (timedelta(seconds=30), "1 min"),
        (timedelta(minutes=59, seconds=29), "59 min"),
        (timedelta(minutes=59, seconds=30), "1 h"),
        (timedelta(hours=3, minutes=30), "3 h 30 min"),
        (timedelta(hours=1200, minutes=1), "1,200 h 1 min"),
    ],
)
def test_a_length_is_read_to_the_minute(length: timedelta, words: str) -> None:
    assert duration(length) == words
