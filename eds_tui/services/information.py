"""The texts to read in the kiosk, kept as data with their links (rule 14)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from eds_tui.domain.priority import Priority
from eds_tui.domain.service_hours import WEEKDAYS, write_day
from eds_tui.domain.targets import ServiceLevel

_FILE = Path(__file__).with_name("information.toml")


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to read."""

    title: str
    text: str
    link: str = ""
    has_targets: bool = False
    """Whether the targets in force belong below it (:func:`targets_in_lines`)."""


def targets_in_lines(level: ServiceLevel) -> tuple[str, ...]:
    """Return the targets in force as figures, and the hours that they are counted in."""
    promised = [each for each in Priority if each is not Priority.NONE]
    width = max(len(priority.label) for priority in promised)
    targets = [f"{each.label:<{width}}  {level.target(each).label}" for each in promised]
    hours = [
        f"{name.capitalize():<{width}}  {write_day(day) or 'closed'}"
        for name, day in zip(WEEKDAYS, level.calendar.week, strict=True)
    ]
    return (*targets, "", "Service hours", *hours)


def topics(telephone: str, email: str) -> tuple[Topic, ...]:
    """Return the texts in the order in which they are offered.

    Args:
        telephone: The service centre's number, put where the texts name it.
        email: The service centre's address, likewise.
    """
    data = tomllib.loads(_FILE.read_text("utf-8"))
    return tuple(
        Topic(
            entry["title"],
            entry["text"].strip().replace("{telephone}", telephone).replace("{email}", email),
            entry.get("link", ""),
            entry.get("has_targets", False),
        )
        for entry in data["topic"]
    )
