"""Reads open incidents of other schools, to compare with what is being typed (rule 33)."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from eds_tui.domain.account import Scope
from eds_tui.domain.lookalike import Lookalike
from eds_tui.domain.views import View
from eds_tui.repository.column_types import Id
from eds_tui.repository.incident_rows import Visibility, select_visible
from eds_tui.repository.list_conditions import in_view
from eds_tui.repository.reader_values import bind_values
from eds_tui.repository.tables import incidents, schools

_DETAILS_LENGTH = 300
MOST_COMPARED = 500
"""The newest open incidents that are read, however many there are."""


class LookalikeRepository:
    """Reads what there is to compare with; the index of the open list serves it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def elsewhere(self, scope: Scope, school_id: int, now: datetime) -> tuple[Lookalike, ...]:
        """Return the newest open incidents of all schools but one, newest first."""
        values = bind_values(scope, now, but=school_id)
        return tuple(
            Lookalike(**row._mapping)
            for row in self._connection.execute(_elsewhere(Visibility.of(scope)), values)
        )


@cache
def _elsewhere(visibility: Visibility) -> Select[Any]:
    columns = incidents.c
    statement = (
        select(
            columns.number,
            func.substr(columns.description, 1, _DETAILS_LENGTH).label("details"),
            schools.c.town,
            columns.opened_at,
            columns.confidential,
        )
        .join(schools, schools.c.id == columns.school_id)
        .where(in_view(View.OPEN), columns.school_id != bindparam("but", type_=Id))
        .order_by(columns.opened_at.desc(), columns.number.desc())
        .limit(MOST_COMPARED)
    )
    return select_visible(visibility, statement)
