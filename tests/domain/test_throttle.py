"""Guessing is slowed down by where it comes from and in all, and nobody is kept out by others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from heapq import heappop, heappush

import pytest

from eds_tui.domain.throttle import (
    KNOWN_FOR,
    LIMITS,
    LONGEST_WAIT,
    TURN_LASTS,
    Attempt,
    Count,
    Kind,
    Verdict,
    forgive,
    judge,
    most_tries,
)
from tests.cases import each_case
from tests.factories import START

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
OWNER = Attempt(session="owner", source="10.0.0.1", name="handler")
GUESSER = Attempt(session="guesser", source="10.0.0.66", name="handler")


@dataclass
class Door:
    """A sign-in at which passwords are tried."""

    now: datetime = START
    stored: dict[str, Count] = field(default_factory=dict)

    def tries(self, attempt: Attempt, *, right: bool = False) -> Verdict:
        """Try a password, and keep what follows."""
        verdict = judge(attempt, self.stored, self.now)
        self.stored |= verdict.counts
        if verdict.checked and right:
            self.stored |= forgive(attempt, self.stored, self.now)
        return verdict

    def waits(self, attempt: Attempt, count: int) -> list[int]:
        """Try so many wrong passwords, each as soon as it is checked; return the waits told."""
        told = []
        for _ in range(count):
            verdict = self.tries(attempt)
            told.append(round(verdict.wait.total_seconds()))
            self.now += verdict.wait
        return told

    def seconds_until_in(self, attempt: Attempt) -> float:
        """Return how long somebody with the right password takes to be let in."""
        begun = self.now
        while not (verdict := self.tries(attempt, right=True)).checked:
            self.now += verdict.wait
        return (self.now - begun).total_seconds()


def guessers(count: int, sources: int = 1) -> Iterator[Attempt]:
    """Return sessions at which the owner's password is guessed."""
    for number in range(count):
        yield replace(GUESSER, session=f"s{number}", source=f"10.0.1.{number % sources}")


def attacked(sessions: int, sources: int, period: timedelta) -> tuple[Door, int]:
    """Let sessions guess as fast as they are let; return the sign-in, and how often it checked."""
    door, checked = Door(), 0
    due = [(START, number, each) for number, each in enumerate(guessers(sessions, sources))]
    while due[0][0] <= START + period:
        door.now, number, attempt = heappop(due)
        verdict = door.tries(attempt)
        checked += verdict.checked
        again = door.now + max(verdict.wait, timedelta(milliseconds=10))
        heappush(due, (again, number, attempt))
    door.now = START + period
    return door, checked


def test_a_session_waits_longer_after_each_wrong_password_and_never_longer_than_the_longest() -> (
    None
):
    assert Door().waits(OWNER, 13) == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 45, 45, 45]
    assert timedelta(seconds=45) == LONGEST_WAIT < MINUTE


@pytest.mark.parametrize(("kind", "free"), [
    (Kind.SESSION, 5), (Kind.PAIR, 5), (Kind.SOURCE, 20), (Kind.NAME, 20), (Kind.ALL, 200),
])  # fmt: skip
def test_what_each_count_lets_through_without_a_wait(kind: Kind, free: int) -> None:
    limit, empty_at = LIMITS[kind], None
    for _ in range(free):
        assert limit.wait(empty_at, START) == timedelta()
        empty_at = limit.with_one_more(empty_at, START)
    assert limit.wait(empty_at, START) == timedelta(seconds=1)
    assert limit.wait(empty_at, START + limit.forgiven_after) == timedelta()
    for _ in range(50):
        empty_at = limit.with_one_more(empty_at, START)
    assert limit.wait(empty_at, START) == LONGEST_WAIT
    assert empty_at is not None
    assert limit.wait(empty_at, empty_at - limit.forgiven_after * free) == timedelta(seconds=1)


def test_how_soon_one_wrong_password_is_forgiven() -> None:
    minutes = {kind: limit.forgiven_after / MINUTE for kind, limit in LIMITS.items()}
    assert minutes == {
        Kind.SESSION: 5, Kind.PAIR: 15, Kind.SOURCE: 1, Kind.NAME: 5, Kind.ALL: 5 / 60,
    }  # fmt: skip


def test_a_source_is_known_for_thirty_days_and_no_longer() -> None:
    door = Door()
    assert door.tries(OWNER, right=True).checked
    door.now += timedelta(days=30) - timedelta(seconds=1)
    for each in guessers(400, 400):
        door.tries(each)
    before, after = (replace(OWNER, session=name) for name in ("before", "after"))
    assert door.tries(before).wait == timedelta()
    door.now += timedelta(seconds=1)
    assert door.tries(after).wait > timedelta()


def test_a_wait_is_told_once_is_over_when_it_was_told_to_be_and_asking_does_not_prolong_it() -> (
    None
):
    door = Door()
    door.waits(OWNER, 10)
    told = door.tries(OWNER).wait
    assert told == LONGEST_WAIT
    for second in range(1, 45):
        door.now += timedelta(seconds=1)
        verdict = door.tries(OWNER, right=True)
        assert verdict == Verdict(False, told - timedelta(seconds=second), {})
    door.now += timedelta(seconds=1)
    assert door.tries(OWNER, right=True).checked
    assert door.tries(OWNER).wait == timedelta()


