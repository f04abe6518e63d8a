"""Keeps who has rung from which school, to be offered as the caller (rule 42)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from eds_tui.domain.folding import fold
from eds_tui.domain.known_caller import MOST_OFFERED, KnownCaller
from eds_tui.repository.tables import known_callers


class KnownCallerRepository:
    """Remembers, reads and forgets callers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember(self, school_id: int, name: str, telephone: str, at: datetime) -> None:
        """Keep a caller of a school, with the number that was given last."""
        told = {"telephone": telephone} if telephone else {}
        values = {"name": name, "called_at": at, **told}
        here = (known_callers.c.school_id == school_id) & (known_callers.c.folded == fold(name))
        changed = self._connection.execute(update(known_callers).where(here).values(**values))
        if changed.rowcount == 0:
            row = {"telephone": "", **values, "school_id": school_id, "folded": fold(name)}
            self._connection.execute(insert(known_callers).values(**row))

    def of_school(self, school_id: int) -> tuple[KnownCaller, ...]:
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
