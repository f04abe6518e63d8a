"""Counts the rows of the lists of the queue, by what is kept or along an index of its own.

To put forty thousand open incidents to the conditions of ten lists takes a tenth of a second. How
many are in each state is kept; of the other lists the entries of a narrow index are counted. What
has come true by the clock since it was stored is taken off or added: that is little, as it is soon
stored.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ScalarSelect, Select, and_, case, func, select
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.lifecycle import ON_HOLD, State
from eds_tui.domain.unread import Side
from eds_tui.domain.views import View
from eds_tui.repository.incident_rows import (
    Visibility,
    select_visible,
    visibility_conditions,
)
from eds_tui.repository.list_conditions import (
    DEFERRAL_OVER,
    GONE_BY_NOW,
    NOT_OVER,
    UNREAD,
    in_view,
    unread_by,
)
from eds_tui.repository.reader_values import NOW, TOMORROW
from eds_tui.repository.state_counts import number_in
from eds_tui.repository.tables import (
    FLAGGED,
    LATE_WHEN_HELD,
    NOT_CLOSED,
    RUNNING,
    incidents,
)

_OF_OPEN_ONES = tuple(view for view in View if view not in {View.UNREAD, View.CLOSED, View.ALL})
COUNTED = (View.UNREAD, *_OF_OPEN_ONES)
"""The lists whose rows are counted: what is unread, and those of open incidents."""


@cache
def counting(visibility: Visibility) -> Select[Any]:
    """Return the select of how many rows each of :data:`COUNTED` has, under its name."""
    if visibility.all_schools and visibility.confidential:
        counts: list[ColumnElement[Any]] = [
            count.label(view.value) for view, count in _along_indexes().items()
        ]
        return select(*counts)
    return _row_by_row(visibility)


def _number(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(incidents).where(*conditions).scalar_subquery()


def _along_indexes() -> dict[View, ColumnElement[int]]:
    columns = incidents.c
    due, flag = columns.sla_due, columns.flag
    started_again = and_(DEFERRAL_OVER, columns.paused_since.is_not(None))
    today = and_(due >= NOW, due < TOMORROW)
    gone = _number(GONE_BY_NOW)
    return {
        View.UNREAD: _number(UNREAD[Side.CENTRE]),
        View.TRIAGE: number_in(State.NEW, State.AWAITING_TRIAGE),
        View.OPEN: number_in(*set(State) - {State.CLOSED}) - gone,
        View.MINE: _number(in_view(View.MINE)),
        View.TEAM: _number(in_view(View.TEAM)),
        View.ON_HOLD: number_in(*ON_HOLD) - _number(DEFERRAL_OVER),
        View.LATE: _number(RUNNING, due < NOW)
        + _number(LATE_WHEN_HELD, due < NOW)
        + _number(started_again, due < NOW, due >= columns.paused_since),
        View.DUE_TODAY: _number(RUNNING, today) + _number(started_again, today),
        View.FLAGGED: _number(FLAGGED, flag != "", NOT_OVER) + _number(DEFERRAL_OVER, flag == ""),
        View.RESOLVED: number_in(State.RESOLVED) - gone,
    }


def _row_by_row(visibility: Visibility) -> Select[Any]:
    """Return the same for whoever sees only some of the incidents: a school has few."""
    sums = {view.value: func.sum(case((in_view(view), 1), else_=0)) for view in _OF_OPEN_ONES}
    counts = [func.coalesce(each, 0).label(name) for name, each in sums.items()]
    unread = _counting_unread(visibility).label(View.UNREAD.value)
    return select_visible(visibility, select(unread, *counts).where(NOT_CLOSED))


def _counting_unread(visibility: Visibility) -> ScalarSelect[Any]:
    """Return the count of what is unread, which may be closed by now."""
    other = incidents.alias("other")
    found = select(func.count()).select_from(other).where(unread_by(visibility.side, other.c))
    return found.where(*visibility_conditions(visibility, other.c)).scalar_subquery()
