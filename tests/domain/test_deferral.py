"""The day and time until which an incident is put off, as people type it."""

from __future__ import annotations

import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eds_tui.domain import clock
from eds_tui.domain.clock import LONDON
from eds_tui.domain.deferral import EXAMPLES, in_words, parse_when
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.london import zone_where_twice
from tests import nasty
from tests.cases import each_case
from tests.london import london, moments

NOW = london(2026, 6, 10, 11, 51) + timedelta(seconds=28)
"""A Wednesday."""
NOT_UNDERSTOOD = f"That is not understood. Write it as {EXAMPLES}."

often = settings(derandomize=True, deadline=None, max_examples=200)


def refusal(text: str, now: datetime = NOW) -> str:
    with pytest.raises(InvalidInput) as refused:
        parse_when(text, now)
    assert list(refused.value.problems) == ["when"]
    return refused.value.problems["when"]


@each_case(
    "text, moment",
    [
        ("tomorrow 9", london(2026, 6, 11, 9)),
        ("tomorrow 9:30", london(2026, 6, 11, 9, 30)),
        ("Tomorrow, at 9.30", london(2026, 6, 11, 9, 30)),
        ("  TOMORROW\t noon ", london(2026, 6, 11, 12)),
        ("tomorrow", london(2026, 6, 11, 8)),
        ("today 12:00", london(2026, 6, 10, 12)),
        ("14:00", london(2026, 6, 10, 14)),
        ("at 2pm", london(2026, 6, 10, 14)),
        ("2 pm", london(2026, 6, 10, 14)),
        ("noon", london(2026, 6, 10, 12)),
        ("fri 14:00", london(2026, 6, 12, 14)),
        ("friday 2pm", london(2026, 6, 12, 14)),
        ("fri 2 pm", london(2026, 6, 12, 14)),
        ("fri 12am", london(2026, 6, 12, 0)),
        ("fri 12pm", london(2026, 6, 12, 12)),
        ("fri 12:30am", london(2026, 6, 12, 0, 30)),
        ("fri 0", london(2026, 6, 12, 0)),
        ("fri 7", london(2026, 6, 12, 7)),
        ("fri 23", london(2026, 6, 12, 23)),
        ("monday", london(2026, 6, 15, 8)),
        ("tues", london(2026, 6, 16, 8)),
        ("weds 12:00", london(2026, 6, 10, 12)),
        ("thur", london(2026, 6, 11, 8)),
        ("thurs", london(2026, 6, 11, 8)),
        ("wed 12:00", london(2026, 6, 10, 12)),
        ("wed 11:00", london(2026, 6, 17, 11)),
        ("wed", london(2026, 6, 17, 8)),
        ("13/06 09:30", london(2026, 6, 13, 9, 30)),
        ("13/6/2027 9.30", london(2027, 6, 13, 9, 30)),
        ("13-06-2026 11:51", london(2026, 6, 13, 11, 51)),
        ("13/06/27", london(2027, 6, 13, 8)),
        ("12 june 9", london(2026, 6, 12, 9)),
        ("12th Jun", london(2026, 6, 12, 8)),
        ("1 sept 2026 at 10:15", london(2026, 9, 1, 10, 15)),
        ("fri 12/6 9am", london(2026, 6, 12, 9)),
        ("29/2/2028 9am", london(2028, 2, 29, 9)),
        ("in 2 hours", london(2026, 6, 10, 13, 51)),
        ("in 2h", london(2026, 6, 10, 13, 51)),
        ("in an hour", london(2026, 6, 10, 12, 51)),
        ("in 1 minute", london(2026, 6, 10, 11, 52)),
        ("in 90 mins", london(2026, 6, 10, 13, 21)),
        ("in 3 days", london(2026, 6, 13, 11, 51)),
        ("in a week", london(2026, 6, 17, 11, 51)),
        ("in 2 weeks", london(2026, 6, 24, 11, 51)),
    ],
)
def test_it_can_be_typed_as_people_say_it(text: str, moment: datetime) -> None:
    found = parse_when(text, NOW)
    assert found == moment
    assert found.tzinfo is UTC


@each_case("example", EXAMPLES.replace(" or ", ", ").split(", "))
def test_every_example_is_understood(example: str) -> None:
    assert parse_when(example, NOW) > NOW


@each_case(
    "text",
    [
        *("", " ", "at", "9", "fri at", "next friday", "soon", "may", "12 maybe", "fri fri 9"),
        *("13/06-2026", "13.06.2026", "2026-06-13", "13/06/026", "tomorrow 930", "in -2 hours"),
        *("in 99999 days", "in 2 years", "in two days", "fri 14:0", "fri 14:000", "14:00 fri"),
        *("1 3/06", "٣ june", "tomorrow \uff19", "in ² days", "x" * 61, "tomorrow 9" + " " * 60),
    ],
)
def test_what_is_not_understood_is_refused_with_examples(text: str) -> None:
    assert refusal(text) == NOT_UNDERSTOOD


