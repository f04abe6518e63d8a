"""Reads every incident with its events and comments, a thousand at a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Label,
    Row,
    Select,
    Subquery,
    Text,
    bindparam,
    cast,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.types import NullType

from eds_tui.repository.engine import is_postgres
from eds_tui.repository.tables import comments, events, incidents

_AT_ONCE = 1_000
_BETWEEN = "\x1e"
"""Stands between what was put together of several incidents; JSON has no such sign."""


class StoredIncident(NamedTuple):
    """What is stored of an incident and of what became of it."""

    id: int
    number: int
    version: int
    values: Sequence[Any]
    """Of its fields as they are stored, in the order in which they were asked for."""
    log: str
    """Its events in JSON, without the brackets around them."""
    said: str
    """The ids of its comments, in the same way."""


def as_stored(name: str) -> Any:
    """Return a column of an incident whose value is given as the driver has it."""
    return type_coerce(incidents.c[name], NullType).label(name)


def in_turn(
    connection: Connection, names: Sequence[str], kinds: Collection[str]
) -> Iterator[Sequence[StoredIncident]]:
    """Yield all incidents in the order of their ids.

    Args:
        connection: Reads a consistent snapshot.
        names: The fields whose values are read.
        kinds: The events that are read.
    """
    read = _in_rows if is_postgres(connection) else _in_texts
    return read(connection, _statement(names, kinds))


def _in_rows(connection: Connection, statement: Select[Any]) -> Iterator[Sequence[StoredIncident]]:
    options = {"stream_results": True, "yield_per": _AT_ONCE}
    with connection.execute(statement.execution_options(**options)) as found:
        for rows in found.partitions():
            yield _each_of(rows)


def _in_texts(connection: Connection, statement: Select[Any]) -> Iterator[Sequence[StoredIncident]]:
    """Have SQLite put a thousand together in three texts.

    With a row each, its driver would wait for its turn among the threads of the program a thousand
    times, and whoever reads ahead would be as long as those who follow.
    """
    after = statement.where(incidents.c.id > bindparam("after")).limit(_AT_ONCE)
    thousand = _put_together(after.subquery())
    last = -1
    while (found := connection.execute(thousand, {"after": last}).one()).last is not None:
        stored = json.loads(found.stored)
        logs, said = found.logs.split(_BETWEEN), found.said.split(_BETWEEN)
        if len(stored) == len(logs) == len(said):
            yield [_of(*each) for each in zip(stored, logs, said, strict=True)]
        else:
            # What no program of ours has written is told of its own incident alone.
            yield _each_of(connection.execute(after, {"after": last}).all())
        last = found.last


def _each_of(rows: Iterable[Row[Any]]) -> Sequence[StoredIncident]:
    return [_of(row[:-2], row.log or "", row.said or "") for row in rows]


def _of(columns: Sequence[Any], log: str, said: str) -> StoredIncident:
    id_, number, version, *values = columns
    return StoredIncident(id_, number, version, values, log, said)


def _put_together(incident: Subquery) -> Select[Any]:
    *stored, log, said = incident.c
    return select(
        func.max(incident.c.id).label("last"),
        func.json_group_array(func.json_array(*stored)).label("stored"),
        func.aggregate_strings(func.coalesce(log, ""), _BETWEEN).label("logs"),
        func.aggregate_strings(func.coalesce(said, ""), _BETWEEN).label("said"),
    )


def _statement(names: Sequence[str], kinds: Collection[str]) -> Select[Any]:
    columns = map(as_stored, names)
    row = incidents.c
    return select(row.id, row.number, row.version, *columns, _log(kinds), _said()).order_by(row.id)


def _log(kinds: Collection[str]) -> Label[Any]:
    """Return the events of an incident that tell of changes and comments, as one text of JSON."""
    own = events.c
    kind = literal(',"') + own.kind + literal('",')
    each = literal("[") + cast(own.id, Text) + kind + cast(own.details, Text) + literal("]")
    found = select(func.aggregate_strings(each, ",")).where(own.incident_id == incidents.c.id)
    return found.where(own.kind.in_(kinds)).scalar_subquery().label("log")


def _said() -> Label[Any]:
    """Return the ids of an incident's comments as one text."""
    ids = select(func.aggregate_strings(cast(comments.c.id, Text), ","))
    found = ids.where(comments.c.incident_id == incidents.c.id)
    return found.scalar_subquery().label("said")
