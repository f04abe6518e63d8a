"""Finds open incidents of other schools that read like what is being typed (rule 33)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    func,
    select,
    union_all,
)  # fmt: skip

from eds_tui.domain.account import Scope
from eds_tui.domain.lookalike import (
    COMPARED,
    MOST_SHOWN,
    PART_OF_BEST,
    Lookalike,
    least_in_common,
)
from eds_tui.domain.views import View
from eds_tui.repository.column_types import Id
from eds_tui.repository.come_due import BY_THE_CLOCK
from eds_tui.repository.incident_rows import Visibility, select_visible
from eds_tui.repository.list_conditions import in_view
from eds_tui.repository.reader_values import NOW, bind_values
from eds_tui.repository.tables import NOT_CLOSED, incidents, open_words, schools

_NEWEST = 40
"""The incidents of the highest row ids of which the newest are chosen: nearly the same ones."""


class LookalikeRepository:
    """Compares with all that is open, by the words that are kept of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def elsewhere(
        self, scope: Scope, words: Collection[str], school_id: int, now: datetime
    ) -> tuple[Lookalike, ...]:
        """Return open incidents of all schools but one that read like a text, newest first.

        Args:
            scope: Who reads.
            words: The telling words of the text; at least one.
            school_id: The row id of the school that is left out.
            now: The moment.
        """
        least = least_in_common(len(words))
        values = bind_values(scope, now, but=school_id, words=sorted(words), least=least)
        rows = self._connection.execute(_elsewhere(Visibility.of(scope)), values)
        found = [Lookalike(**row._mapping) for row in rows]
        found.sort(key=attrgetter("opened_at", "number"), reverse=True)
        return tuple(found[:MOST_SHOWN])


@cache
def _elsewhere(visibility: Visibility) -> Select[Any]:
    """Return the select of those that have as many of the ``words`` as it takes.

    What may not be among them is left out before the best is looked for.
    """
    word, row_id = open_words.c.word, open_words.c.incident_id
    counted = (
        select(row_id, func.count().label("shared"))
        .where(word.in_(bindparam("words", type_=Text)))
        .group_by(row_id)
        .having(func.count() >= bindparam("least", type_=Integer))
        .cte("counted")
    )
    others = select(counted).where(counted.c.incident_id.not_in(_left_out(visibility)))
    alike = others.cte("others")
    best = select(func.max(alike.c.shared)).scalar_subquery()
    # Sorted are ids alone, and not all that is shown of each.
    newest = (
        select(alike.c.incident_id)
        .where(alike.c.shared * PART_OF_BEST >= best)
        .order_by(alike.c.incident_id.desc())
        .limit(_NEWEST)
        .subquery("newest")
    )
    columns = incidents.c
    statement = (
        select(
            columns.number,
            func.substr(columns.description, 1, COMPARED).label("details"),
            schools.c.town,
            columns.opened_at,
            columns.confidential,
        )
        .join_from(newest, incidents, columns.id == newest.c.incident_id)
        .join(schools, schools.c.id == columns.school_id)
        .where(in_view(View.OPEN))
    )
    return select_visible(visibility, statement)


def _left_out(visibility: Visibility) -> CompoundSelect[Any]:
    """Return the select of the few whose words are kept and that are not for the reader."""
    columns = incidents.c
    resolved_at, is_resolved = BY_THE_CLOCK["auto_close"]
    conditions = [
        and_(NOT_CLOSED, columns.school_id == bindparam("but", type_=Id)),
        and_(is_resolved, resolved_at <= NOW),
    ]
    if not visibility.confidential:
        conditions.append(and_(NOT_CLOSED, columns.confidential))
    return union_all(*(select(columns.id).where(each) for each in conditions))
