"""Converts between London's wall clock and UTC, over its two changes a year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from eds_tui.domain.clock import LONDON

_MINUTE = timedelta(minutes=1)


def _offsets(wall: datetime) -> tuple[timedelta, timedelta]:
    """Return how far London is ahead of UTC the first and the last time a wall time comes."""
    first, last = wall.replace(fold=0).utcoffset(), wall.replace(fold=1).utcoffset()
    return first or timedelta(0), last or timedelta(0)


def is_skipped(day: date, at: time) -> bool:
    """Return whether a time is in the hour left out when the clocks go forward."""
    before, after = _offsets(datetime.combine(day, at, LONDON))
    return before < after


def moment_of(day: date, at: time) -> datetime:
    """Return when it is that time on that day in London, in UTC.

    Args:
        day: The day in London, at most 30 December 9999.
        at: The time in whole minutes. One that comes twice, when the clocks go back, is taken the
            first time, in summer time; one that is skipped, when they go forward, is the moment of
            the change.
    """
    wall = datetime.combine(day, at.replace(fold=0), LONDON)
    before, after = _offsets(wall)
    if before >= after:
        return wall.astimezone(UTC)
    moment = wall.replace(fold=1).astimezone(UTC)
    while moment.astimezone(LONDON).utcoffset() == before:
        moment += _MINUTE
    return moment


def midnight(day: date) -> datetime:
    """Return when a day begins in London, in UTC."""
    return moment_of(day, time(0))


def zone_where_twice(moment: datetime) -> str:
    """Return ``BST`` or ``GMT`` in the hour that comes twice in October, otherwise nothing."""
    local = moment.astimezone(LONDON)
    summer, winter = _offsets(local)
    return local.strftime("%Z") if summer > winter else ""
