"""What lists are sorted by, in SQL: the same expressions in statements and in their indexes.

A list of open incidents by due date or priority is read along an index of its own. Sorted by school
the open ones are put in order when they are read: the names stand in another table.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Dialect, Integer, SmallInteger, bindparam, func, literal_column, tuple_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import BindParameter, ColumnElement
from sqlalchemy.types import BigInteger

from eds_tui.domain.sorting import NEVER_DUE, Sort, priority_rank
from eds_tui.domain.views import PileView, View
from eds_tui.repository.column_types import Utc
from eds_tui.repository.tables import incidents, schools


class NeverDue(ColumnElement[Any]):
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

BY_PRIORITY: ColumnElement[int] = func.coalesce(
    func.nullif(incidents.c.priority, literal_column("0")), literal_column(str(priority_rank(0)))
)
"""The priority, none behind all others."""

Order = tuple[ColumnElement[Any], ...]
"""What comes first where some rows stand on top, what is sorted by, and the number."""


def order_of(view: View | PileView, sort: Sort) -> Order:
    """Return what the rows of a list are put in order by; the last is their number."""
    return {
        Sort.DUE: BY_DUE,
        Sort.PRIORITY: BY_PRIORITY,
        Sort.SCHOOL: schools.c.folded,
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


def beyond(order: Order, sort: Sort, *, upwards: bool, inclusive: bool) -> ColumnElement[bool]:
    """Return the condition of the rows on one side of ``key_rank``, ``key_at`` and ``key_number``.

    The rank counts where the order has it.

    Args:
        order: What the list is sorted by.
        sort: The sorting.
        upwards: Whether those towards the top are meant.
        inclusive: Whether the row at the key is one of them.
    """
    place = tuple_(*order)
    first: BindParameter[Any] = bindparam("key_at", type_=_type_of(sort, order))
    parts = (bindparam("key_rank", type_=Integer), first, bindparam("key_number", type_=BigInteger))
    key = tuple_(*parts[-len(order) :])
    if sort.is_descending == upwards:
        return place >= key if inclusive else place > key
    return place <= key if inclusive else place < key


def _type_of(sort: Sort, order: Order) -> Any:
    return SmallInteger() if sort is Sort.PRIORITY else order[-2].type
