"""The service level: the calendar, and a target for each priority, as leads set it (rule 21)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from eds_tui.domain.calendar import Calendar
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.priority import Priority
from eds_tui.domain.service_hours import WEEKDAYS, Hours, write_day

MOST_MINUTES = 120_000
"""The longest target in minutes, 2,000 hours: about a year of service time."""

MOST_WORKING_DAYS = 260
"""The longest target in working days: about a year."""


@dataclass(frozen=True, slots=True)
class Target:
    """The time in which an incident is to be resolved; with neither field set there is none."""

    minutes: int = 0
    """Minutes of service time."""
    working_days: int = 0

    @property
    def is_set(self) -> bool:
        """Whether there is a target at all."""
        return self != NO_TARGET

    @property
    def label(self) -> str:
        """``4 hours``, ``1 hour 30 minutes``, ``3 working days`` or ``none``."""
        if self.working_days:
            return _count(self.working_days, "working day")
        hours, minutes = divmod(self.minutes, 60)
        parts = [_count(hours, "hour"), _count(minutes, "minute")]
        return " ".join(part for part in parts if part) or "none"

    @property
    def problem(self) -> str:
        """What is wrong with it, as a sentence, or nothing."""
        if self.minutes and self.working_days:
            return "Give either hours or working days."
        if not 0 <= self.minutes <= MOST_MINUTES:
            return f"Give 1 minute to {MOST_MINUTES // 60:,} hours."
        if not 0 <= self.working_days <= MOST_WORKING_DAYS:
            return f"Give 1 to {MOST_WORKING_DAYS} working days."
        return ""


NO_TARGET = Target()
"""No promise, so no due date."""


def _count(number: int, unit: str) -> str:
    if not number:
        return ""
    return f"{number:,} {unit}" if number == 1 else f"{number:,} {unit}s"


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """The calendar and the targets, which are stored, edited and checked as one."""

    calendar: Calendar
    targets: Mapping[Priority, Target]

    def target(self, priority: Priority) -> Target:
        """Return the target of a priority."""
        return self.targets.get(priority, NO_TARGET)

    def check(self, now: datetime) -> None:
        """Refuse a service level that can't be saved.

        Raises:
            InvalidInput: As :meth:`Calendar.check` has it, or by target: ``p1`` for priority 1.
        """
        self.calendar.check(now)
        problems = {
            f"p{priority.value}": target.problem
            for priority, target in sorted(self.targets.items())
            if target.problem
        }
        if self.target(Priority.NONE).is_set:
            problems["p0"] = "There is no target before the priority is decided."
        if problems:
            raise InvalidInput(problems)

    def to_data(self) -> dict[str, object]:
        """Return it as plain values for JSON."""
        targets = {
            str(priority.value): {"minutes": target.minutes, "working_days": target.working_days}
            for priority, target in sorted(self.targets.items())
        }
        return {"calendar": self.calendar.to_data(), "targets": targets}

    @classmethod
    def from_data(cls, data: object) -> ServiceLevel:
        """Return the service level that :meth:`to_data` wrote.

        Raises:
            InvalidInput: ``calendar`` or ``targets``, where the values are none of it.
        """
        match data:
            case {"calendar": calendar, "targets": {**targets}}:
                read = {
                    priority: _read_target(targets[str(priority.value)])
                    for priority in Priority
                    if str(priority.value) in targets
                }
                return cls(Calendar.from_data(calendar), read)
        raise InvalidInput({"targets": _UNREADABLE})


def level_differences(before: ServiceLevel, after: ServiceLevel) -> dict[str, list[str]]:
    """Return what another service level changes, by its name in words, from and to."""
    old, new = _in_words(before), _in_words(after)
    return {name: [old[name], new[name]] for name in new if old[name] != new[name]}


def _in_words(level: ServiceLevel) -> dict[str, str]:
    calendar = level.calendar
    hours = {
        f"hours on {name}": write_day(day) or "closed"
        for name, day in zip(WEEKDAYS, calendar.week, strict=True)
    }
    targets = {
        f"target of {priority.label}": level.target(priority).label
        for priority in Priority
        if priority is not Priority.NONE
    }
    return (
        hours
        | {
            "bank holidays": "closed" if calendar.bank_holidays else "open",
            "closed days": ", ".join(f"{day:%d-%m-%Y}" for day in sorted(calendar.closed_days)),
        }
        | targets
    )


_UNREADABLE = "The stored targets can't be read."


def _read_target(data: object) -> Target:
    match data:
        case {"minutes": int(minutes), "working_days": int(days)}:
            return Target(minutes, days)
    raise InvalidInput({"targets": _UNREADABLE})


_OFFICE_HOURS = (Hours(time(8), time(17)),)

EXAMPLE = ServiceLevel(
    Calendar((*(_OFFICE_HOURS,) * 5, (), ())),
    {
        Priority.CRITICAL: Target(minutes=4 * 60),
        Priority.HIGH: Target(minutes=9 * 60),
        Priority.MEDIUM: Target(working_days=3),
        Priority.LOW: Target(working_days=5),
    },
)
"""What a new database is filled with, for leads to change (rule 21)."""
