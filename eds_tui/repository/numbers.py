"""Gives out the numbers of incidents, none of them twice (rule 8).

SQLite has one writer at a time, and a counter among its tables: what is undone gives its number
back. PostgreSQL draws each from a sequence, in a statement that nobody waits for: what is undone
leaves a gap.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Connection,
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

from eds_tui.repository.engine import is_postgres
from eds_tui.repository.tables import sequences

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
_COUNTER_STANDS = select(sequences.c.value).where(_COUNTER)
_RAISE_SEQUENCE = select(func.setval(SEQUENCE, bindparam("last")))
_RAISE_COUNTER = update(sequences).where(_COUNTER).values(value=bindparam("last"))


def next_number(connection: Connection) -> int:
    """Take the next number.

    On SQLite an undone transaction gives it back; on PostgreSQL it is then nobody's.
    """
    drawing: Any = _FROM_SEQUENCE if is_postgres(connection) else _FROM_COUNTER
    return int(connection.execute(drawing).scalar_one())


def given_out(connection: Connection) -> int | None:
    """Return the last number that was given out, 0 for none; ``None`` where that is not kept.

    The database may be of any schema version: the sequence came with revision 0028.
    """
    if is_postgres(connection) and connection.execute(_IS_SEQUENCE).scalar_one():
        return int(connection.execute(_SEQUENCE_STANDS).scalar_one())
    return connection.execute(_COUNTER_STANDS).scalar_one_or_none()


def go_on_after(connection: Connection, last: int) -> None:
    """Let the next number be the one after ``last``."""
    raising: Any = _RAISE_SEQUENCE if is_postgres(connection) else _RAISE_COUNTER
    connection.execute(raising, {"last": last})
