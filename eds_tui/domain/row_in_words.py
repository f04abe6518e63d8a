"""Puts the promises of an incident's row into words: state, due date, lateness (16, 18, 44)."""

from __future__ import annotations

from eds_tui.domain.lifecycle import State
from eds_tui.domain.triage import ResolutionCode
from eds_tui.domain.views import IncidentRow
from eds_tui.domain.when import at_a_glance, dated, lateness, past_at_a_glance


def ended_as(row: IncidentRow) -> str:
    """Return how a resolved or closed incident ended; empty where that was not said."""
    return ResolutionCode(row.resolution).label if row.resolution else ""


PLEASE_ANSWER = "Please answer:"
"""Before what a school was asked, in its own lists (rule 41)."""


def state_label(row: IncidentRow) -> str:
    """Return the state, a deferral with its date and time (rule 16)."""
    until = f" until {dated(row.deferred_until)}" if row.deferred_until else ""
    return f"{row.state.label}{until}"


def state_in_full(row: IncidentRow) -> str:
    """Return the state with its date: a resolved one until when it is reopened (rules 18, 19)."""
    if row.state is State.RESOLVED and row.closes_at:
        return f"{row.state.label}; reopened by telephone until {dated(row.closes_at)}"
    return state_label(row)


def listed_state(row: IncidentRow) -> str:
    """Return the state in a list, in at most 23 characters, a deferral with date and time."""
    until = until_at_a_glance(row)
    return f"On Hold to {until}" if until else row.state.list_label


def until_at_a_glance(row: IncidentRow) -> str:
    """Return until when it is deferred, as ``7 Dec 08:00``; nothing where it is not."""
    return at_a_glance(row.deferred_until, row.as_of) if row.deferred_until else ""


def due_at_a_glance(row: IncidentRow) -> str:
    """Return the due date, as ``Mon 08:00`` or ``7 Dec 08:00``; nothing where there is none."""
    return at_a_glance(row.sla_due, row.as_of) if row.sla_due else ""


def rang_in_words(row: IncidentRow) -> str:
    """Return how often somebody rang about it, and when last: ``rang 3 times, Fri 14:02``."""
    if not row.chases:
        return ""
    often = "once" if row.chases == 1 else f"{row.chases} times"
    last = past_at_a_glance(row.chased_at, row.as_of) if row.chased_at else ""
    return f"rang {often}, {last}" if last else f"rang {often}"


def how_late(row: IncidentRow) -> str:
    """Return ``late 2 d``; nothing where it is not late."""
    return lateness(row.late_minutes) if row.late else ""
