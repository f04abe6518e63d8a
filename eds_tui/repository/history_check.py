"""Checks that the history of each incident leads to what is stored of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, select

from eds_tui.domain.event import CHANGED, TOUCHES, EventKind
from eds_tui.domain.incident import format_number
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage_fields import LOGGED, TriageFields
from eds_tui.repository.recorded_fields import recorded, typed
from eds_tui.repository.tables import events, incidents

_BY_THE_CLOCK = frozenset({"sla_due", "warn_at", "warned"})
"""Fields that follow from the others, the targets and the calendar, whose change is no event."""
_FIELDS = [field.name for field in fields(TriageFields) if field.name not in _BY_THE_CLOCK]
_AT_ONCE = 1_000


def followed(connection: Connection) -> tuple[int, list[str]]:
    """Follow every change of every incident from what it was logged with to what it is now.

    Returns:
        How many events there are, and a sentence for each problem.
    """
    columns = incidents.c
    statement = select(
        columns.id, columns.number, columns.version, *(columns[name] for name in _FIELDS)
    ).order_by(columns.id)
    problems: list[str] = []
    number_of_events = 0
    logged = _events_of_incidents(connection)
    ahead = next(logged, None)
    for row in streamed(connection, statement):
        own: list[Row[Any]] = []
        while ahead is not None and ahead[0] <= row.id:
            if ahead[0] == row.id:
                own = ahead[1]
            ahead = next(logged, None)
        number_of_events += len(own)
        problems += [f"{format_number(row.number)}: {problem}" for problem in _followed(row, own)]
    return number_of_events, problems


def _events_of_incidents(connection: Connection) -> Iterator[tuple[int, list[Row[Any]]]]:
    kinds = [EventKind.INCIDENT_LOGGED.value, *(kind.value for kind in TOUCHES)]
    statement = (
        select(events.c.incident_id, events.c.kind, events.c.details)
        .where(events.c.incident_id.is_not(None), events.c.kind.in_(kinds))
        .order_by(events.c.incident_id, events.c.id)
    )
    for incident_id, own in groupby(streamed(connection, statement), lambda row: row.incident_id):
        yield incident_id, list(own)


def _followed(row: Row[Any], own: list[Row[Any]]) -> Iterator[str]:
    logged = [event for event in own if event.kind == EventKind.INCIDENT_LOGGED.value]
    changes = [event.details.get(CHANGED, {}) for event in own if event not in logged]
    if len(logged) != 1:
        yield f"its logging is recorded {len(logged)} times."
    if row.version != 1 + len(changes):
        yield f"it is at version {row.version} after {len(changes)} recorded changes."
    hidden = bool(logged) and bool(logged[0].details.get("confidential"))
    now = _checked(_fields_of(row))
    values = _checked(TriageFields(State.NEW, Priority.NONE, hidden)) | _logged(now, changes)
    for changed in changes:
        for name, (before, after) in changed.items():
            if name not in values:
                # The targets or the calendar may have changed it since, and warnings are no change.
                continue
            if values[name] != before:
                yield f"{name} was {_shown(values[name])}, and then changed from {_shown(before)}."
            values[name] = after
    for name in _FIELDS:
        if values[name] != now[name]:
            yield f"{name} is {_shown(now[name])}, and was last recorded as {_shown(values[name])}."


def _logged(now: dict[str, Any], changes: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what an incident was logged with: as it is, or was when it was first put right."""
    first = {name: pair[0] for each in reversed(changes) for name, pair in each.items()}
    return {name: first.get(name, now[name]) for name in LOGGED}


def _checked(triage: TriageFields) -> dict[str, Any]:
    return {name: value for name, value in recorded(triage).items() if name in _FIELDS}


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _fields_of(row: Row[Any]) -> TriageFields:
    values = {name: getattr(row, name) for name in _FIELDS}
    return TriageFields(**{name: typed(name, value) for name, value in values.items()})


def streamed(connection: Connection, statement: Any) -> Iterator[Row[Any]]:
    """Yield the rows of a select, a thousand in memory at a time."""
    options = {"stream_results": True, "yield_per": _AT_ONCE}
    with connection.execute(statement.execution_options(**options)) as found:
        yield from found
