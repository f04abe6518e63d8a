"""Counts who has how much to do (rule 51)."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, case, func, literal_column, select

from eds_tui.domain.account import Scope
from eds_tui.domain.hand_over import Counted
from eds_tui.domain.views import PileView, View
from eds_tui.repository.incident_rows import Visibility, select_visible
from eds_tui.repository.list_conditions import in_view
from eds_tui.repository.reader_values import bind_values
from eds_tui.repository.tables import incidents


class PileRepository:
    """Counts the piles of all people, of the teams and of nobody."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, scope: Scope, now: datetime) -> tuple[Counted, ...]:
        """Return every pile that has something in it.

        Args:
            scope: Who reads.
            now: The moment.
        """
        statement = _counting(Visibility.of(scope))
        return tuple(
            Counted(row.account_id, row.team, int(row.open), int(row.late), row.oldest)
            for row in self._connection.execute(statement, bind_values(scope, now))
        )


@cache
def _counting(visibility: Visibility) -> Select[Any]:
    columns = incidents.c
    account_id = columns.assigned_to_id
    team = case((account_id.is_(None), columns.team), else_=literal_column("''"))
    late = func.sum(case((in_view(View.LATE), 1), else_=0))
    counts = select(
        account_id.label("account_id"),
        team.label("team"),
        func.count().label("open"),
        late.label("late"),
        func.min(columns.opened_at).label("oldest"),
    )
    return select_visible(visibility, counts.where(in_view(PileView.ANYBODY))).group_by(
        account_id, team
    )
