"""Adds incidents to a database in copies: to draw one takes longer than to add many alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from eds_tui.domain.event import SAID_IN, EventKind
from eds_tui.repository.tables import comments, events, incidents
from tests.benchmarks.bulk import Rows

Logged = tuple[dict[str, Any], Sequence[dict[str, Any]], Sequence[dict[str, Any]]]
"""An incident, what was said, and its events; the latter two numbered from 1 on."""
_NEWS = ("centre_news", "centre_seen", "school_news", "school_seen")
_SAID = frozenset(kind.value for kind in SAID_IN if SAID_IN[kind] == "id")
assert EventKind.COMMENT_ADDED.value in _SAID


class Filler:
    """Adds incidents with what belongs to them, and numbers all of it.

    Args:
        connection: Of the transaction.
        opened: Returns when the incident with a number was logged.
        schools: The row ids of the schools, of which each copy gets another one.
    """

    def __init__(
        self, connection: Connection, *, opened: Callable[[int], datetime], schools: Sequence[int]
    ) -> None:
        self._connection = connection
        self._opened = opened
        self._schools = schools
        self._places = {school_id: place for place, school_id in enumerate(schools)}
        self.last_comment = 0
        self.last_event = 0

    def add(self, batch: Sequence[Logged], copies: int) -> None:
        """Add incidents, each so many times: under its number and those just before it."""
        rows = Rows(self._connection, incidents, batch[0][0])
        said = Rows(self._connection, comments, batch[0][1][0])
        happened = Rows(self._connection, events, batch[0][2][0])
        all_rows: list[list[Any]] = []
        all_said: list[list[Any]] = []
        all_events: list[list[Any]] = []
        for row, lines, log in batch:
            prepared = (
                rows.prepared(row),
                [*map(said.prepared, lines)],
                [*map(happened.prepared, log)],
            )
            for number in range(row["id"] - copies + 1, row["id"] + 1):
                shift = row["id"] - number
                all_rows.append(self._row(rows, prepared[0], row, number, shift))
                all_said += self._said(said, prepared[1], number)
                all_events += self._log(happened, prepared[2], log, number)
                self.last_comment += len(lines)
                self.last_event += len(log)
        rows.add(all_rows)
        said.add(all_said)
        happened.add(all_events)

    def _row(
        self, rows: Rows, prepared: list[Any], row: dict[str, Any], number: int, shift: int
    ) -> list[Any]:
        places, copy = {name: place for place, name in enumerate(rows.names)}, prepared.copy()
        school = self._schools[(self._places[row["school_id"]] + shift * 7) % len(self._schools)]
        copy[places["id"]] = copy[places["number"]] = number
        copy[places["submission"]] = f"many-{number}"
        copy[places["school_id"]] = school
        opened = places["opened_at"]
        copy[opened] = rows.converters[opened](self._opened(number))
        for name in _NEWS:
            if row[name]:
                copy[places[name]] = self.last_event + row[name]
        return copy

    def _said(self, rows: Rows, prepared: list[list[Any]], number: int) -> Iterator[list[Any]]:
        ids = tuple(map(rows.names.index, ("id", "incident_id", "submission")))
        for place, line in enumerate(prepared, 1):
            copy = line.copy()
            values = self.last_comment + place, number, f"many-{number}-{place}"
            for column, value in zip(ids, values, strict=True):
                copy[column] = value
            yield copy

    def _log(
        self, rows: Rows, prepared: list[list[Any]], log: Sequence[dict[str, Any]], number: int
    ) -> Iterator[list[Any]]:
        id_, incident, details = map(rows.names.index, ("id", "incident_id", "details"))
        for place, (event, line) in enumerate(zip(log, prepared, strict=True), 1):
            copy = line.copy()
            copy[id_], copy[incident] = self.last_event + place, number
            if event["kind"] in _SAID:
                copy[details] = f'{{"id": {self.last_comment + event["details"]["id"]}}}'
            yield copy
