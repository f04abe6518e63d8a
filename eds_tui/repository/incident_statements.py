"""The SQL statements about incidents, each composed once and cached."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    Integer,
    ScalarSelect,
    Select,
    bindparam,
    case,
    func,
    insert,
    literal,
    select,
    update,
)  # fmt: skip
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.triage_fields import TriageFields
from eds_tui.domain.unread import Side
from eds_tui.domain.views import ListQuery, View
from eds_tui.repository.column_types import Id
from eds_tui.repository.incident_order import beyond, directed, order_of
from eds_tui.repository.incident_rows import (
    ROW_FIELDS,
    Visibility,
    pointer,
    select_rows,
    select_visible,
    visibility_conditions,
)
from eds_tui.repository.list_conditions import OWN, WAITS_FOR_SCHOOL, in_view, unread_by
from eds_tui.repository.tables import NOT_CLOSED, attachments, feedback, incidents

TRIAGE_FIELDS = tuple(field.name for field in fields(TriageFields))
_OF_OPEN_ONES = tuple(view for view in View if view not in {View.UNREAD, View.CLOSED, View.ALL})
COUNTED = (View.UNREAD, *_OF_OPEN_ONES)
"""The lists whose rows are counted: what is unread, and those of open incidents."""

ADD = insert(incidents)
CHANGE = (
    update(incidents)
    .where(
        incidents.c.id == bindparam("row_id", type_=Id),
        incidents.c.version == bindparam("known_version", type_=Integer),
    )
    .values(version=incidents.c.version + 1)
)
_EXTRA: tuple[ColumnElement[Any], ...] = (
    incidents.c.id,
    incidents.c.changed_by,
    *(incidents.c[name] for name in TRIAGE_FIELDS if name not in ROW_FIELDS),
)
_EXTRA_WALLED: tuple[ColumnElement[Any], ...] = (
    incidents.c.id,
    incidents.c.description,
    incidents.c.resolved_at,
    pointer("parent_id"),
    pointer("duplicate_of_id"),
)
"""How the service centre deals with an incident is kept from a school."""
_duplicate = incidents.alias("duplicate")
_BESIDE: tuple[ColumnElement[Any], ...] = tuple(
    select(literal(1)).where(column == incidents.c.id).exists().correlate(incidents).label(name)
    for name, column in (
        ("has_files", attachments.c.incident_id),
        ("has_rating", feedback.c.incident_id),
        ("has_duplicates", _duplicate.c.duplicate_of_id),
    )
)
"""In the order of :class:`Beside`; what a school's duplicates are it does not read."""


class Way(NamedTuple):
    """Which way a list is gone through from a key, and whether the row there belongs to it."""

    newer: bool
    inclusive: bool

    @property
    def other(self) -> Way:
        """The other way, to which the row at the key belongs if not to this one."""
        return Way(not self.newer, not self.inclusive)


@cache
def one(visibility: Visibility, column: ColumnElement[int], writing: bool) -> Select[Any]:
    """Return the select of the incident whose ``column`` has the value ``wanted``.

    Args:
        visibility: What the reader may see.
        column: What it is known by.
        writing: Whether it is to be decided on.
    """
    extra, side = (_EXTRA_WALLED if visibility.walled else _EXTRA), visibility.side.value
    news, said = incidents.c[f"{side}_news"], incidents.c[f"{side}_said"]
    beside = () if writing else _BESIDE[: 2 if visibility.walled else None]
    rows = select_rows(visibility, *extra, *beside, news.label("last_news"), said.label("said"))
    statement = rows.where(column == bindparam("wanted", type_=Id))
    # Whoever writes decides on what is there, and others wait; SQLite lets one write at a time.
    return statement.with_for_update(of=incidents) if writing else statement


def _rank(query: ListQuery, side: Side) -> ColumnElement[int] | None:
    """Return what some rows stand on top by, in the direction of the sorting (rule 41).

    ``None`` where none do.
    """
    if query.waiting_first:
        first = WAITS_FOR_SCHOOL
    elif query.view is View.UNREAD and side is Side.CENTRE:
        first = OWN
    else:
        return None
    top = int(query.order.is_descending)
    return case((first, top), else_=1 - top)


@cache
def listing(
    visibility: Visibility, query: ListQuery, way: Way, from_the_end: bool = False
) -> Select[Any]:
    """Return the select of ``most`` rows of a list, each with its rank.

    Args:
        visibility: What the reader may see.
        query: The list, of whichever school: that is given as ``of_school``.
        way: Which way from the key ``key_at`` and ``key_number``, and ``key_rank`` where it counts.
        from_the_end: Whether there is no key.
    """
    sort, rank = query.order, _rank(query, visibility.side)
    ranked = literal(0) if rank is None else rank
    statement = select_rows(visibility, ranked.label("rank"))
    statement = statement.where(in_view(query.view, visibility.side))
    if query.school_id is not None:
        statement = statement.where(incidents.c.school_id == bindparam("of_school", type_=Id))
    order = order_of(query.view, sort)
    if rank is not None:
        order = (rank, *order)
    if not from_the_end:
        side = beyond(order, sort, upwards=way.newer, inclusive=way.inclusive)
        statement = statement.where(side)
    direction = directed(order, sort, upwards=way.newer)
    return statement.order_by(*direction).limit(bindparam("most", type_=Integer))


@cache
def counting(visibility: Visibility) -> Select[Any]:
    """Return the select of how many rows each of :data:`COUNTED` has, under its name."""
    sums = {view.value: func.sum(case((in_view(view), 1), else_=0)) for view in _OF_OPEN_ONES}
    counts = [func.coalesce(each, 0).label(name) for name, each in sums.items()]
    unread = _counting_unread(visibility).label(View.UNREAD.value)
    return select_visible(visibility, select(unread, *counts).where(NOT_CLOSED))


def _counting_unread(visibility: Visibility) -> ScalarSelect[Any]:
    """Return the count of what is unread, which may be closed by now."""
    other = incidents.alias("other")
    found = select(func.count()).select_from(other).where(unread_by(visibility.side, other.c))
    return found.where(*visibility_conditions(visibility, other.c)).scalar_subquery()


Pointer = Literal["parent_id", "duplicate_of_id"]
"""The column by which an incident points to another."""


@cache
def pointing_to(visibility: Visibility, view: View, column: Pointer) -> Select[Any]:
    """Return the select of those of a list that point to the incident with row id ``above``."""
    points = incidents.c[column] == bindparam("above", type_=Id)
    return select_rows(visibility).where(points, in_view(view)).order_by(incidents.c.number)
