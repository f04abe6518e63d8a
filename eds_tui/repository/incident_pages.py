"""Reads windows of lists along their keys, at a cost that neither length nor depth changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from eds_tui.domain.account import Scope
from eds_tui.domain.incident import LARGEST_NUMBER
from eds_tui.domain.views import ListQuery, Page, View, Window
from eds_tui.repository.incident_order import Part, are_many_same
from eds_tui.repository.incident_rows import Visibility, to_row
from eds_tui.repository.incident_statements import Way, listing
from eds_tui.repository.reader_values import bind_values

_ANY_SCHOOL = 1
"""Stands for whichever school a list is of, so that its statement is composed once for all."""


def page_of(
    connection: Connection, scope: Scope, query: ListQuery, window: Window, now: datetime
) -> Page:
    """Return a window of a list; reads only that many rows, and one more.

    Args:
        connection: Of the transaction.
        scope: Who reads.
        query: The list.
        window: Which part of it.
        now: The moment.
    """
    any_school = None if query.school_id is None else _ANY_SCHOOL
    reading = _Reading(
        connection=connection,
        visibility=Visibility.of(scope, connection),
        query=replace(query, school_id=any_school, sort=query.order, holder=None),
        values=bind_values(scope, now, of_school=query.school_id) | _key_of(query, window, now),
        has_key=window.key is not None,
    )
    way = Way(window.newer, window.inclusive)
    # The row at the key is on that side itself, where it does not belong to the window.
    beyond = reading.has_key
    if beyond and window.inclusive:
        beyond = bool(reading.rows(way.other, 1))
    found = reading.rows(way, window.limit + 1)
    more = len(found) > window.limit
    rows = [to_row(row, now, rank=row[0]) for row in found[: window.limit]]
    if window.newer:
        return Page(tuple(reversed(rows)), newer=more, older=beyond)
    return Page(tuple(rows), newer=beyond, older=more)


@dataclass(frozen=True, kw_only=True)
class _Reading:
    connection: Connection
    visibility: Visibility
    query: ListQuery
    values: dict[str, Any]
    has_key: bool

    def rows(self, way: Way, most: int) -> list[Row[Any]]:
        """Return so many rows one way from the key, nearest first."""
        if not self.has_key:
            return self._read(way, None, most)
        if self._has_ranks or not are_many_same(self.query.order, self.values["key_at"]):
            return self._read(way, Part.WHOLE, most)
        same = self._read(way, Part.SAME, most)
        if len(same) == most:
            return same
        return same + self._read(way, Part.REST, most - len(same))

    @property
    def _has_ranks(self) -> bool:
        return self.query.waiting_first or self.query.view is View.UNREAD

    def _read(self, way: Way, part: Part | None, most: int) -> list[Row[Any]]:
        statement = listing(self.visibility, self.query, way, part)
        return list(self.connection.execute(statement, self.values | {"most": most}).all())


def _key_of(query: ListQuery, window: Window, now: datetime) -> dict[str, Any]:
    key = window.key
    if key is None:
        return {}
    at, number = key.at, key.number
    if query.view is View.CLOSED and isinstance(at, datetime) and at > now:
        # The clock has been put back: what was closed by then is not yet, and the list begins here.
        at, number = now, LARGEST_NUMBER
    return {"key_at": at, "key_number": number, "key_rank": key.rank}