@each_case(
    "text, sentence",
    [
        ("11:51", "Wednesday 10 June 2026 at 11:51 is over already."),
        ("in 0 minutes", "Wednesday 10 June 2026 at 11:51 is over already."),
        ("today", "Wednesday 10 June 2026 at 08:00 is over already."),
        ("in 0 days", "Wednesday 10 June 2026 at 11:51 is over already."),
        ("09/06 14:00", "Tuesday 9 June 2026 at 14:00 is over already."),
        ("13-06-2022 11:51", "Monday 13 June 2022 at 11:51 is over already."),
        ("31/02", "There is no such day; write day, month and year as 13/06/2027."),
        ("29/02/2027", "There is no such day; write day, month and year as 13/06/2027."),
        ("13/13", "There is no such day; write day, month and year as 13/06/2027."),
        ("31 june 9am", "There is no such day; write day, month and year as 13/06/2027."),
        ("1/1/0000", "There is no such day; write day, month and year as 13/06/2027."),
        ("25:00", "There is no such time of day; write 00:00 to 23:59."),
        ("24:00", "There is no such time of day; write 00:00 to 23:59."),
        ("fri 24", "There is no such time of day; write 00:00 to 23:59."),
        ("fri 12:60", "There is no such time of day; write 00:00 to 23:59."),
        ("fri 13pm", "There is no such time of day; write 00:00 to 23:59."),
        ("fri 0am", "There is no such time of day; write 00:00 to 23:59."),
        ("fri 2", "Is that 02:00 or 14:00? Write 2am or 2pm."),
        ("thu 12/6", "12 June 2026 is a Friday."),
        ("10/06/2028 11:52", "Give a time within the next 2 years."),
        ("31/12/9999 23:59", "Give a time within the next 2 years."),
        ("in 9999 weeks", "Give a time within the next 2 years."),
    ],
)
def test_what_can_not_be_meant_is_refused_in_words(text: str, sentence: str) -> None:
    assert refusal(text) == sentence


@each_case("hour", range(24))
def test_an_hour_that_could_be_in_either_half_of_the_day_is_not_guessed(hour: int) -> None:
    if 1 <= hour <= 6:
        question = f"Is that {hour:02}:00 or {hour + 12}:00? Write {hour}am or {hour}pm."
        assert refusal(f"fri {hour}") == question
    else:
        assert parse_when(f"fri {hour}", NOW) == london(2026, 6, 12, hour)


def test_two_years_ahead_to_the_minute_is_taken() -> None:
    assert parse_when("10/06/2028 11:51", NOW) == london(2028, 6, 10, 11, 51)
    leap_day = london(2028, 2, 29, 9)
    assert parse_when("28/02/2030 9am", leap_day) == london(2030, 2, 28, 9)
    assert refusal("1/3/2030 9am", leap_day) == "Give a time within the next 2 years."


@pytest.mark.parametrize(
    ("now", "text", "moment"),
    [
        (london(2026, 12, 20, 9), "05/01", london(2027, 1, 5, 8)),
        (london(2026, 12, 20, 9), "31/12", london(2026, 12, 31, 8)),
        (london(2027, 11, 1, 9), "29/02", london(2028, 2, 29, 8)),
        (london(2026, 12, 31, 23, 59), "tomorrow 0:00", london(2027, 1, 1)),
    ],
)
def test_a_date_without_a_year_is_the_near_one(now: datetime, text: str, moment: datetime) -> None:
    assert parse_when(text, now) == moment


def test_a_date_just_past_is_not_taken_for_next_years() -> None:
    winter = london(2026, 12, 20)
    assert parse_when("21/6", winter) == london(2027, 6, 21, 8)
    assert refusal("22/6", winter) == "Monday 22 June 2026 at 08:00 is over already."
    assert refusal("19/12", london(2026, 12, 20)).endswith(
        "19 December 2026 at 08:00 is over already."
    )


@pytest.mark.parametrize("text", ["29/03 01:00", "tomorrow 1:30", "sun 1am", "in 1 day"])
def test_an_hour_that_the_clocks_skip_is_refused(text: str) -> None:
    sentence = refusal(text, london(2026, 3, 28, 1, 30))
    hour = "01:30" if "30" in text or "in" in text else "01:00"
    assert sentence == (f"The clocks go forward on Sunday 29 March 2026, and there is no {hour}.")


