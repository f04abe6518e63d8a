"""Service hours as leads type them and as they are stored; what is refused."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eds_tui.domain.calendar import Calendar
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.service_hours import WEEKDAYS, Hours, Week, read_day, write_day
from tests.cases import each_case

NOW = datetime(2026, 6, 10, 10, 52, tzinfo=UTC)
DAY = read_day("08:00-17:00")
WEEK: Week = (DAY, DAY, DAY, DAY, DAY, (), ())


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("", ()),
        ("  ", ()),
        ("08:00-17:00", (Hours(time(8), time(17)),)),
        (" 08:00 - 12:00,13:30–24:00 ", (Hours(time(8), time(12)), Hours(time(13, 30), time(0)))),
        ("00:00-00:00", (Hours(time(0), time(0)),)),
    ],
)
def test_hours_are_read_as_they_are_typed(typed: str, hours: tuple[Hours, ...]) -> None:
    assert read_day(typed) == hours
    assert read_day(write_day(hours)) == hours


@each_case(
    "typed",
    ["8-17", "closed", "08:00", "08:00-25:00", "08:60-17:00", "08:00-17:00,", "24:00-24:00"],
)
def test_hours_that_are_none_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="08:00-17:00, several with a comma"):
        read_day(typed)


def test_the_end_of_the_day_is_written_as_24_00() -> None:
    assert write_day(read_day("18:00-00:00")) == "18:00-24:00"


def problems(calendar: Calendar) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refused:
        calendar.check(NOW)
    return refused.value.problems


def test_a_calendar_without_an_open_hour_is_refused() -> None:
    assert problems(Calendar(((),) * 7)) == {
        "hours": "Give at least one hour of the week in which you are open."
    }


def test_a_calendar_whose_closed_days_leave_nothing_is_refused() -> None:
    closed = frozenset(NOW.date() + timedelta(days=number) for number in range(365 * 4))
    assert problems(Calendar(WEEK, closed_days=closed)) == {
        "closed_days": "With these closed days you are not open for two years."
    }


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("17:00-08:00", "It must close after it opens; write 24:00 for the end of the day."),
        ("08:00-08:00", "It must close after it opens; write 24:00 for the end of the day."),
        ("08:00-12:00, 11:59-17:00", "The hours overlap; write the earlier ones first."),
        ("13:00-17:00, 08:00-12:00", "The hours overlap; write the earlier ones first."),
        ("08:00-24:00, 23:00-24:00", "The hours overlap; write the earlier ones first."),
    ],
)
def test_hours_that_can_not_be_are_refused_at_their_weekday(day: str, sentence: str) -> None:
    assert problems(Calendar((*WEEK[:2], read_day(day), *WEEK[3:]))) == {"wednesday": sentence}


def test_hours_are_whole_minutes() -> None:
    odd = Calendar(((Hours(time(8, 0, 1), time(17)),), *WEEK[1:]))
    assert problems(odd) == {"monday": "Opening and closing times are whole minutes."}


@pytest.mark.parametrize(
    "day", ["08:00-12:00, 12:00-17:00", "08:00-12:00, 13:00-17:00", "00:00-24:00", "23:59-24:00"]
)
def test_hours_that_touch_or_fill_the_day_are_taken(day: str) -> None:
    calendar = Calendar(((), (), (), (), (), (), read_day(day)))
    calendar.check(NOW)
    assert calendar.opening(NOW) is not None


minutes = st.lists(st.integers(0, 1440), unique=True, max_size=6).map(sorted)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    st.lists(minutes, min_size=7, max_size=7),
    st.booleans(),
    st.frozensets(st.dates(date(2020, 1, 1), date(2040, 1, 1)), max_size=5),
)
def test_a_calendar_comes_back_from_json_as_it_was(
    week: list[list[int]], bank_holidays: bool, closed: frozenset[date]
) -> None:
    def day(cuts: list[int]) -> str:
        written = [f"{cut // 60:02}:{cut % 60:02}" for cut in cuts]
        return ", ".join(
            f"{first}-{last}" for first, last in zip(written[::2], written[1::2], strict=False)
        )

    read = [read_day(day(cuts)) for cuts in week]
    calendar = Calendar(
        (read[0], read[1], read[2], read[3], read[4], read[5], read[6]), bank_holidays, closed
    )
    assert Calendar.from_data(json.loads(json.dumps(calendar.to_data()))) == calendar


def test_the_stored_form_can_be_read_by_people() -> None:
    calendar = Calendar(WEEK, closed_days=frozenset({date(2026, 12, 31), date(2026, 12, 24)}))
    assert calendar.to_data() == {
        "hours": {
            **dict.fromkeys(
                ("monday", "tuesday", "wednesday", "thursday", "friday"), "08:00-17:00"
            ),
            "saturday": "",
            "sunday": "",
        },
        "bank_holidays": True,
        "closed_days": ["2026-12-24", "2026-12-31"],
    }


GOOD = Calendar(WEEK).to_data()


@each_case(
    "data",
    [
        *(None, [], "", 7, {}),
        {"hours": GOOD["hours"], "bank_holidays": True},
        GOOD | {"bank_holidays": 1},
        GOOD | {"closed_days": "2026-12-24"},
        GOOD | {"closed_days": ["24/12/2026"]},
        GOOD | {"closed_days": [20261224]},
        GOOD | {"hours": {"monday": "08:00-17:00"}},
        GOOD | {"hours": dict.fromkeys(WEEKDAYS, None)},
        GOOD | {"hours": dict.fromkeys(WEEKDAYS, "8 to 5")},
    ],
)
def test_a_stored_calendar_that_is_damaged_is_refused_in_words(data: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        Calendar.from_data(data)
    assert refused.value.problems == {"calendar": "The stored service hours can't be read."}
