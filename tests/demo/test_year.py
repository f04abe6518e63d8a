"""The drawn incidents look alike on whatever day the demonstration is made."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from eds_tui.demo.data import read_data
from eds_tui.demo.moments import before, between, school_moment
from eds_tui.demo.wording import Deck, Wording
from eds_tui.demo.year import Year
from eds_tui.domain.clock import LONDON
from eds_tui.domain.lifecycle import State

DATA = read_data()


def _london(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    "now",
    [
        _london(2026, 6, 10, 11, 52),
        _london(2026, 11, 23, 8, 1),
        _london(2026, 10, 25, 3, 30),
        _london(2026, 3, 29, 23, 59),
        _london(2026, 12, 25, 15, 0),
        _london(2026, 8, 17, 0, 0),
        _london(2028, 2, 29, 17, 0),
    ],
    ids=str,
)
def test_at_any_moment_the_same_mix_is_open_and_all_lies_in_the_year_before(
    now: datetime,
) -> None:
    drawn = Year(DATA, now).incidents()
    states = Counter(incident.state for incident in drawn if incident.state is not State.CLOSED)
    assert states == Counter(row.state for row in DATA.current)
    for incident in drawn:
        moments = [incident.opened_at, *(said.at for said in incident.comments)]
        moments.append(incident.resolved_at or now)
        assert moments == sorted(moments)
        assert now - timedelta(days=365) < moments[0] < now
        assert moments[-1] <= now
        if incident.resolved_at is not None:
            lasting = now - incident.resolved_at < timedelta(hours=24)
            assert lasting is (incident.state is State.RESOLVED)


def test_most_are_reported_on_weekdays_in_school_hours() -> None:
    opened = [
        incident.opened_at.astimezone(LONDON)
        for incident in Year(DATA, _london(2026, 6, 10, 11, 52)).incidents()
    ]
    usual = sum(moment.weekday() < 5 and 8 <= moment.hour < 17 for moment in opened)
    assert 0.85 < usual / len(opened) < 1


@pytest.mark.parametrize(
    ("now", "minutes", "expected"),
    [
        (_london(2026, 6, 10, 11, 52), 22, _london(2026, 6, 10, 11, 30)),
        (_london(2026, 6, 10, 9, 0), 90, _london(2026, 6, 9, 16, 30)),
        (_london(2026, 6, 8, 8, 30), 60, _london(2026, 6, 5, 16, 30)),
        (_london(2026, 6, 7, 12, 0), 540, _london(2026, 6, 5, 8, 0)),
        (_london(2026, 6, 10, 22, 0), 1, _london(2026, 6, 10, 16, 59)),
        (_london(2026, 10, 26, 9, 0), 120, _london(2026, 10, 23, 16, 0)),
    ],
)
def test_service_minutes_are_counted_back_over_nights_and_weekends(
    now: datetime, minutes: int, expected: datetime
) -> None:
    assert before(now, minutes) == expected


def test_a_moment_between_two_is_not_outside_them_however_close_they_are() -> None:
    start = _london(2026, 6, 10, 23, 0)
    rng = Random(1)
    drawn = [between(rng, start, start + timedelta(seconds=2)) for _ in range(50)]
    assert {moment - start for moment in drawn} == {timedelta(0), timedelta(seconds=1)}


def test_school_moments_keep_within_the_days_they_are_asked_for() -> None:
    now = _london(2026, 6, 10, 11, 52)
    days = {
        (now.astimezone(LONDON).date() - school_moment(Random(seed), now, range(2, 5)).date()).days
        for seed in range(40)
    }
    assert days == {2, 3, 4}


def test_a_deck_deals_every_card_once_before_any_again() -> None:
    deck = Deck(Random(3), "abcde")
    for _ in range(4):
        assert sorted(deck.deal() for _ in range(5)) == list("abcde")


def test_a_slot_is_filled_alike_throughout_an_incident_and_starts_with_a_capital() -> None:
    wording = Wording(Random(5), {"room": ["the hall", "the library"]})
    text = wording.fill("{room}: no sound in {room}")
    room = wording.fill("in {room}").removeprefix("in ")
    assert text == f"{room.capitalize()}: no sound in {room}"
    assert wording.fill("room [/] {room}") == f"room [/] {room}"


def test_there_are_at_least_60_templates_and_no_slot_without_words() -> None:
    texts = [
        text
        for template in DATA.templates
        for text in (template.text, template.ask, template.answer, template.done)
    ]
    talk = DATA.talk
    texts += [*talk.working, *talk.change, *talk.deferral, *talk.chase]
    assert len({template.text for template in DATA.templates}) >= 60
    assert all(texts)
    assert {slot for text in texts for slot in re.findall(r"\{(.*?)\}", text)} == set(DATA.words)


def test_every_attached_file_has_its_text() -> None:
    named = {template.file for template in DATA.templates} | {row.file for row in DATA.guide}
    assert named - {""} == set(DATA.files)
