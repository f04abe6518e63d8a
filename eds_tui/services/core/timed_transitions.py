"""Stores timed transitions: deferral ended, auto-closed, due date moved (rule 16).

They are stored before anything else is changed (rules 16, 18, 21, 22).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from eds_tui.domain.event import EventKind
from eds_tui.domain.found import Found
from eds_tui.domain.lifecycle import State
from eds_tui.domain.notification import NotificationKind
from eds_tui.domain.service_level import standing
from eds_tui.domain.targets import ServiceLevel
from eds_tui.domain.triage_fields import TriageFields
from eds_tui.repository.unit_of_work import UnitOfWork
from eds_tui.services.core.changes import notify_school, record_change


def apply_timed_transitions(work: UnitOfWork, found: Found, now: datetime) -> Found:
    """Store that a deferral has ended or a resolved incident is closed, where that is so.

    Returns:
        The incident as it then is.

    Raises:
        ClockInDoubt: That is so by a clock that can't be right.
    """
    after, at = found.fields.by_the_clock(now)
    if at is None:
        return found
    work.clock.require()
    work.incidents.change(found, after, "the clock")
    record_change(work, None, found, after, EventKind.CLOCK, at)
    closed = after.state is State.CLOSED
    notify_school(
        work,
        found,
        NotificationKind.CLOSED if closed else NotificationKind.STATE,
        now,
        confidential=after.confidential,
        state=after.state,
    )
    return work.incidents.by_id(found.id, now)


def with_due(work: UnitOfWork, found: Found, after: TriageFields, now: datetime) -> TriageFields:
    """Return triage fields with the due date that follows from them (rules 21 and 22)."""
    level = work.service_levels.load()
    moment, warn_at = _moments(level, found.row.opened_at, after, now)
    warned = 0 if moment != after.sla_due and (moment is None or moment > now) else after.warned
    return replace(after, sla_due=moment, warn_at=warn_at, warned=warned)


def _moments(
    level: ServiceLevel, opened_at: datetime, fields: TriageFields, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return when an incident is due and when to warn, with the pauses whose end is known."""
    target = level.target(fields.priority)
    stands = standing(opened_at, target, level.calendar, fields.known_pauses, now)
    return stands.due, stands.warn_at


def recompute(work: UnitOfWork, level: ServiceLevel, now: datetime) -> int:
    """Store the due date of every open incident anew, and return how many those are."""
    clocks = work.incidents.open_clocks()
    work.incidents.set_due_dates(
        {row_id: _moments(level, opened_at, fields, now) for row_id, opened_at, fields in clocks},
        now,
    )
    return len(clocks)
