"""Keeps who rings: the callers of a school, and how often an incident was chased (rules 42, 43)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from eds_tui.domain.account import Scope
from eds_tui.domain.folding import fold
from eds_tui.domain.known_caller import MOST_OFFERED, KnownCaller
from eds_tui.domain.views import IncidentRow, View
from eds_tui.repository.incident_rows import Visibility, select_rows, to_row
from eds_tui.repository.list_conditions import in_view
from eds_tui.repository.reader_values import bind_values
from eds_tui.repository.tables import incidents, known_callers


class CallRepository:
    """Remembers, reads and forgets callers, and counts chases."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember(self, school_id: int, name: str, telephone: str, at: datetime) -> None:
        """Keep a caller of a school, with the number that was given last."""
        told = {"telephone": telephone} if telephone else {}
        values = {"name": name, "called_at": at, **told}
        here = (known_callers.c.school_id == school_id) & (known_callers.c.folded == fold(name))
        again = update(known_callers).where(here).values(**values)
        if self._connection.execute(again).rowcount:
            return
        row = {"telephone": "", **values, "school_id": school_id, "folded": fold(name)}
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(known_callers).values(**row))
        except IntegrityError:
            # Somebody else has taken a call of the same caller at the same moment.
            self._connection.execute(again)

    def callers(self, school_id: int) -> tuple[KnownCaller, ...]:
        """Return the callers of a school that are offered, who rang last first."""
        columns = known_callers.c
        rows = self._connection.execute(
            select(columns.name, columns.telephone, columns.called_at)
            .where(columns.school_id == school_id)
            .order_by(columns.called_at.desc(), columns.folded)
            .limit(MOST_OFFERED)
        )
        return tuple(KnownCaller(**row._mapping) for row in rows)

    def forget(self, school_id: int, name: str | None) -> tuple[str, ...]:
        """Forget a caller of a school, or with ``None`` all; return the names that were kept."""
        columns = known_callers.c
        which = columns.school_id == school_id
        if name is not None:
            which &= columns.folded == fold(name)
        found = select(columns.name).where(which).order_by(columns.folded)
        names = tuple(self._connection.execute(found).scalars())
        self._connection.execute(delete(known_callers).where(which))
        return names

    def count_chase(self, incident_id: int, at: datetime) -> None:
        """Count that somebody rang about an incident."""
        self._connection.execute(
            update(incidents)
            .where(incidents.c.id == incident_id)
            .values(chases=incidents.c.chases + 1, chased_at=at)
        )

    def chased(self, scope: Scope, now: datetime, limit: int) -> tuple[IncidentRow, ...]:
        """Return the open incidents that were chased, the most often first."""
        statement = (
            select_rows(Visibility.of(scope, self._connection))
            .where(in_view(View.OPEN), incidents.c.chases > 0)
            .order_by(incidents.c.chases.desc(), incidents.c.chased_at.desc())
            .limit(limit)
        )
        rows = self._connection.execute(statement, bind_values(scope, now))
        return tuple(to_row(row, now) for row in rows)
