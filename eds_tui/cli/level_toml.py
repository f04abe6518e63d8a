"""Reads and writes the service level as TOML that is edited by hand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, cast

from eds_tui.domain.calendar import Calendar
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.priority import Priority
from eds_tui.domain.service_hours import WEEKDAYS, Day, Week, read_day, write_day
from eds_tui.domain.targets import NO_TARGET, ServiceLevel, Target

_PRIORITIES = {
    f"p{priority.value}": priority for priority in Priority if priority is not Priority.NONE
}


def level_lines(level: ServiceLevel) -> Iterator[str]:
    """Yield a service level as lines of TOML, which :func:`read_level` reads."""
    calendar = level.calendar
    yield f"bank_holidays = {str(calendar.bank_holidays).lower()}"
    yield f"closed_days = [{', '.join(map(date.isoformat, sorted(calendar.closed_days)))}]"
    yield ""
    yield '# London time: "08:00-12:00, 13:00-17:00"; "" where it is closed.'
    yield "[hours]"
    for name, day in zip(WEEKDAYS, calendar.week, strict=True):
        yield f'{name} = "{write_day(day)}"'
    yield ""
    yield '# "4 hours", "1 hour 30 minutes", "3 working days" or "none".'
    yield "[targets]"
    for name, priority in _PRIORITIES.items():
        yield f'{name} = "{level.target(priority).label}"'


def read_level(text: str) -> ServiceLevel:
    """Return the service level that a TOML file says; every key must be there and no other.

    Raises:
        InvalidInput: With a sentence for each key that is wrong.
    """
    try:
        # Editors of Windows begin a file with a mark that TOML has no room for.
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InvalidInput({"file": f"This is no TOML: {error}."}) from error
    problems: dict[str, str] = {}
    top = _values(data, _TOP, problems)
    hours = _values(top["hours"], _HOURS, problems) if "hours" in top else {}
    targets = _values(top["targets"], _TARGETS, problems) if "targets" in top else {}
    if problems:
        raise InvalidInput(problems)
    week = cast(Week, tuple(hours[name] for name in WEEKDAYS))
    calendar = Calendar(week, top["bank_holidays"], top["closed_days"])
    return ServiceLevel(calendar, {_PRIORITIES[name]: each for name, each in targets.items()})


Reader = Callable[[Any], Any]


def _values(
    table: Mapping[str, Any], readers: Mapping[str, Reader], problems: dict[str, str]
) -> dict[str, Any]:
    """Return the values of a table's keys that can be read, and note what is wrong with others."""
    values = {}
    for name, read in readers.items():
        if name not in table:
            problems[name] = "It is missing; eds-tui service-level show --toml has every key."
            continue
        try:
            values[name] = read(table[name])
        except ValueError as error:
            problems[name] = str(error)
    for name in table:
        if name not in readers:
            problems[name] = f"There is no such key here; there are {', '.join(readers)}."
    return values


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("Write true or false.")
    return value


def _days(value: Any) -> frozenset[date]:
    # A moment is a date too, to Python; here it would be closed for a day that nobody meant.
    if not isinstance(value, list) or any(type(day) is not date for day in value):
        raise ValueError("Write the days as [2026-12-24, 2026-12-31], without quotes.")
    return frozenset(value)


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("Write it as a table, each of its keys on a line of its own.")
    return value


def _day(value: Any) -> Day:
    if not isinstance(value, str):
        raise ValueError('Write the hours in quotes: "08:00-17:00", or "" where it is closed.')
    return read_day(value)


_NUMBER = r"([0-9][0-9,]{0,9})"
_TIME = re.compile(rf"(?:{_NUMBER} hours?)? ?(?:{_NUMBER} minutes?)?", re.IGNORECASE)
_WORKING_DAYS = re.compile(rf"{_NUMBER} working days?", re.IGNORECASE)


def _target(value: Any) -> Target:
    words = " ".join(value.split()) if isinstance(value, str) else ""
    if words.casefold() == NO_TARGET.label:
        return NO_TARGET
    if match := _WORKING_DAYS.fullmatch(words):
        target = Target(working_days=_number(match[1]))
    elif match := _TIME.fullmatch(words):
        target = Target(minutes=60 * _number(match[1]) + _number(match[2]))
    else:
        target = NO_TARGET
    if not target.is_set:
        raise ValueError('Write "4 hours", "90 minutes", "3 working days" or "none".')
    return target


def _number(text: str | None) -> int:
    return int((text or "0").replace(",", ""))


_TOP: dict[str, Reader] = {
    "bank_holidays": _flag,
    "closed_days": _days,
    "hours": _table,
    "targets": _table,
}
_HOURS: dict[str, Reader] = dict.fromkeys(WEEKDAYS, _day)
_TARGETS: dict[str, Reader] = dict.fromkeys(_PRIORITIES, _target)