@each_case("sessions, sources", [(1, 1), (20, 1), (20, 20)])
@each_case("at", [OWNER, replace(OWNER, source="10.0.1.0")])
@each_case("known", [False, True])
def test_the_owner_is_in_within_a_minute_whatever_others_do(
    sessions: int, sources: int, at: Attempt, known: bool
) -> None:
    """Also where the guessing comes from the same terminal, and goes on meanwhile."""
    door, _ = attacked(sessions, sources, timedelta(minutes=30))
    if known:
        door.stored[at.known_key] = Count(door.now + KNOWN_FOR)
    first = door.tries(at, right=True)
    assert first.wait <= LONGEST_WAIT
    end = door.now + first.wait
    for each in guessers(sessions, sources):
        door.tries(each)
    door.now = end
    assert first.checked or door.tries(at, right=True).checked


def test_where_somebody_has_signed_in_nobody_waits_for_what_strangers_do() -> None:
    door = Door()
    assert door.tries(OWNER, right=True).checked
    for each in guessers(400, 400):
        door.tries(each)
    assert door.seconds_until_in(replace(OWNER, session="another")) == 0
    assert door.seconds_until_in(replace(OWNER, session="new", source="10.9.9.9")) == 1


def test_the_lock_of_an_open_session_is_slowed_by_its_own_tries_alone() -> None:
    lock = replace(OWNER, unlocks=True)
    door = Door()
    for each in (*guessers(400, 400), *guessers(40)):
        door.tries(replace(each, source=OWNER.source))
    assert door.seconds_until_in(lock) == 0
    assert door.waits(lock, 6) == [0, 0, 0, 0, 1, 2]
    assert set(lock.keys) == {Kind.SESSION}


@pytest.mark.parametrize(("sessions", "sources"), [(1, 1), (10, 1), (10, 10), (3, 2)])
def test_guessing_is_checked_no_more_often_than_is_said(sessions: int, sources: int) -> None:
    period = timedelta(hours=2)
    _, checked = attacked(sessions, sources, period)
    most = most_tries(sources, sessions, period)
    assert most - most // 10 - 13 * sources <= checked <= most


def test_the_budget_of_a_day() -> None:
    assert most_tries(1, 1, DAY) == 1_933
    assert most_tries(1, 100, DAY) == 192_112
    assert most_tries(1, 1, 365 * DAY) < 1e8 / 140


def test_new_sessions_and_new_sources_are_no_way_round() -> None:
    """A session each try, then a source each try."""
    door = Door()
    checked = sum(door.tries(each).checked for each in guessers(100))
    assert checked == LIMITS[Kind.PAIR].free
    checked = sum(door.tries(each).checked for each in guessers(200, 200))
    assert checked == LIMITS[Kind.NAME].free - LIMITS[Kind.PAIR].free
    names = [replace(GUESSER, session=f"n{n}", name=f"name {n}") for n in range(100)]
    assert sum(door.tries(each).checked for each in names) == LIMITS[Kind.SOURCE].free


def test_the_right_password_leaves_nothing_of_what_was_counted_here() -> None:
    door = Door()
    assert door.waits(OWNER, 4) == [0] * 4
    assert door.tries(OWNER, right=True).checked
    assert door.waits(OWNER, 5) == [0, 0, 0, 0, 1]


def test_sign_ins_of_many_from_one_source_do_not_add_up() -> None:
    door = Door()
    for number in range(500):
        person = Attempt(session=f"s{number}", source="10.0.0.1", name=f"person {number}")
        assert door.tries(person, right=True).checked
    assert door.waits(replace(OWNER, session="late"), 4) == [0] * 4


def test_a_clock_that_is_put_back_keeps_nobody_out() -> None:
    door = Door()
    door.waits(OWNER, 12)
    for each in guessers(40):
        door.tries(each)
    door.now -= timedelta(days=2)
    assert door.seconds_until_in(OWNER) <= 45
    assert door.seconds_until_in(replace(OWNER, session="new")) <= 45


def test_a_turn_may_be_taken_a_little_late() -> None:
    door = Door()
    door.waits(OWNER, 10)
    door.now += door.tries(OWNER).wait + TURN_LASTS
    assert door.tries(OWNER, right=True).checked


def test_a_turn_that_was_not_taken_is_over() -> None:
    door = Door()
    door.waits(OWNER, 12)
    for each in guessers(40):
        door.tries(replace(each, source=OWNER.source))
    door.tries(OWNER)
    door.now += LONGEST_WAIT + TURN_LASTS + timedelta(seconds=1)
    assert not door.tries(OWNER).checked


def test_a_name_is_not_kept_and_counts_under_one_key_in_every_process() -> None:
    keys = replace(OWNER, name="my secret password").keys
    assert keys[Kind.NAME] == "name:6c24"
    assert keys[Kind.PAIR] == "pair:6c24 10.0.0.1"
    assert replace(OWNER, name="\udce5").keys
