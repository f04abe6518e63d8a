"""Decides how a promised moment is written, and how late something is (rules 16 and 44)."""

from __future__ import annotations

from datetime import datetime, timedelta

from eds_tui.domain.clock import LONDON, age, in_words
from eds_tui.domain.lifecycle import State
from eds_tui.domain.london import zone_where_twice

WEEKDAY_WITHIN = timedelta(days=6)
"""How far ahead the name of a weekday alone can't be mistaken for another week's."""
_YEAR_FROM = timedelta(days=300)
"""From how far away on the year is needed more than the hour."""


def at_a_glance(moment: datetime, now: datetime | None) -> str:
    """Return ``Mon 08:00`` within the next six days, else ``7 Dec 08:00``, or ``7 Dec 2028``.

    Args:
        moment: What is written, in London's time, in at most 12 characters.
        now: When it is read; where that is not known, day and month are written.
    """
    local = moment.astimezone(LONDON)
    if now is not None and now <= moment <= now + WEEKDAY_WITHIN:
        return f"{local:%a %H:%M}"
    if now is not None and abs(moment - now) > _YEAR_FROM:
        return f"{local.day} {local:%b %Y}"
    return f"{local.day} {local:%b %H:%M}"


def past_at_a_glance(moment: datetime, now: datetime | None) -> str:
    """Return ``11:52`` today, ``Fri 14:02`` within six days, else ``7 Dec 08:00``, ``7 Dec 2024``.

    Args:
        moment: What has been, in London's time, in at most 12 characters.
        now: When it is read; where that is not known, day and month are written.
    """
    local = moment.astimezone(LONDON)
    if now is not None and now - WEEKDAY_WITHIN <= moment <= now:
        is_today = local.date() == now.astimezone(LONDON).date()
        return f"{local:%H:%M}" if is_today else f"{local:%a %H:%M}"
    return at_a_glance(moment, None if now is None or moment > now else now)


def day_at_a_glance(moment: datetime, now: datetime | None) -> str:
    """Return ``11:52`` today, else ``7 Dec``, or ``Dec 24`` of another year: six characters."""
    local = moment.astimezone(LONDON)
    if now is not None and local.date() == now.astimezone(LONDON).date():
        return f"{local:%H:%M}"
    if now is not None and abs(moment - now) > _YEAR_FROM:
        return f"{local:%b %y}"
    return f"{local.day} {local:%b}"


def since_at_a_glance(moment: datetime, now: datetime | None) -> str:
    """Return ``Fri 14:02`` within the six days before, else as :func:`at_a_glance` does."""
    if now is not None and now - WEEKDAY_WITHIN <= moment <= now:
        return f"{moment.astimezone(LONDON):%a %H:%M}"
    return at_a_glance(moment, now)


def new_since(since: datetime, now: datetime | None) -> str:
    """Return the line before what is new: ``── new since Fri 14:02 ──`` (rule 48)."""
    return f"── new since {since_at_a_glance(since, now)} ──"


def dated(moment: datetime) -> str:
    """Return ``Fri 27 Nov 2026 16:55``, in London, with the zone in the hour that comes twice."""
    local = moment.astimezone(LONDON)
    hour = f"{local:%H:%M} {zone_where_twice(moment)}".rstrip()
    return f"{local:%a} {local.day} {local:%b %Y} {hour}"


def minutes_late(due: datetime | None, now: datetime) -> int:
    """Return by how many minutes something is overdue, at least one where it is; 0 if it is not."""
    if due is None or due >= now:
        return 0
    return max(1, int((now - due).total_seconds() // 60))


def lateness(minutes: int) -> str:
    """Return ``late 40 min``, ``late 3 h`` or ``late 2 d``."""
    if not minutes:
        return "late"
    began = datetime(2000, 1, 1, tzinfo=LONDON)
    return f"late {age(began - timedelta(minutes=minutes), began)}"


def state_until(state: State, until: datetime | None) -> str:
    """Return a state as it is told, a deferral with its date and time in words (rule 16)."""
    if until is None:
        return state.label
    zone = zone_where_twice(until)
    return f"{state.label} until {in_words(until)}{f' {zone}' if zone else ''}"
