"""The SQL statements about incidents, each composed once and cached."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    Integer,
    Select,
    bindparam,
    case,
    insert,
    literal,
    select,
    update,
)  # fmt: skip
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.sorting import Sort
from eds_tui.domain.triage_fields import TriageFields
from eds_tui.domain.unread import Side
from eds_tui.domain.views import ListQuery, View
from eds_tui.repository.column_types import Id
from eds_tui.repository.incident_order import IsOpenOnSqlite, Part, beyond, directed, order_of
from eds_tui.repository.incident_rows import (
    ROW_FIELDS,
    Visibility,
    pointer,
    select_rows,
    select_visible,
)
from eds_tui.repository.list_conditions import OWN, WAITS_FOR_SCHOOL, beyond_key, in_view
from eds_tui.repository.tables import attachments, feedback, incidents, schools

TRIAGE_FIELDS = tuple(field.name for field in fields(TriageFields))
_SORTED_ALONG_OPEN = frozenset({Sort.DUE, Sort.PRIORITY})
_PARTS_OF_OPEN = frozenset({View.TRIAGE, View.ON_HOLD})
"""Lists that are read along an index of all open ones where they are sorted so."""
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
    visibility: Visibility, query: ListQuery, way: Way, part: Part | None = None
) -> Select[Any]:
    """Return the select of ``most`` rows of a list, each with its rank.

    Args:
        visibility: What the reader may see.
        query: The list, of whichever school: that is given as ``of_school``.
        way: Which way from the key ``key_at`` and ``key_number``, and ``key_rank`` where it counts.
        part: Which rows beyond the key; ``None`` where there is no key.
    """
    sort, rank = query.order, _rank(query, visibility.side)
    ranked = literal(0) if rank is None else rank
    order = order_of(query.view, sort)
    if rank is not None:
        order = (rank, *order)
    conditions = []
    rises = way.newer is sort.is_descending
    if part is None or not beyond_key(query.view, upwards=rises):
        back = part is not None and sort is Sort.DUE and not rises
        conditions.append(in_view(query.view, visibility.side, below_key=back))
    if sort in _SORTED_ALONG_OPEN and query.view in _PARTS_OF_OPEN:
        conditions.append(IsOpenOnSqlite())
    if query.school_id is not None:
        conditions.append(incidents.c.school_id == bindparam("of_school", type_=Id))
    if part is not None:
        conditions.append(
            beyond(order, sort, upwards=way.newer, inclusive=way.inclusive, part=part)
        )
    sorted_by = order[-1:] if part is Part.SAME else order
    direction = directed(sorted_by, sort, upwards=way.newer)
    most = bindparam("most", type_=Integer)
    rows = select_rows(visibility, ranked.label("rank")).order_by(*direction)
    if rank is None and sort is not Sort.SCHOOL:
        return rows.where(*conditions).limit(most)
    # No index has this order: what is put in it are ids alone, not whole rows.
    found = select_visible(visibility, select(incidents.c.id).where(*conditions))
    if sort is Sort.SCHOOL:
        found = found.join(schools, schools.c.id == incidents.c.school_id)
    of_found = found.order_by(*direction).limit(most).correlate(None)
    return rows.where(incidents.c.id.in_(of_found))


Pointer = Literal["parent_id", "duplicate_of_id"]
"""The column by which an incident points to another."""


@cache
def pointing_to(visibility: Visibility, view: View, column: Pointer) -> Select[Any]:
    """Return the select of those of a list that point to the incident with row id ``above``."""
    points = incidents.c[column] == bindparam("above", type_=Id)
    return select_rows(visibility).where(points, in_view(view)).order_by(incidents.c.number)
