"""How moments are written for people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from eds_tui.domain.clock import age, full_time, short_time, utc_now
from tests.cases import each_case

NOW = datetime(2026, 6, 10, 10, 52, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2022, 6, 13, 10, 51, 28, tzinfo=UTC), "13-06-2022 11:51:28"),
        (datetime(2022, 1, 3, 11, 51, 28, tzinfo=UTC), "03-01-2022 11:51:28"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "25-10-2026 01:30:00"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "25-10-2026 01:30:00"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29-03-2026 02:00:00"),
    ],
)
def test_a_full_time_is_london_time_as_comments_are_dated(moment: datetime, written: str) -> None:
    assert full_time(moment) == written


@each_case(
    "moment, written",
    [
        (NOW, "11:52"),
        (datetime(2026, 6, 9, 23, 0, tzinfo=UTC), "00:00"),
        (datetime(2026, 6, 9, 22, 59, tzinfo=UTC), "09 Jun"),
        (datetime(2026, 6, 10, 23, 30, tzinfo=UTC), "11 Jun"),
        (datetime(2025, 12, 31, 12, 0, tzinfo=UTC), "31 Dec"),
        (datetime(2022, 6, 13, 12, 0, tzinfo=UTC), "13 Jun 22"),
    ],
)
def test_a_short_time_is_the_hour_today_and_the_day_before_that(
    moment: datetime, written: str
) -> None:
    assert short_time(moment, NOW) == written


@each_case(
    "ago, written",
    [
        (timedelta(seconds=-5), "0 min"),
        (timedelta(seconds=59), "0 min"),
        (timedelta(minutes=6), "6 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=23, minutes=59), "23 h"),
        (timedelta(days=1), "1 d"),
        (timedelta(days=45), "45 d"),
    ],
)
def test_an_age_has_one_unit(ago: timedelta, written: str) -> None:
    assert age(NOW - ago, NOW) == written


def test_the_clock_of_the_program_is_aware_and_in_utc() -> None:
    assert utc_now().tzinfo is UTC
