"""Computes when an incident is due and how its clock stands (rules 21 and 22).

Service time is the time in which the service centre is open. It runs from when the incident was
logged, and stands still in every pause: on each hold, and while the incident is resolved.

The due date is the first moment at which the service time of the target is used up. An incident is
overdue once that moment is past, whether the service centre is open or not, so that a due date on
screen and the word *overdue* beside it never contradict each other.

A target in working days ends at the same time of day so many working days later: 3 from Monday
10:00 is Thursday 10:00. An incident logged out of hours counts as logged at the next opening. Where
the last day is closed at that time of day, it is due at that day's next opening, or failing that
when that day closes. This is what a person counting days on a wall calendar says, and as an amount
of service time, once found, it moves on with pauses as every other target does: by the service time
that the pause took.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from eds_tui.domain.calendar import Calendar
from eds_tui.domain.clock import LONDON
from eds_tui.domain.london import moment_of
from eds_tui.domain.targets import Target

WARN_AT = 0.75
"""The share of the target after which people are warned."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock stands still."""

    began: datetime
    ended: datetime | None = None
    """When it ended, or is known to end, as a deferral is; ``None`` while nobody knows."""
    reason: str = ""
    """Why, in words that stand in brackets: ``waiting for the school``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """A pause as it counts: within the incident's life, apart from every other."""

    began: datetime
    ended: datetime
    reason: str
    lasts: bool
    """Whether it goes on at the moment asked about."""


class ClockState(StrEnum):
    """Whether the clock of an incident runs."""

    NONE = "none"
    """There is no due date: no target, or no open hour to come."""
    RUNNING = "running"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the clock of an incident stands at a moment."""

    state: ClockState
    used: timedelta
    """Service time used so far."""
    total: timedelta | None = None
    """Service time of the target."""
    due: datetime | None = None
    """When the target is missed, in UTC; during a pause of no known end, as if it ended now."""
    warn_at: datetime | None = None
    """When three quarters of the target are used, with the pauses known; past or to come."""
    overdue: bool = False
    """Whether the due date is past, or was when the clock was paused."""
    reason: str = ""
    """Why it is paused."""

    @property
    def left(self) -> timedelta | None:
        """Service time left, below zero once more than the target is used."""
        return None if self.total is None else self.total - self.used

    @property
    def fraction(self) -> float | None:
        """The share of the target that is used, above 1 once more than that is."""
        return self.used / self.total if self.total else None


def standing(
    logged_at: datetime,
    target: Target,
    calendar: Calendar,
    pauses: Iterable[Pause],
    now: datetime,
) -> Standing:
    """Return how the clock of an incident stands.

    Args:
        logged_at: When the incident was logged.
        target: That of the priority it has now; it counts from ``logged_at`` all the same.
        calendar: The service hours.
        pauses: Every hold and every time as resolved, in any order.
        now: The moment asked about.
    """
    halts = halts_of(logged_at, pauses, now)
    used = calendar.between(logged_at, now)
    for halt in halts:
        used -= calendar.between(halt.began, min(halt.ended, now))
    current = next((halt for halt in halts if halt.lasts), None)
    reason = current.reason if current else ""
    goal = _goal(logged_at, target, calendar)
    due_at = _moved(goal, halts, calendar)
    if goal is None or due_at is None:
        return Standing(state=ClockState.NONE, used=used, reason=reason)
    total = calendar.between(logged_at, goal)
    return Standing(
        state=ClockState.PAUSED if current else ClockState.RUNNING,
        used=used,
        total=total,
        due=due_at,
        warn_at=_moved(calendar.add(logged_at, total * WARN_AT), halts, calendar),
        overdue=due_at < _stood_since(halts, now),
        reason=reason,
    )


def due(
    logged_at: datetime,
    target: Target,
    calendar: Calendar,
    pauses: Iterable[Pause],
    now: datetime,
) -> datetime | None:
    """Return when an incident is due, in UTC, as :func:`standing` does and in half the time."""
    goal = _goal(logged_at, target, calendar)
    return _moved(goal, halts_of(logged_at, pauses, now), calendar)


def halts_of(logged_at: datetime, pauses: Iterable[Pause], now: datetime) -> list[Halt]:
    """Return the pauses as they count, in order; where two overlap, the earlier goes on.

    What lies before the incident was logged does not count. A pause of no known end is taken to end
    now, and one that has only just begun is there with no length.
    """
    logged_at, now = logged_at.astimezone(UTC), now.astimezone(UTC)
    free, halts = logged_at, list[Halt]()
    for pause in sorted(pauses, key=lambda each: each.began):
        began = max(pause.began.astimezone(UTC), free)
        ended = pause.ended.astimezone(UTC) if pause.ended else max(now, began)
        lasts = pause.ended is None or began <= now < ended
        if began < ended or pause.ended is None:
            halts.append(Halt(began=began, ended=ended, reason=pause.reason, lasts=lasts))
            free = ended
    return halts


def _goal(logged_at: datetime, target: Target, calendar: Calendar) -> datetime | None:
    """Return when an incident that is never paused is due."""
    if not target.is_set:
        return None
    if not target.working_days:
        return calendar.add(logged_at, timedelta(minutes=target.minutes))
    start = calendar.opening(logged_at)
    if start is None:
        return None
    day = calendar.working_day_after(start, target.working_days)
    if day is None:
        return None
    at = start.astimezone(LONDON).time()
    # Seconds are added afterwards: a wall time is turned into a moment in whole minutes.
    rest = timedelta(seconds=at.second, microseconds=at.microsecond)
    goal = moment_of(day, at.replace(second=0, microsecond=0)) + rest
    for opens, closes in calendar.spans(day):
        if goal <= closes:
            return max(goal, opens)
    return calendar.spans(day)[-1][1]


def _moved(moment: datetime | None, halts: list[Halt], calendar: Calendar) -> datetime | None:
    """Return a moment moved on by the service time of every pause that begins before it."""
    for halt in halts:
        if moment is None or halt.began >= moment:
            break
        lost = calendar.between(halt.began, halt.ended)
        moment = calendar.add(moment, lost) if lost else moment
    return moment


def _stood_since(halts: list[Halt], now: datetime) -> datetime:
    """Return the moment that the clock shows: now, or when the pause began that goes on."""
    stood = now.astimezone(UTC)
    for halt in reversed(halts):
        if halt.lasts or halt.ended == stood:
            stood = min(stood, halt.began)
    return stood
