"""Searches incidents by words and filters, newest first, within visibility (rule 35)."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from itertools import islice
from operator import ge, gt, le, lt
from typing import Any

from sqlalchemy import Connection, literal, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.account import Scope
from eds_tui.domain.search import SearchPage, SearchQuery
from eds_tui.domain.sorted_rows import MOST_SORTED, sorted_page
from eds_tui.domain.sorting import Sort
from eds_tui.domain.views import IncidentRow, Window
from eds_tui.repository.column_types import Utc
from eds_tui.repository.full_text import Walk, full_text_of
from eds_tui.repository.incident_rows import Visibility, select_rows, select_visible, to_row
from eds_tui.repository.reader_values import bind_values
from eds_tui.repository.search_filters import Search, prepare
from eds_tui.repository.tables import incidents

_MOST_AT_ONCE = 1_000
_MANY = 4


class SearchRepository:
    """Finds incidents."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(
        self,
        scope: Scope,
        query: SearchQuery,
        window: Window,
        now: datetime,
        sort: Sort = Sort.NEWEST,
    ) -> SearchPage:
        """Return a window of the incidents that hold all that is asked for.

        An incident whose number is meant comes before those that only mention the number.

        Args:
            scope: Who searches.
            query: What for.
            window: Which part, by the place of a row.
            now: The moment.
            sort: In what order; for any but the newest first, as many as ``MOST_SORTED`` are read.
        """
        search = prepare(self._connection, scope, query, now)
        if search is None:
            return SearchPage(())
        if sort is not Sort.NEWEST:
            all_of_it = self._by_time(search, query, Window(limit=MOST_SORTED))
            back_to = all_of_it.rows[-1].opened_at if all_of_it.older else all_of_it.looked_back_to
            return sorted_page(all_of_it.rows, sort, window, back_to)
        return self._by_time(search, query, window)

    def _by_time(self, search: Search, query: SearchQuery, window: Window) -> SearchPage:
        if query.number is None:
            return self._window(search, window)
        is_meant = incidents.c.number == query.number
        meant = replace(search.also(is_meant), terms=(), narrowing=(is_meant,))
        top = self._window(meant, Window(limit=1)).rows
        return self._below(top, search.also(~is_meant), window)

    def _below(self, top: tuple[IncidentRow, ...], search: Search, window: Window) -> SearchPage:
        """Return a window of a list that begins with a row which is not in its order."""
        if not top:
            return self._window(search, window)
        key = window.key
        at_top = key is not None and key.number == top[0].number
        if at_top and window.newer:
            return SearchPage(top if window.inclusive else (), older=True)
        if key is None or at_top:
            page = self._window(search, replace(window, key=None))
            shown = key is None or window.inclusive
            rows = (top if shown else ()) + page.rows
            cut = len(rows) > window.limit
            return replace(
                page, rows=rows[: window.limit], newer=not shown, older=page.older or cut
            )
        page = self._window(search, window)
        if window.newer and not page.newer and len(page.rows) < window.limit:
            return replace(page, rows=top + page.rows)
        return replace(page, newer=True)

    def _window(self, search: Search, window: Window) -> SearchPage:
        # The row at the key is on that side itself, where it does not belong to the window.
        beyond = window.key is not None
        if beyond and window.inclusive:
            other = replace(window, limit=1, newer=not window.newer, inclusive=False)
            beyond = bool(self._walk(search, other)[0])
        found, stopped_at = self._walk(search, window)
        more = len(found) > window.limit
        rows = tuple(found[: window.limit])
        if window.newer:
            return SearchPage(rows[::-1], newer=more, older=beyond, looked_back_to=stopped_at)
        return SearchPage(rows, newer=beyond, older=more, looked_back_to=stopped_at)

    def _walk(self, search: Search, window: Window) -> tuple[list[IncidentRow], datetime | None]:
        """Return the rows of a window and one more, and where looking for them was given up."""
        found: list[IncidentRow] = []
        looked_at, at_once = 0, window.limit + 1
        most = None if window.newer else search.most
        with closing(self._proposed(search, window)) as proposed:
            while len(found) <= window.limit:
                ids = list(islice(proposed, at_once))
                if not ids:
                    break
                if most is not None and looked_at >= most:
                    return found, self._logged_at(ids[0])
                found += self._read(search, ids, replace(window, limit=window.limit - len(found)))
                looked_at += len(ids)
                at_once = min(at_once * _MANY, _MOST_AT_ONCE)
        return found, None

    def _proposed(self, search: Search, window: Window) -> Generator[int]:
        if search.terms:
            yield from self._by_words(search, window)
            return
        statement = select_visible(
            Visibility.of(search.scope), select(incidents.c.id).where(*search.narrowing)
        )
        if search.school_ids:
            statement = statement.where(incidents.c.school_id.in_(search.school_ids))
        if window.key is not None:
            key = tuple_(literal(window.key.at, Utc), literal(window.key.number))
            statement = statement.where(_beyond(tuple_(*search.order), key, window))
        ordered = statement.order_by(*_directed(search.order, window))
        streamed = ordered.execution_options(stream_results=True)
        values = bind_values(search.scope, search.now)
        with self._connection.execute(streamed, values).scalars() as found:
            yield from found

    def _by_words(self, search: Search, window: Window) -> Iterator[int]:
        start = None
        if window.key is not None:
            key = select(incidents.c.id).where(incidents.c.number == window.key.number)
            start = self._connection.execute(key).scalar_one_or_none()
            if start is None:
                return iter(())
        walk = Walk(start, newer=window.newer, inclusive=window.inclusive)
        return full_text_of(self._connection).propose(self._connection, search.words, walk)

    def _read(self, search: Search, ids: Sequence[int], window: Window) -> list[IncidentRow]:
        statement = (
            select_rows(Visibility.of(search.scope, self._connection))
            .where(incidents.c.id.in_(ids), *search.conditions)
            .order_by(*_directed(search.order, window))
            .limit(window.limit + 1)
        )
        rows = self._connection.execute(statement, bind_values(search.scope, search.now))
        return [to_row(row, search.now) for row in rows]

    def _logged_at(self, incident_id: int) -> datetime:
        statement = select(incidents.c.opened_at).where(incidents.c.id == incident_id)
        return self._connection.execute(statement).scalar_one()


def _beyond(place: ColumnElement[Any], key: Any, window: Window) -> ColumnElement[bool]:
    compare = {
        (True, True): ge,
        (True, False): gt,
        (False, True): le,
        (False, False): lt,
    }[window.newer, window.inclusive]
    condition: ColumnElement[bool] = compare(place, key)
    return condition


def _directed(order: Sequence[ColumnElement[Any]], window: Window) -> list[ColumnElement[Any]]:
    return [column.asc() if window.newer else column.desc() for column in order]
