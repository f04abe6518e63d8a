"""Decides which warnings of a due date are to be given: near it, and at its breach (rule 22)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from eds_tui.domain.event import EventKind
from eds_tui.domain.lifecycle import PAUSED, State
from eds_tui.domain.triage_fields import TriageFields


@dataclass(frozen=True, slots=True, kw_only=True)
class DueWarning:
    """A warning that is to be given."""

    kind: EventKind
    at: datetime
    """When it was due, however late it is given."""
    level: int
    """The value of ``warned`` once it has been given."""


def due_warnings(fields: TriageFields, now: datetime) -> tuple[DueWarning, ...]:
    """Return the warnings that are due and have not been given, the earlier one first (rule 22).

    None is given while the clock is paused, or once the incident is closed.

    Args:
        fields: The triage fields, the due date worked out.
        now: The moment.
    """
    if fields.state in PAUSED or fields.state is State.CLOSED:
        return ()
    moments = (
        (1, fields.warn_at, EventKind.SLA_WARNING),
        (2, fields.sla_due, EventKind.SLA_BREACHED),
    )
    return tuple(
        DueWarning(kind=kind, at=at, level=level)
        for level, at, kind in moments
        if fields.warned < level and at is not None and at <= now
    )


def warned_of(fields: TriageFields, given: tuple[DueWarning, ...]) -> TriageFields:
    """Return the triage fields once warnings have been given."""
    return replace(fields, warned=max((each.level for each in given), default=fields.warned))
