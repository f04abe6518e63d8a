"""Says in SQL which incidents are in which list: one condition for a list's count and its rows."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import and_, or_, true
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.lifecycle import ON_HOLD, State
from eds_tui.domain.unread import Side
from eds_tui.domain.views import PileView, View
from eds_tui.repository.reader_values import ACCOUNT, NOW, TEAM, TOMORROW
from eds_tui.repository.tables import (
    NOT_CLOSED,
    WAITS_FOR_TRIAGE,
    incidents,
)


def unread_by(side: Side, columns: Any = incidents.c) -> ColumnElement[bool]:
    """Return the condition that something in an incident is new to a side.

    Args:
        side: Whose.
        columns: Of an incident; those of an alias where the table itself is not meant.
    """
    condition: ColumnElement[bool] = columns[f"{side.value}_news"] > columns[f"{side.value}_seen"]
    return condition


UNREAD = {side: unread_by(side) for side in Side}
"""The condition that something in an incident is new, by whose it is."""
WAITS_FOR_SCHOOL = incidents.c.state == State.ON_HOLD_CUSTOMER.value
OWN = incidents.c.assigned_to_id == ACCOUNT
_DEFERRED = incidents.c.state == State.ON_HOLD_DEFERRAL.value


@cache
def in_view(view: View | PileView, side: Side = Side.CENTRE) -> ColumnElement[bool]:
    """Return the condition of a list of a side; its count and its rows come from this one."""
    closing = incidents.c.closes_at
    until = incidents.c.deferred_until
    deferral_over = and_(_DEFERRED, until.is_not(None), until <= NOW)
    not_resolved = and_(NOT_CLOSED, incidents.c.state != State.RESOLVED.value)
    is_open = and_(NOT_CLOSED, or_(closing.is_(None), closing > NOW))
    held = incidents.c.state.in_([state.value for state in ON_HOLD])
    in_pool = and_(incidents.c.assigned_to_id.is_(None), incidents.c.team == TEAM)
    conditions: dict[View | PileView, ColumnElement[bool]] = {
        PileView.PERSON: and_(not_resolved, incidents.c.assigned_to_id == ACCOUNT),
        PileView.POOL: and_(not_resolved, in_pool),
        PileView.ANYBODY: not_resolved,
        View.UNREAD: UNREAD[side],
        View.TRIAGE: WAITS_FOR_TRIAGE,
        View.OPEN: is_open,
        View.MINE: and_(not_resolved, incidents.c.assigned_to_id == ACCOUNT),
        View.TEAM: and_(not_resolved, incidents.c.team == TEAM, incidents.c.team != ""),
        View.ON_HOLD: and_(not_resolved, held, ~deferral_over),
        View.LATE: and_(not_resolved, _is_late()),
        View.DUE_TODAY: and_(
            not_resolved,
            incidents.c.sla_due >= NOW,
            incidents.c.sla_due < TOMORROW,
            _running(),
        ),
        View.FLAGGED: and_(is_open, or_(incidents.c.flag != "", deferral_over)),
        View.RESOLVED: and_(NOT_CLOSED, incidents.c.state == State.RESOLVED.value, closing > NOW),
        View.CLOSED: closing <= NOW,
        View.ALL: true(),
    }
    return conditions[view]


def _is_late() -> ColumnElement[bool]:
    """Return the condition of being overdue, now or when the clock was paused (rule 22)."""
    due, since = incidents.c.sla_due, incidents.c.paused_since
    return and_(due < NOW, or_(_running(), due < since))


def _running() -> ColumnElement[bool]:
    return or_(
        incidents.c.paused_since.is_(None),
        and_(incidents.c.deferred_until.is_not(None), incidents.c.deferred_until <= NOW),
    )
