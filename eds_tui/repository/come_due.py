"""Selects the incidents to which something has happened by the clock alone (rules 16, 18, 22).

There are four such things, and each has an index that holds just what it may still happen to, in
the order of its moments: where nothing is due, four looks into an index say so, however many
incidents there are.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Integer,
    and_,
    bindparam,
    literal_column,
    select,
    union,
)  # fmt: skip
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.repository.column_types import Utc
from eds_tui.repository.tables import NOT_CLOSED, incidents

_CLOCK_RUNS = and_(
    NOT_CLOSED,
    incidents.c.state != literal_column("'resolved'"),
    incidents.c.paused_since.is_(None),
)
BY_THE_CLOCK: dict[str, tuple[ColumnElement[Any], ColumnElement[bool]]] = {
    "auto_close": (incidents.c.closes_at, incidents.c.state == literal_column("'resolved'")),
    "deferral": (
        incidents.c.deferred_until,
        incidents.c.state == literal_column("'on_hold_deferral'"),
    ),
    "warning": (incidents.c.warn_at, and_(_CLOCK_RUNS, incidents.c.warned < literal_column("1"))),
    "breach": (incidents.c.sla_due, and_(_CLOCK_RUNS, incidents.c.warned < literal_column("2"))),
}
"""By the name of its index: the moment at which it happens, and to which incidents it can."""


@cache
def come_due() -> CompoundSelect[Any]:
    """Return the select of row ids of at most ``most`` incidents of each kind, due by ``at``."""
    at, most = bindparam("at", type_=Utc), bindparam("most", type_=Integer)
    kinds = (
        select(incidents.c.id)
        .where(condition, moment <= at)
        .order_by(moment)
        .limit(most)
        .subquery(name)
        for name, (moment, condition) in BY_THE_CLOCK.items()
    )
    return union(*(select(kind.c.id) for kind in kinds))
