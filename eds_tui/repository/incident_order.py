"""What lists are sorted by, in SQL: the same expressions in statements and in their indexes.

A list of open incidents by due date or priority is read along an index of its own. Sorted by school
the open ones are put in order when they are read: the names stand in another table.
"""

from __future__ import annotations

from enum import Enum
from operator import ge, gt, le, lt
from typing import Any

from sqlalchemy import (
    Dialect,
    Integer,
    SmallInteger,
    and_,
    bindparam,
    func,
    literal_column,
    tuple_,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import BindParameter, ColumnElement
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import BigInteger

from eds_tui.domain.sorting import NEVER_DUE, Sort, priority_rank
from eds_tui.domain.views import PileView, View
from eds_tui.repository.column_types import Utc
from eds_tui.repository.tables import NOT_CLOSED, incidents, schools


class NeverDue(FunctionElement[Any]):
    """The moment that stands for no due date, written out: an index takes no bind value."""

    inherit_cache = True
    type = Utc()


@compiles(NeverDue)
def _written_out(element: NeverDue, compiler: Any, **more: object) -> str:
    dialect: Dialect = compiler.dialect
    if dialect.name == "sqlite":
        return f"'{NEVER_DUE:%Y-%m-%d %H:%M:%S.%f}'"
    return f"'{NEVER_DUE:%Y-%m-%d %H:%M:%S}+00'::timestamp with time zone"


BY_DUE: ColumnElement[Any] = func.coalesce(incidents.c.sla_due, NeverDue(), type_=Utc())
"""The due date, or what stands for none."""


class DueBesideKey(FunctionElement[Any]):
    """The due date in a condition beside that of a key.

    SQLite goes along an index from one bound alone, which is to be the key: it gets the column.
    PostgreSQL goes along with both, and would take the bare column for a reason to leave the index.
    """

    inherit_cache = True
    type = Utc()


@compiles(DueBesideKey)
def _beside_key(element: DueBesideKey, compiler: Any, **more: object) -> str:
    column = incidents.c.sla_due if compiler.dialect.name == "sqlite" else BY_DUE
    written: str = compiler.process(column, **more)
    return written


BY_PRIORITY: ColumnElement[int] = func.coalesce(
    func.nullif(incidents.c.priority, literal_column("0")), literal_column(str(priority_rank(0)))
)
"""The priority, none behind all others."""

_FOLDED: ColumnElement[Any] = schools.c.folded.concat(literal_column("''"))
"""The name of its school: no column, for the index of that one leads away from the list."""


class IsOpenOnSqlite(FunctionElement[Any]):
    """Nothing that a list does not say itself, but what SQLite needs to take the index of all.

    PostgreSQL finds that out by itself, and would count the condition twice.
    """

    inherit_cache = True


@compiles(IsOpenOnSqlite)
def _on_sqlite(element: IsOpenOnSqlite, compiler: Any, **more: object) -> str:
    if compiler.dialect.name != "sqlite":
        return "true"
    condition: str = compiler.process(NOT_CLOSED, **more)
    return condition


Order = tuple[ColumnElement[Any], ...]
"""What comes first where some rows stand on top, what is sorted by, and the number."""


def order_of(view: View | PileView, sort: Sort) -> Order:
    """Return what the rows of a list are put in order by; the last is their number."""
    return {
        Sort.DUE: BY_DUE,
        Sort.PRIORITY: BY_PRIORITY,
        Sort.SCHOOL: _FOLDED,
    }.get(
        sort, incidents.c.closes_at if view is View.CLOSED else incidents.c.opened_at
    ), incidents.c.number


def directed(order: Order, sort: Sort, *, upwards: bool) -> list[ColumnElement[Any]]:
    """Return an order as it is read.

    Args:
        order: By what.
        sort: The sorting, which says what stands on top.
        upwards: Whether it is read towards its top.
    """
    falls = sort.is_descending != upwards
    return [column.desc() if falls else column.asc() for column in order]


def are_many_same(sort: Sort, at: object) -> bool:
    """Return whether many rows have a place in an order, and differ in their number alone.

    Those are read apart from what is beyond them: an index of an expression leads to a row among
    them in no other way.
    """
    return sort is Sort.PRIORITY or (sort is Sort.DUE and at == NEVER_DUE)


class Part(Enum):
    """What is read beyond a key, where not all of it is read together."""

    WHOLE = "whole"
    SAME = "same"
    """Rows with the same place as the key, but for their number."""
    REST = "rest"
    """Rows beyond those."""


def beyond(
    order: Order, sort: Sort, *, upwards: bool, inclusive: bool, part: Part = Part.WHOLE
) -> ColumnElement[bool]:
    """Return the condition of the rows on one side of ``key_rank``, ``key_at`` and ``key_number``.

    The rank counts where the order has it.

    Args:
        order: What the list is sorted by.
        sort: The sorting.
        upwards: Whether those towards the top are meant.
        inclusive: Whether the row at the key is one of them.
        part: Which of them.
    """
    at: BindParameter[Any] = bindparam("key_at", type_=_type_of(sort, order))
    number = bindparam("key_number", type_=BigInteger)
    rises = sort.is_descending == upwards
    if part is Part.SAME:
        return and_(order[-2] == at, _past(order[-1], number, rises=rises, inclusive=inclusive))
    if part is Part.REST:
        return _past(order[-2], at, rises=rises, inclusive=False)
    key = (bindparam("key_rank", type_=Integer), at, number)[-len(order) :]
    past = _past(tuple_(*order), tuple_(*key), rises=rises, inclusive=inclusive)
    # SQLite goes along an index of an expression by that alone, not by a pair of which it is one.
    return and_(past, _past(BY_DUE, at, rises=rises, inclusive=True)) if sort is Sort.DUE else past


def _past(place: Any, key: Any, *, rises: bool, inclusive: bool) -> ColumnElement[bool]:
    """Return the condition that a place is beyond a key, in the direction that it is read."""
    compare = (ge if inclusive else gt) if rises else (le if inclusive else lt)
    past: ColumnElement[bool] = compare(place, key)
    return past


def _type_of(sort: Sort, order: Order) -> Any:
    return SmallInteger() if sort is Sort.PRIORITY else order[-2].type
