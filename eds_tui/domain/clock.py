"""The one clock, passed in wherever a moment is needed, and how moments are written for people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Returns the moment, aware, in UTC."""

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
    """Return a moment as a list has room for it: ``11:52`` today, ``13 Jun``, ``Jun 2022``."""
    local, today = moment.astimezone(LONDON), now.astimezone(LONDON)
    if local.date() == today.date():
        return local.strftime("%H:%M")
    if abs((today - local).days) < _MONTHS_WITHOUT_YEAR:
        return local.strftime("%d %b")
    return local.strftime("%b %Y")


_MONTHS_WITHOUT_YEAR = 300


def age(moment: datetime, now: datetime) -> str:
    """Return how long ago something was: ``6 min``, ``3 h``, ``2 d``."""
    minutes = max(0, int((now - moment).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 24 * 60 else f"{minutes // (24 * 60)} d"
