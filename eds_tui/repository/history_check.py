"""Checks that the history of each incident leads to what is stored of it, and names what was said.

Incidents are gone through in the order of their ids, each with its events and comments in one row:
no more than a thousand of them are in memory at a time, however many there are.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from eds_tui.domain.event import CHANGED, SAID_IN, TOUCHES, EventKind
from eds_tui.domain.incident import format_number
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.progress import Progress
from eds_tui.domain.triage_fields import LOGGED, TriageFields
from eds_tui.repository.finding import Finding, Problems
from eds_tui.repository.history_reading import StoredIncident, as_stored, in_turn
from eds_tui.repository.recorded_fields import recorded
from eds_tui.repository.tables import comments, events, incidents

_BY_THE_CLOCK = frozenset({"sla_due", "warn_at", "warned"})
"""Fields that follow from the others, the targets and the calendar, whose change is no event."""
_FIELDS = [field.name for field in fields(TriageFields) if field.name not in _BY_THE_CLOCK]
_DEALT_WITH = [name for name in _FIELDS if name not in LOGGED]
"""The fields that every incident begins with the same values of, but for the confidential one."""
_LOGGED = EventKind.INCIDENT_LOGGED.value
_TOUCHES = frozenset(kind.value for kind in TOUCHES)
_NAMES = {kind.value: name for kind, name in SAID_IN.items()}
_MOMENTS = ("paused_since", "deferred_until", "resolved_at", "closes_at")
_FLAGS = ("confidential", "late_when_resolved")
_LOGGED_WITH = frozenset(LOGGED)
_INITIAL = recorded(TriageFields(State.NEW, Priority.NONE))
_KINDS = frozenset({_LOGGED, *_TOUCHES, *_NAMES})
"""The events that tell of changes and comments."""
_BEGINS = {name: _INITIAL[name] for name in _DEALT_WITH}

Values = dict[str, Any]
"""What fields hold, as the event log has it."""


class HistoryCheck:
    """Goes through all incidents once.

    Args:
        connection: Reads a consistent snapshot.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._events = 0
        self._comments = 0
        self._history = Problems()
        self._said = Problems()

    def follow(self, progress: Progress) -> tuple[Finding, Finding]:
        """Follow every incident from what it was logged with to what it is now.

        Args:
            progress: Is told how far it is.

        Returns:
            What was found of the history, and of the comments.
        """
        last = self._connection.execute(select(func.max(incidents.c.id))).scalar_one() or 1
        # One thread has the connection, so that the next are read while these are followed.
        with ThreadPoolExecutor(1) as reader:
            for stored in _read_ahead(reader, in_turn(self._connection, _DEALT_WITH, _KINDS)):
                progress(stored[0].id / last)
                self._follow(stored, reader)
        self._said.extend(self._named_of_none())
        progress(1.0)
        return (
            self._history.of(f"History, {self._events:,} events"),
            self._said.of(f"Comments, {self._comments:,}"),
        )

    def _follow(self, rows: Sequence[StoredIncident], reader: Executor) -> None:
        corrected: dict[int, list[Values]] = {}
        problems: dict[int, list[str]] = {}
        for row in rows:
            try:
                log = _read(row)
            except ValueError:
                problems[row.id] = ["its history can't be read."]
                continue
            self._events += len(log.logged) + len(log.changes)
            self._comments += len(log.there)
            if found := list(_followed(row, log)):
                problems[row.id] = found
            if not _LOGGED_WITH.isdisjoint(set().union(*log.changes)):
                corrected[row.id] = log.changes
            if log.named != log.there:
                reader.submit(self._compare_said, row.number, log).result()
        for row_id, found in reader.submit(self._corrected, corrected).result():
            problems.setdefault(row_id, []).extend(found)
        if problems:
            numbers = {row.id: format_number(row.number) for row in rows}
            for row_id, found in problems.items():
                self._history.extend(f"{numbers[row_id]}: {problem}" for problem in found)

    def _compare_said(self, number: int, log: Log) -> None:
        """Compare what was said on an incident with what the log says was said."""
        self._said.extend(
            f"{format_number(number)}: comment {each} is not in the event log."
            for each in sorted(log.there - log.named)
        )
        self._said.extend(self._absent(log.named - log.there))

    def _named_of_none(self) -> Iterator[str]:
        """Look at the events of no incident that name a comment."""
        statement = select(events.c.kind, events.c.details).where(
            events.c.incident_id.is_(None), events.c.kind.in_(_NAMES)
        )
        rows = self._connection.execute(statement)
        named = {row.details.get(_NAMES[row.kind]) for row in rows} - {None}
        yield from self._absent(named)

    def _absent(self, named: Collection[int]) -> Iterator[str]:
        for each in sorted(named):
            one = select(comments.c.id).where(comments.c.id == each)
            if self._connection.execute(one).first() is None:
                yield f"The event log has a comment {each} that is not there."

    def _corrected(self, changes: dict[int, list[Values]]) -> list[tuple[int, list[str]]]:
        """Follow the fields that incidents were logged with, which few have put right."""
        if not changes:
            return []
        found = []
        columns = [as_stored(name) for name in LOGGED]
        statement = select(incidents.c.id, *columns).where(incidents.c.id.in_(changes))
        for row in self._connection.execute(statement):
            now = {name: getattr(row, name) for name in LOGGED}
            own = changes[row.id]
            first = {name: pair[0] for each in reversed(own) for name, pair in each.items()}
            began = {name: first.get(name, now[name]) for name in LOGGED}
            found.append((row.id, list(_differences(began, own, now))))
        return found


