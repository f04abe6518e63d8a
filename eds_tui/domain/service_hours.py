"""Parses and writes the service hours of a weekday."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The names of the fields in which hours are typed, Monday first as ``date.weekday()`` counts."""

_SPAN = re.compile(
    r"([01][0-9]|2[0-3]):([0-5][0-9])\s*[-–]\s*(?:([01][0-9]|2[0-3]):([0-5][0-9])|24:00)"
)


@dataclass(frozen=True, slots=True)
class Hours:
    """Open from one time of day to another, London time, in whole minutes."""

    opens: time
    closes: time
    """The time it is no longer open at; 00:00 is the end of the day, 24:00."""

    @property
    def last_minute(self) -> int:
        """The closing time in minutes since the day began, up to 1,440."""
        return (self.closes.hour * 60 + self.closes.minute) or 24 * 60

    @property
    def first_minute(self) -> int:
        """The opening time in minutes since the day began."""
        return self.opens.hour * 60 + self.opens.minute

    @property
    def label(self) -> str:
        """``08:00-17:00``, as it is typed and stored."""
        closes = f"{self.closes:%H:%M}" if self.closes != time(0) else "24:00"
        return f"{self.opens:%H:%M}-{closes}"


Day = tuple[Hours, ...]
"""The spans in which a weekday is open, earliest first; none on a day that is closed."""

Week = tuple[Day, Day, Day, Day, Day, Day, Day]
"""Monday to Sunday."""


def read_day(text: str) -> Day:
    """Return the hours typed for a weekday: ``08:00-12:00, 13:00-17:00``, or nothing if closed.

    Raises:
        ValueError: With a sentence, where that is not what it says.
    """
    parts = [part.strip() for part in text.split(",")] if text.strip() else []
    found = [_SPAN.fullmatch(part) for part in parts]
    spans = tuple(_hours(match) for match in found if match)
    if len(spans) < len(parts):
        raise ValueError("Write the hours as 08:00-17:00, several with a comma between them.")
    return spans


def _hours(match: re.Match[str]) -> Hours:
    hour, minute, last_hour, last_minute = (int(part or 0) for part in match.groups())
    return Hours(time(hour, minute), time(last_hour, last_minute))


def write_day(day: Day) -> str:
    """Return the hours of a weekday as :func:`read_day` reads them."""
    return ", ".join(hours.label for hours in day)


def day_problem(day: Day) -> str:
    """Return what is wrong with the hours of a weekday as a sentence, or nothing."""
    if any(hours.first_minute >= hours.last_minute for hours in day):
        return "It must close after it opens; write 24:00 for the end of the day."
    if any(later.first_minute < hours.last_minute for hours, later in pairwise(day)):
        return "The hours overlap; write the earlier ones first."
    if any(
        part.second or part.microsecond for hours in day for part in (hours.opens, hours.closes)
    ):
        return "Opening and closing times are whole minutes."
    return ""
