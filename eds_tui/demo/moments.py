"""Draws the moments at which schools report: mostly on school days, mostly in the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from eds_tui.domain.clock import LONDON

_OPENS, _CLOSES = time(8), time(17)
_SATURDAY = 5
_BUSIEST_HOUR = 9.2
_TRIES = 8


def before(now: datetime, minutes: float) -> datetime:
    """Return the moment that lies so many service minutes before another.

    Service minutes are those of Monday to Friday from 08:00 to 17:00 in London.
    """
    left = timedelta(minutes=minutes)
    local = now.astimezone(LONDON)
    day = local.date()
    while True:
        opens = datetime.combine(day, _OPENS, LONDON)
        closes = min(local, datetime.combine(day, _CLOSES, LONDON))
        if day.weekday() < _SATURDAY and closes > opens:
            if closes - opens >= left:
                return (closes - left).astimezone(UTC)
            left -= closes - opens
        day -= timedelta(days=1)


def school_moment(rng: Random, now: datetime, days: range) -> datetime:
    """Return a moment so many days before another, seldom in the holidays or at a weekend."""
    while True:
        day = now.astimezone(LONDON).date() - timedelta(days=rng.choice(days))
        if _is_school_day(day) or rng.random() < _SHARE_OUT_OF_TERM:
            break
    hour = rng.triangular(_OPENS.hour, _CLOSES.hour, _BUSIEST_HOUR)
    if rng.random() < _SHARE_OUT_OF_HOURS:
        hour = rng.uniform(_CLOSES.hour, 22)
    seconds = timedelta(seconds=int(hour * 3600))
    return (datetime.combine(day, time(), LONDON) + seconds).astimezone(UTC)


_SHARE_OUT_OF_TERM = 0.06
_SHARE_OUT_OF_HOURS = 0.05


def _is_school_day(day: date) -> bool:
    christmas = (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 2)
    return day.weekday() < _SATURDAY and day.month != 8 and not christmas


def between(rng: Random, start: datetime, end: datetime) -> datetime:
    """Return a whole second from ``start`` on and before ``end``, in service hours if it can."""
    for _ in range(_TRIES):
        moment = (start + (end - start) * rng.random()).replace(microsecond=0)
        local = moment.astimezone(LONDON)
        if local.weekday() < _SATURDAY and _OPENS <= local.time() < _CLOSES:
            break
    return max(moment, start)