def _read_ahead(
    reader: Executor, stored: Iterator[Sequence[StoredIncident]]
) -> Iterator[Sequence[StoredIncident]]:
    coming = reader.submit(next, stored, ())
    while read := coming.result():
        coming = reader.submit(next, stored, ())
        yield read


@dataclass(slots=True)
class Log:
    """What the event log has of an incident, beside what was said on it."""

    logged: list[Values]
    """The details of its logging, once."""
    changes: list[Values]
    """By field, the value before and after, of each event that changed it."""
    named: set[int]
    """The comments that events name."""
    there: set[int]
    """The comments that are there."""


_decode = json.JSONDecoder().raw_decode


def _read(row: StoredIncident) -> Log:
    (events_of, said), _ = _decode(f"[[{row.log}],[{row.said}]]")
    log = Log([], [], set(), set(said))
    for _, kind, details in sorted(events_of):
        if kind in _NAMES:
            log.named.add(details.get(_NAMES[kind]))
        if kind in _TOUCHES:
            log.changes.append(details.get(CHANGED, {}))
        elif kind == _LOGGED:
            log.logged.append(details)
    log.named.discard(None)
    return log


def _followed(row: StoredIncident, log: Log) -> Iterator[str]:
    if len(log.logged) != 1:
        yield f"its logging is recorded {len(log.logged)} times."
    if row.version != 1 + len(log.changes):
        yield f"it is at version {row.version} after {len(log.changes)} recorded changes."
    values = _BEGINS.copy()
    values["confidential"] = bool(log.logged) and bool(log.logged[0].get("confidential"))
    yield from _differences(values, log.changes, _now(row))


def _differences(values: Values, changes: list[Values], now: Values) -> Iterator[str]:
    """Yield where fields were something else than a change says that it found, or are now."""
    for changed in changes:
        for name, (before, after) in changed.items():
            if name not in values:
                # The targets or the calendar may have changed it since, and warnings are no change.
                continue
            if values[name] != before:
                was, said = _shown(name, values[name]), _shown(name, before)
                yield f"{name} was {was}, and then changed from {said}."
            values[name] = after
    if values != now:
        for name, value in values.items():
            if value != now[name]:
                stands, recorded_as = _shown(name, now[name]), _shown(name, value)
                yield f"{name} is {stands}, and was last recorded as {recorded_as}."


def _now(row: StoredIncident) -> Values:
    now: Values = dict(zip(_DEALT_WITH, row.values, strict=True))
    for name in _MOMENTS:
        if now[name] is not None:
            now[name] = _recorded_moment(now[name])
    pauses = now["pauses"]
    if isinstance(pauses, str):
        # Hardly any but one that was on hold has some.
        now["pauses"] = [] if pauses == "[]" else json.loads(pauses)
    return now


def _recorded_moment(value: datetime | str) -> str:
    """Return a moment of which SQLite gives the text, and PostgreSQL what its driver makes."""
    if isinstance(value, str):
        return f"{value.removesuffix('.000000').replace(' ', 'T')}+00:00"
    return value.astimezone(UTC).isoformat()


def _shown(name: str, value: Any) -> str:
    if name in _FLAGS and value is not None:
        # Stored in SQLite, they are numbers.
        value = bool(value)
    return json.dumps(value, ensure_ascii=False)
