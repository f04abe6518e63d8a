"""When a clock is believed that somebody may have put forward or back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eds_tui.domain.clock_trust import MOST_SKEW, ClockRecord, in_words, is_off, judged
from tests.factories import SetClock

DAY = timedelta(days=1)


class Watch:
    """Keeps the record of a clock, as the database does."""

    def __init__(self, clock: SetClock) -> None:
        self.clock = clock
        self._record: ClockRecord | None = None

    def is_off(self) -> bool:
        """Look at the clock, and return whether it can't be believed."""
        self._record, skew = judged(self._record, self.clock)
        return is_off(skew)

    def is_off_for(self, most: timedelta) -> timedelta:
        """Let time go by until it is believed, looking every ten minutes; return how much."""
        passed = timedelta()
        while self.is_off() and passed < most:
            self.clock.forward(minutes=10)
            passed += timedelta(minutes=10)
        return passed


@pytest.fixture
def watch() -> Watch:
    """A clock that has been right for thirty days."""
    watch = Watch(SetClock())
    assert not watch.is_off()
    watch.clock.forward(days=30)
    assert not watch.is_off()
    return watch


@pytest.mark.parametrize("by", [timedelta(minutes=6), 2 * DAY, -timedelta(hours=2)])
def test_a_clock_that_jumps_is_off_until_it_is_put_right(watch: Watch, by: timedelta) -> None:
    watch.clock.now += by
    assert watch.is_off()
    watch.clock.forward(days=3)
    assert watch.is_off()
    watch.clock.now -= by
    assert not watch.is_off()


def test_little_by_little_is_no_jump_and_time_that_goes_by_is_none(watch: Watch) -> None:
    for _ in range(10):
        watch.clock.now += MOST_SKEW
        watch.clock.forward(days=10)
        assert not watch.is_off()


def test_a_clock_that_was_right_for_long_is_believed_again_after_a_week(watch: Watch) -> None:
    """It was wrong all the time, say, and somebody has put it right."""
    watch.clock.now += 2 * DAY
    assert watch.is_off_for(30 * DAY) == 7 * DAY


def test_a_clock_put_right_after_a_start_is_believed_within_the_hour() -> None:
    """A machine without a clock of its own starts with a wrong one; a time server is heard soon."""
    watch = Watch(SetClock())
    assert not watch.is_off()
    watch.clock.forward(minutes=2)
    watch.clock.now += 2 * DAY
    assert watch.is_off_for(DAY) == timedelta(hours=1)


def test_a_clock_that_jumps_about_is_not_believed(watch: Watch) -> None:
    watch.clock.now += 2 * DAY
    assert watch.is_off()
    for _ in range(5):
        watch.clock.forward(days=4)
        watch.clock.now += 2 * DAY
        assert watch.is_off()


def test_after_a_new_start_of_the_machine_its_clock_is_believed() -> None:
    clock = SetClock()
    known = ClockRecord(era="another start", began_at=clock() - 40 * DAY, since=0.0)
    record, skew = judged(known, clock)
    assert (record.era, is_off(skew)) == (clock.era(), False)


@pytest.mark.parametrize(("skew", "of_server", "told"), [
    (2 * DAY, False, "clock is 2 days ahead of what it should say"),
    (timedelta(minutes=-80), True, "clock is 80 minutes behind the database server's"),
    (timedelta(hours=47, minutes=59), False, "clock is 2 days ahead"),
    (timedelta(hours=3), True, "clock is 3 hours ahead of the database server's"),
])  # fmt: skip
def test_how_far_it_is_off_is_said_in_words(skew: timedelta, of_server: bool, told: str) -> None:
    assert told in in_words(skew, of_server=of_server)
    assert in_words(MOST_SKEW, of_server=of_server) == ""
