"""Gives out the numbers of incidents, none of them twice (rule 8).

SQLite has one writer at a time, and a counter among its tables: what is undone gives its number
back. PostgreSQL draws each from a sequence, in a statement that nobody waits for: what is undone
leaves a gap.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Sequence,
    bindparam,
    case,
    column,
    func,
    select,
    table,
    update,
)  # fmt: skip
from sqlalchemy.sql.elements import ColumnClause

from eds_tui.domain.event import EventKind
from eds_tui.domain.restoring import LOST, Range
from eds_tui.repository.engine import is_postgres
from eds_tui.repository.tables import events, incidents, sequences

SEQUENCE = "incident_numbers"
"""The sequence of PostgreSQL."""
_COUNTER = sequences.c.name == "incident"
_FROM_SEQUENCE = select(Sequence(SEQUENCE).next_value())
_FROM_COUNTER = (
    update(sequences)
    .where(_COUNTER)
    .values(value=sequences.c.value + 1)
    .returning(sequences.c.value)
)
_IS_SEQUENCE = select(func.to_regclass(SEQUENCE).is_not(None))
_LAST: ColumnClause[int] = column("last_value")
_IS_CALLED: ColumnClause[bool] = column("is_called")
_SEQUENCE_STANDS = select(case((_IS_CALLED, _LAST), else_=_LAST - 1)).select_from(table(SEQUENCE))
_LAST_LOGGED = select(func.max(incidents.c.number))
_RESTORED = select(events.c.details).where(events.c.kind == EventKind.DATABASE_RESTORED.value)
_COUNTER_STANDS = select(sequences.c.value).where(_COUNTER)
_RAISE_SEQUENCE = select(func.setval(SEQUENCE, bindparam("last")))
_RAISE_COUNTER = update(sequences).where(_COUNTER).values(value=bindparam("last"))


def next_number(connection: Connection) -> int:
    """Take the next number.

    On SQLite an undone transaction gives it back; on PostgreSQL it is then nobody's.
    """
    drawing: Any = _FROM_SEQUENCE if is_postgres(connection) else _FROM_COUNTER
    return int(connection.execute(drawing).scalar_one())


def last_taken(connection: Connection) -> int:
    """Return the last number that can't be taken any more, 0 for none.

    PostgreSQL's standby, or a server after a crash, is up to 32 ahead of what was taken.
    """
    standing: Select[int] = _SEQUENCE_STANDS if is_postgres(connection) else _COUNTER_STANDS
    return int(connection.execute(standing).scalar_one())


def last_told(connection: Connection) -> int | None:
    """Return the last number that somebody was told, 0 for none; ``None`` where that is not kept.

    The database may be of any schema version: the sequence came with revision 0028.
    """
    if is_postgres(connection) and connection.execute(_IS_SEQUENCE).scalar_one():
        last = connection.execute(_LAST_LOGGED).scalar_one() or 0
        return max(last, *(end for _, end in lost_numbers(connection)), 0)
    return connection.execute(_COUNTER_STANDS).scalar_one_or_none()


def lost_numbers(connection: Connection) -> list[Range]:
    """Return the ranges of numbers that were lost whenever the database was restored."""
    found = connection.execute(_RESTORED).scalars()
    return [(first, last) for first, last in filter(None, (each.get(LOST) for each in found))]


def go_on_after(connection: Connection, last: int) -> None:
    """Let the next number be the one after ``last``."""
    raising: Any = _RAISE_SEQUENCE if is_postgres(connection) else _RAISE_COUNTER
    connection.execute(raising, {"last": last})
