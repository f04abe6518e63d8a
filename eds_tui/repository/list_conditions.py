"""Says in SQL which incidents are in which list: one condition for a list's count and its rows."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import and_, func, not_, or_, true
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.lifecycle import State
from eds_tui.domain.unread import Side
from eds_tui.domain.views import PileView, View
from eds_tui.repository.column_types import Utc
from eds_tui.repository.incident_order import BY_DUE, DueBesideKey, NeverDue
from eds_tui.repository.reader_values import ACCOUNT, NOW, TEAM, TOMORROW
from eds_tui.repository.tables import (
    DEFERRED,
    FLAGGED,
    HELD,
    NOT_CLOSED,
    NOT_RESOLVED,
    RESOLVED,
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
DEFERRAL_OVER = and_(
    DEFERRED, incidents.c.deferred_until.is_not(None), incidents.c.deferred_until <= NOW
)
GONE_BY_NOW = and_(RESOLVED, incidents.c.closes_at <= NOW)
"""What is closed by now and not stored as closed (rule 18)."""
NOT_OVER = func.coalesce(incidents.c.closes_at, NeverDue(), type_=Utc()) > NOW
"""What is not closed by now, said so that no index of all open ones fits."""
# A server that knows when others have closed takes a later moment for one that nearly nothing has:
# it would read all of them and sort them. Of an expression it knows nothing.
_CLOSES_LATER = func.coalesce(incidents.c.closes_at, NOW, type_=Utc()) > NOW
# Said so that no database takes the moment for what leads to the few that are open.
_IS_OPEN = and_(NOT_CLOSED, not_(GONE_BY_NOW))


def beyond_key(view: View | PileView, *, upwards: bool) -> bool:
    """Return whether the rows beyond a key are a list's without its condition, which misleads.

    Args:
        view: The list.
        upwards: Whether those towards later times are meant.
    """
    return view is View.CLOSED and not upwards


@cache
def in_view(
    view: View | PileView, side: Side = Side.CENTRE, *, below_key: bool = False
) -> ColumnElement[bool]:
    """Return the condition of a list of a side; its count and its rows come from this one.

    Args:
        view: The list.
        side: Whose.
        below_key: Whether its rows are read back from a due date.
    """
    before: ColumnElement[Any] = DueBesideKey() if below_key else BY_DUE
    in_pool = and_(incidents.c.assigned_to_id.is_(None), incidents.c.team == TEAM)
    conditions: dict[View | PileView, ColumnElement[bool]] = {
        PileView.PERSON: and_(NOT_RESOLVED, OWN),
        PileView.POOL: and_(NOT_RESOLVED, in_pool),
        PileView.ANYBODY: NOT_RESOLVED,
        View.UNREAD: UNREAD[side],
        View.TRIAGE: WAITS_FOR_TRIAGE,
        View.OPEN: _IS_OPEN,
        View.MINE: and_(NOT_RESOLVED, OWN),
        View.TEAM: and_(NOT_RESOLVED, incidents.c.team == TEAM, incidents.c.team != ""),
        View.ON_HOLD: and_(HELD, ~DEFERRAL_OVER),
        View.LATE: and_(NOT_RESOLVED, before < NOW, _was_late()),
        View.DUE_TODAY: and_(NOT_RESOLVED, BY_DUE >= NOW, before < TOMORROW, _running()),
        View.FLAGGED: and_(FLAGGED, NOT_OVER, or_(incidents.c.flag != "", DEFERRAL_OVER)),
        View.RESOLVED: and_(RESOLVED, _CLOSES_LATER),
        View.CLOSED: incidents.c.closes_at <= NOW,
        View.ALL: true(),
    }
    return conditions[view]


def _was_late() -> ColumnElement[bool]:
    """Return the condition that what is overdue now was so when the clock was paused (rule 22)."""
    return or_(_running(), incidents.c.sla_due < incidents.c.paused_since)


def _running() -> ColumnElement[bool]:
    return or_(
        incidents.c.paused_since.is_(None),
        and_(incidents.c.deferred_until.is_not(None), incidents.c.deferred_until <= NOW),
    )