def test_hours_and_days_ahead_over_a_change_of_the_clocks() -> None:
    before = london(2026, 3, 28, 12)
    assert parse_when("in 24 hours", before) == london(2026, 3, 29, 13)
    assert parse_when("in 1 day", before) == london(2026, 3, 29, 12)


def test_an_hour_that_comes_twice_is_taken_the_first_time_and_says_so() -> None:
    found = parse_when("25/10 01:30", NOW)
    assert found == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert in_words(found, NOW) == (
        "Sunday 25 October 2026 at 01:30 BST, before the clocks go back (in 137 days)"
    )
    assert in_words(found + timedelta(hours=1), NOW) == (
        "Sunday 25 October 2026 at 01:30 GMT, after the clocks have gone back (in 137 days)"
    )


def test_between_the_two_hours_the_first_is_over() -> None:
    now = london(2026, 10, 25, 1, 15, fold=1)
    assert refusal("1:30am", now) == (
        "Sunday 25 October 2026 at 01:30 BST, before the clocks go back, is over already."
    )
    assert parse_when("in 15 minutes", now) == london(2026, 10, 25, 1, 30, fold=1)


@each_case(
    "moment, words",
    [
        (london(2026, 6, 12, 14), "Friday 12 June 2026 at 14:00 (in 2 days)"),
        (london(2026, 6, 11, 0), "Thursday 11 June 2026 at 00:00 (tomorrow)"),
        (london(2026, 6, 10, 13, 51), "Wednesday 10 June 2026 at 13:51 (in 2 hours)"),
        (london(2026, 6, 10, 14, 50), "Wednesday 10 June 2026 at 14:50 (in 3 hours)"),
        (london(2026, 6, 10, 15, 21), "Wednesday 10 June 2026 at 15:21 (in 4 hours)"),
        (london(2026, 6, 10, 12, 51), "Wednesday 10 June 2026 at 12:51 (in 1 hour)"),
        (london(2026, 6, 10, 12, 50), "Wednesday 10 June 2026 at 12:50 (in 59 minutes)"),
        (london(2026, 6, 10, 11, 52), "Wednesday 10 June 2026 at 11:52 (in 1 minute)"),
        (london(2026, 6, 10, 11, 51), "Wednesday 10 June 2026 at 11:51 (over already)"),
    ],
)
def test_it_is_read_back_with_how_far_off_it_is(moment: datetime, words: str) -> None:
    assert in_words(moment, NOW) == words


def test_now_itself_is_over_already() -> None:
    noon = london(2026, 6, 10, 12)
    assert refusal("12:00", noon) == "Wednesday 10 June 2026 at 12:00 is over already."


def test_how_far_off_it_is_does_not_depend_on_the_zone_it_is_given_in() -> None:
    now, moment = london(2026, 3, 29, 0, 30), london(2026, 3, 29, 4)
    words = "Sunday 29 March 2026 at 04:00 (in 2 hours)"
    assert in_words(moment, now) == words
    assert in_words(moment.astimezone(LONDON), now.astimezone(LONDON)) == words


@often
@given(moments(step=timedelta(minutes=1)), st.integers(1, 60 * 24 * 700))
def test_what_is_read_back_can_be_typed_again(now: datetime, minutes: int) -> None:
    moment = now.astimezone(UTC) + timedelta(minutes=minutes)
    if zone_where_twice(moment) == "GMT":
        moment += timedelta(hours=1)
    assert parse_when(clock.in_words(moment), now) == moment


WORDS = (
    *("in", "at", "today", "tomorrow", "fri", "monday", "june", "29", "31/02", "29/03", "25/10"),
    *("01:30", "99:99", "9", "0", "12", "pm", "am", "2pm", "noon", "/", ":", "2026", "29/2/2028"),
    *("hours", "9999", "weeks", "days", ",", "0000", "9999-", "1/1/0001", "31/12/9999"),
)


def outcome(text: str, now: datetime) -> tuple[datetime | None, dict[str, str]]:
    try:
        return parse_when(text, now), {}
    except InvalidInput as refused:
        return None, refused.problems


@settings(derandomize=True, deadline=None, max_examples=500)
@given(
    st.one_of(
        st.text(),
        st.text(string.digits + "/-:. apm", max_size=20),
        st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
    ),
    moments(),
)
def test_any_text_gives_a_moment_ahead_or_a_sentence(text: str, now: datetime) -> None:
    moment, problems = outcome(text, now)
    if moment is None:
        assert list(problems) == ["when"]
        assert problems["when"].endswith(".")
    else:
        assert now < moment < now + timedelta(days=732)


@each_case("text", nasty.ALL)
def test_texts_that_break_programs_are_refused_without_an_echo(text: str) -> None:
    assert refusal(text) == NOT_UNDERSTOOD
