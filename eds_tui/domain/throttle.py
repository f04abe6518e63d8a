"""Slows down password guessing without locking anybody out.

Nothing is locked. Wrong passwords are counted under five keys, and each of them is forgiven after a
while. What is counted makes the next try wait: the longer the more there is, and never longer than
``LONGEST_WAIT``. A wait belongs to the session that was told it. When it is over, that session's
next try is checked, whatever others have done meanwhile: so whoever knows the right password is in
within a minute.

What guessing comes to in a day, at the most (``most_tries``): a dozen tries that wait little or not
at all from each source, then from each session one every ``LONGEST_WAIT``, 1,920. A session is a
connection of the host with a process of its own, so that a hundred at once have 192,000 checked. A
password that is not easy to guess (``eds_tui.host.passwords``) stands for a hundred million tries,
which are 140 years of one session, and more than a year of a hundred, on a single account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from math import ceil

LONGEST_WAIT = timedelta(seconds=45)
"""What a try waits at the most; leaves time to type the password within a minute."""

KNOWN_FOR = timedelta(days=30)
"""For how long after a sign-in its source is not slowed for what strangers do elsewhere."""

TURN_LASTS = timedelta(minutes=10)
"""For how long after a wait the try that was waited for is checked without another."""

KEPT_FOR = LONGEST_WAIT + TURN_LASTS
"""For how long what counts nothing any more is kept: somebody may have been asked to wait."""
_FIRST_WAIT = timedelta(seconds=1)
_SATURATED = 7
"""Wrong passwords beyond the free ones that are counted: more would not wait longer."""
_NAME_BYTES = 2
_NEVER = timedelta()


class Kind(StrEnum):
    """What wrong passwords are counted under."""

    SESSION = "session"
    """One open kiosk."""
    PAIR = "pair"
    """An account name, from one source."""
    SOURCE = "source"
    """Any account names, from one source."""
    NAME = "name"
    """An account name, from anywhere."""
    ALL = "all"
    """Everything."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How one kind of count slows down.

    Attributes:
        free: Wrong passwords after which the next try still does not wait.
        forgiven_after: How long it takes until one of them is forgiven.
    """

    free: int
    forgiven_after: timedelta

    def level(self, empty_at: datetime | None, now: datetime) -> int:
        """Return how many wrong passwords are counted and not yet forgiven."""
        if empty_at is None or empty_at <= now:
            return 0
        # A clock that was put back must not make it more than could have been counted.
        return min(ceil((empty_at - now) / self.forgiven_after), self.free + _SATURATED)

    def with_one_more(self, empty_at: datetime | None, now: datetime) -> datetime:
        """Return when all is forgiven, once one more wrong password is counted."""
        most = now + self.forgiven_after * (self.free + _SATURATED)
        return min(max(empty_at or now, now) + self.forgiven_after, most)

    def with_one_less(self, empty_at: datetime) -> datetime:
        """Return when all is forgiven, once one is taken back that was not wrong."""
        return empty_at - self.forgiven_after

    def wait(self, empty_at: datetime | None, now: datetime) -> timedelta:
        """Return how long the next try waits: 1, 2, 4, 8 ... seconds."""
        beyond = self.level(empty_at, now) - self.free
        if beyond < 0:
            return _NEVER
        return min(_FIRST_WAIT * (1 << beyond), LONGEST_WAIT)


LIMITS = {
    Kind.SESSION: Limit(5, timedelta(minutes=5)),
    Kind.PAIR: Limit(5, timedelta(minutes=15)),
    Kind.SOURCE: Limit(20, timedelta(minutes=1)),
    Kind.NAME: Limit(20, timedelta(minutes=5)),
    Kind.ALL: Limit(200, timedelta(seconds=5)),
}
"""One person mistypes a few times, a school or a terminal has many people, and all more still."""

_OF_STRANGERS = frozenset({Kind.NAME, Kind.ALL})
"""What does not slow a source from which somebody has signed in lately: it is what others do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Who tries, as far as that is known before the password is checked.

    Attributes:
        session: What distinguishes an open kiosk from all others.
        source: Where it comes from.
        name: The account's name in its one spelling; there may be no such account.
        unlocks: Whether the session is open and only locked: nothing that is done elsewhere counts.
    """

    session: str
    source: str
    name: str
    unlocks: bool = False

    @property
    def keys(self) -> dict[Kind, str]:
        """What it is counted under.

        A name counts as one of 65,536 numbers, so that no password is stored that was typed into
        the wrong field, and so that a name with an account and one without are counted alike.
        """
        number = blake2b(self.name.encode(errors="replace"), digest_size=_NAME_BYTES).hexdigest()
        keys = {
            Kind.SESSION: self.session,
            Kind.PAIR: f"{number} {self.source}",
            Kind.SOURCE: self.source,
            Kind.NAME: number,
            Kind.ALL: "",
        }
        return {
            kind: f"{kind.value}:{key}"
            for kind, key in keys.items()
            if kind is Kind.SESSION or not self.unlocks
        }

    @property
    def known_key(self) -> str:
        """Under which it is kept that somebody has signed in from its source."""
        return f"known:{self.source}"


@dataclass(frozen=True, slots=True)
class Count:
    """What is stored under a key."""

    empty_at: datetime
    """When it counts nothing any more."""
    turn_at: datetime | None = None
    """Of a session: from when its next try is checked, if it has to wait."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a try.

    Attributes:
        checked: Whether the password is checked.
        wait: How long this session then has to wait for the next try.
        counts: What is stored from now on, under its keys; nothing where nothing changes.
    """

    checked: bool
    wait: timedelta
    counts: Mapping[str, Count]


def judge(attempt: Attempt, stored: Mapping[str, Count], now: datetime) -> Verdict:
    """Return what becomes of a try; one that is checked is counted as wrong beforehand.

    Args:
        attempt: Who tries.
        stored: What is stored under its keys.
        now: The time.
    """
    key = attempt.keys[Kind.SESSION]
    session = stored.get(key)
    turn_at = session.turn_at if session else None
    if turn_at is not None and now < turn_at <= now + LONGEST_WAIT:
        return Verdict(False, turn_at - now, {})
    has_waited = turn_at is not None and turn_at <= now <= turn_at + TURN_LASTS
    wait = _wait(attempt, stored, now)
    if wait and not has_waited:
        empty_at = session.empty_at if session else now
        return Verdict(False, wait, {key: Count(empty_at, now + wait)})
    counts = {
        each: Count(LIMITS[kind].with_one_more(_empty_at(stored, each), now))
        for kind, each in attempt.keys.items()
    }
    wait = _wait(attempt, {**stored, **counts}, now)
    if wait:
        counts[key] = Count(counts[key].empty_at, now + wait)
    return Verdict(True, wait, counts)


def forgive(attempt: Attempt, stored: Mapping[str, Count], now: datetime) -> dict[str, Count]:
    """Return what is stored under the keys of a try once its password was the right one.

    Nothing is left of what was counted for this person here, and elsewhere as if nobody had tried.

    Args:
        attempt: Who tried; counted as wrong before.
        stored: What is stored under its keys.
        now: The time.
    """
    left = {}
    for kind, key in attempt.keys.items():
        if kind in {Kind.SESSION, Kind.PAIR}:
            left[key] = Count(now)
        elif (count := stored.get(key)) is not None:
            left[key] = Count(LIMITS[kind].with_one_less(count.empty_at))
    if not attempt.unlocks:
        left[attempt.known_key] = Count(now + KNOWN_FOR)
    return left


def most_tries(sources: int, sessions: int, period: timedelta) -> int:
    """Return how many passwords of one account can be checked in a time, at the most.

    Args:
        sources: From so many sources.
        sessions: In so many sessions at once, all sources together.
        period: The time.
    """
    at_once = LIMITS[Kind.PAIR].free + _SATURATED
    return sources * at_once + sessions * (ceil(period / LONGEST_WAIT) + 1)


def _wait(attempt: Attempt, stored: Mapping[str, Count], now: datetime) -> timedelta:
    known = _empty_at(stored, attempt.known_key)
    is_known = known is not None and known > now
    return max(
        LIMITS[kind].wait(_empty_at(stored, key), now)
        for kind, key in attempt.keys.items()
        if not (is_known and kind in _OF_STRANGERS)
    )


def _empty_at(stored: Mapping[str, Count], key: str) -> datetime | None:
    count = stored.get(key)
    return count.empty_at if count else None
