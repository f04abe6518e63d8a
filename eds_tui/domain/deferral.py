"""Parses the day and time until which an incident is deferred (rule 16).

What could mean two things is refused, or decided by a rule, and :func:`in_words` says what it was
taken for. A weekday is the first to come, today included while its hour is ahead. A date without a
year is this year's, or next year's where this year's is over and that one at most half a year off.
A bare hour from 1 to 6 could be in either half of the day and is refused. A day alone means its
morning. An hour that comes twice, when the clocks go back, is taken the first time.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from eds_tui.domain import clock
from eds_tui.domain.clock import LONDON
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.london import is_skipped, moment_of, zone_where_twice

MORNING = time(8)
"""The hour that is meant where only a day is given."""

EXAMPLES = "tomorrow 9:30, fri 14:00, 13/06 09:30, 12 June 2pm, 14:00, in 2 hours or in 3 days"
"""Ways in which it can be typed."""

_LONGEST = 60
_YEARS_AHEAD = 2
_HALF_A_YEAR = timedelta(days=183)
_UNCLEAR_HOURS = range(1, 7)


def _numbered(names: str, first: int) -> dict[str, int]:
    """Return names, and what they are shortened to, with their numbers."""
    return {
        name[:length]: number
        for number, name in enumerate(names.split(), first)
        for length in (3, len(name))
    }


_WEEKDAYS = _numbered("monday tuesday wednesday thursday friday saturday sunday", 0)
_WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTHS = _numbered(
    "january february march april may june july august september october november december", 1
)
_MONTHS |= {"sept": 9}
_UNITS = {
    **dict.fromkeys(("min", "mins", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("w", "week", "weeks"), timedelta(weeks=1)),
}
_DAY = timedelta(days=1)

_AHEAD = re.compile(rf"in ([0-9]{{1,4}}|an?) ?({'|'.join(_UNITS)})")
_DAY_AND_TIME = re.compile(
    r"(?:(?P<day>.+?) )??(?:at )?"
    r"(?:(?P<noon>noon|midday)|(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))? ?(?P<half>[ap]m)?)"
)
_DATE = re.compile(
    r"([0-9]{1,2})([/-])(?P<month>[0-9]{1,2})(?:\2(?P<year>[0-9]{4}|[0-9]{2}))?"
    r"|([0-9]{1,2})(?:st|nd|rd|th)? (?P<name>[a-z]+)(?: (?P<full>[0-9]{4}))?"
)


def parse_when(text: str, now: datetime) -> datetime:
    """Return the moment that somebody typed, in UTC; days and hours are London's.

    Args:
        text: Anything at all.
        now: The moment it is typed.

    Raises:
        InvalidInput: ``when``: not understood, no such day or hour, past, or over two years ahead.
    """
    words = " ".join(text[: _LONGEST + 1].lower().replace(",", " ").split())
    local = now.astimezone(LONDON)
    if len(text) > _LONGEST:
        raise _not_understood()
    ahead = _AHEAD.fullmatch(words)
    moment = _so_far_ahead(ahead, local) if ahead else _day_and_time(words, local)
    if moment <= now:
        comma = "," if zone_where_twice(moment) else ""
        raise _refused(f"{_in_full(moment)}{comma} is over already.")
    if moment > _years_on(local):
        raise _refused(f"Give a time within the next {_YEARS_AHEAD} years.")
    return moment


def in_words(moment: datetime, now: datetime) -> str:
    """Return a moment and how far off it is: ``Friday 12 June 2026 at 14:00 (in 2 days)``.

    In the hour that comes twice it says which of the two: ``at 01:30 BST, before the clocks go
    back``.
    """
    moment, now = moment.astimezone(UTC), now.astimezone(UTC)
    return f"{_in_full(moment)} ({_how_far(moment, now)})"


def _in_full(moment: datetime) -> str:
    which = {
        "BST": " BST, before the clocks go back",
        "GMT": " GMT, after the clocks have gone back",
    }.get(zone_where_twice(moment), "")
    return f"{clock.in_words(moment)}{which}"


def _how_far(moment: datetime, now: datetime) -> str:
    if moment <= now:
        return "over already"
    days = (moment.astimezone(LONDON).date() - now.astimezone(LONDON).date()).days
    if days:
        return "tomorrow" if days == 1 else f"in {days} days"
    # From the minute that now shows, so that what was typed as "in 2 hours" is read back as that.
    minutes = max(1, (moment - now.replace(second=0, microsecond=0)) // timedelta(minutes=1))
    number, unit = (minutes, "minute") if minutes < 60 else (round(minutes / 60), "hour")
    return f"in {number} {unit}" if number == 1 else f"in {number} {unit}s"


def _so_far_ahead(match: re.Match[str], local: datetime) -> datetime:
    count, unit = match.groups()
    length = (int(count) if count.isdigit() else 1) * _UNITS[unit]
    if _UNITS[unit] >= _DAY:
        return _moment((local + length).date(), local.time())
    return (local.astimezone(UTC) + length).replace(second=0, microsecond=0)


def _day_and_time(words: str, local: datetime) -> datetime:
    day = _day(words, MORNING, local)
    if day is not None:
        return _moment(day, MORNING)
    match = _DAY_AND_TIME.fullmatch(words)
    if match is None:
        raise _not_understood()
    at = _time(match)
    day = _day(match["day"] or "today", at, local)
    if day is None:
        raise _not_understood()
    return _moment(day, at)


def _time(match: re.Match[str]) -> time:
    if match["noon"]:
        return time(12)
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    if not half and not match["minute"]:
        if not match["day"]:
            raise _not_understood()
        if hour in _UNCLEAR_HOURS:
            raise _refused(f"Is that {hour:02}:00 or {hour + 12}:00? Write {hour}am or {hour}pm.")
    if minute > 59 or (hour > 23 if not half else not 1 <= hour <= 12):
        raise _refused("There is no such time of day; write 00:00 to 23:59.")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute)


def _day(words: str, at: time, local: datetime) -> date | None:
    """Return the day that is named, or ``None`` where that is not a day."""
    today = local.date()
    if words in ("today", "tomorrow"):
        return today + _DAY * (words == "tomorrow")
    first, _, rest = words.partition(" ")
    weekday = _WEEKDAYS.get(first)
    if weekday is not None and not rest:
        day = today + _DAY * ((weekday - today.weekday()) % 7)
        return day if moment_of(day, at) > local else day + 7 * _DAY
    match = _DATE.fullmatch(words if weekday is None else rest)
    if match is None or (match["name"] and match["name"] not in _MONTHS):
        return None
    found = _date(match, at, local)
    if weekday not in (None, found.weekday()):
        raise _refused(f"{found.day} {found:%B %Y} is a {found:%A}.")
    return found


def _date(match: re.Match[str], at: time, local: datetime) -> date:
    number = int(match[1] or match[5])
    month = _MONTHS[match["name"]] if match["name"] else int(match["month"])
    year = match["year"] or match["full"]
    if year:
        found = _valid(int(year) + (2000 if len(year) == 2 else 0), month, number)
    else:
        found = _nearest(month, number, at, local)
    if found is None:
        raise _refused("There is no such day; write day, month and year as 13/06/2027.")
    return found


def _nearest(month: int, number: int, at: time, local: datetime) -> date | None:
    this, following = (_valid(local.year + more, month, number) for more in (0, 1))
    if this and moment_of(this, at) > local:
        return this
    if following and following - local.date() <= _HALF_A_YEAR:
        return following
    return this


def _valid(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _moment(day: date, at: time) -> datetime:
    if is_skipped(day, at):
        raise _refused(
            f"The clocks go forward on {day:%A} {day.day} {day:%B %Y}, and there is no {at:%H:%M}."
        )
    return moment_of(day, at.replace(second=0, microsecond=0))


def _years_on(local: datetime) -> datetime:
    day = _valid(local.year + _YEARS_AHEAD, local.month, local.day) or local.date() + 730 * _DAY
    return moment_of(day, local.time())


def _refused(sentence: str) -> InvalidInput:
    return InvalidInput({"when": sentence})


def _not_understood() -> InvalidInput:
    return _refused(f"That is not understood. Write it as {EXAMPLES}.")
