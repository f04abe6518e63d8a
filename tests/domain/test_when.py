"""How a promised moment is written, and how late something is (rule 44)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from eds_tui.domain.lifecycle import State
from eds_tui.domain.when import (
    at_a_glance,
    dated,
    day_at_a_glance,
    lateness,
    minutes_late,
    past_at_a_glance,
    state_until,
)
from tests.london import london

NOW = london(2026, 11, 29, 11, 52)
"""A Sunday."""


@pytest.mark.parametrize(("moment", "written"), [
    (NOW, "Sun 11:52"),
    (london(2026, 11, 30, 8), "Mon 08:00"),
    (london(2026, 12, 5, 11, 52), "Sat 11:52"),
    (london(2026, 12, 5, 11, 53), "5 Dec 11:53"),
    (london(2026, 12, 7, 8), "7 Dec 08:00"),
    (london(2026, 12, 17, 8), "17 Dec 08:00"),
    (london(2026, 11, 27, 8), "27 Nov 08:00"),
    (london(2026, 11, 29, 11, 51), "29 Nov 11:51"),
    (london(2027, 12, 7, 8), "7 Dec 2027"),
    (london(2022, 6, 10, 8), "10 Jun 2022"),
    (NOW + timedelta(days=300), "25 Sep 12:52"),
    (NOW + timedelta(days=300, minutes=1), "25 Sep 2027"),
    (NOW - timedelta(days=300), "2 Feb 11:52"),
])  # fmt: skip
def test_a_weekday_stands_only_for_the_next_six_days(moment: datetime, written: str) -> None:
    assert at_a_glance(moment, NOW) == written
    assert len(written) <= 12


def test_where_it_is_not_known_when_it_is_read_day_and_month_are_written() -> None:
    assert at_a_glance(NOW, None) == "29 Nov 11:52"


def test_in_the_hour_that_comes_twice_the_zone_is_named() -> None:
    twice = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert dated(twice) == "Sun 25 Oct 2026 01:30 BST"
    told = state_until(State.ON_HOLD_DEFERRAL, twice + timedelta(hours=1))
    assert told == "On Hold (Customer Deferral) until Sunday 25 October 2026 at 01:30 GMT"
    assert state_until(State.NEW, None) == "New"


@pytest.mark.parametrize(("late", "minutes", "written"), [
    (timedelta(0), 0, "late"),
    (timedelta(microseconds=1), 1, "late 1 min"),
    (timedelta(minutes=40), 40, "late 40 min"),
    (timedelta(hours=3), 180, "late 3 h"),
    (timedelta(days=2, hours=23), 4260, "late 2 d"),
    (timedelta(days=1633), 2_351_520, "late 1633 d"),
])  # fmt: skip
def test_late_says_by_how_much(late: timedelta, minutes: int, written: str) -> None:
    assert minutes_late(NOW - late, NOW) == minutes
    assert lateness(minutes) == written


def test_what_is_not_due_is_not_late() -> None:
    assert minutes_late(None, NOW) == minutes_late(NOW + timedelta(days=1), NOW) == 0


@pytest.mark.parametrize(("moment", "written", "day"), [
    (london(2026, 11, 29, 0, 5), "00:05", "00:05"),
    (london(2026, 11, 28, 23, 59), "Sat 23:59", "28 Nov"),
    (london(2026, 11, 23, 11, 52), "Mon 11:52", "23 Nov"),
    (london(2026, 11, 23, 11, 51), "23 Nov 11:51", "23 Nov"),
    (london(2022, 6, 10, 8), "10 Jun 2022", "Jun 22"),
    (london(2026, 12, 1, 8), "1 Dec 08:00", "1 Dec"),
])  # fmt: skip
def test_what_has_been_is_written_by_hour_weekday_or_date(
    moment: datetime, written: str, day: str
) -> None:
    assert (past_at_a_glance(moment, NOW), day_at_a_glance(moment, NOW)) == (written, day)
    assert (len(written) <= 12, len(day) <= 6) == (True, True)
