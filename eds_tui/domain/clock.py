"""The clock that is passed in wherever a moment is needed, and how moments are written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Says what time it is, and measures how long something takes.

    The two are not the same: what time it is may be put forward or back under a running program.
    What is stored or shown is a moment; whatever is measured inside a session is in seconds.
    """

    def __call__(self) -> datetime:
        """Return the moment, aware, in UTC."""

    def seconds(self) -> float:
        """Return seconds that only grow, also while the machine is suspended."""

    def era(self) -> str:
        """Return what says of which seconds these are: others are from another start of them."""

    def skew(self) -> timedelta | None:
        """Return by how much the machine's own clock is ahead of this one.

        ``None`` where this is the machine's own.
        """


LONDON = ZoneInfo("Europe/London")


def utc_now() -> datetime:
    """Return the moment in UTC: the clock of the running program."""
    return datetime.now(UTC)


def full_time(moment: datetime) -> str:
    """Return ``13-06-2022 11:51:28``, in London, as comments are dated (rule 13)."""
    return moment.astimezone(LONDON).strftime("%d-%m-%Y %H:%M:%S")


def in_words(moment: datetime) -> str:
    """Return ``Friday 12 June 2026 at 14:00``, in London."""
    local = moment.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y} at {local:%H:%M}"


def short_time(moment: datetime, now: datetime) -> str:
    """Return a moment as a list has room for it: ``11:52`` today, ``13 Jun``, ``13 Jun 22``."""
    local, today = moment.astimezone(LONDON), now.astimezone(LONDON)
    if local.date() == today.date():
        return local.strftime("%H:%M")
    if abs((today - local).days) < _MONTHS_WITHOUT_YEAR:
        return local.strftime("%d %b")
    return local.strftime("%d %b %y")


_MONTHS_WITHOUT_YEAR = 300


def age(moment: datetime, now: datetime) -> str:
    """Return how long ago something was: ``6 min``, ``3 h``, ``2 d``."""
    minutes = max(0, int((now - moment).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 24 * 60 else f"{minutes // (24 * 60)} d"
