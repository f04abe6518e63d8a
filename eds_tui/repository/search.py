"""Searches incidents by words and filters, newest first, within visibility (rule 35)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from operator import ge, gt, le, lt
from typing import Any

from sqlalchemy import Connection, CursorResult, Select, func, literal, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.account import Scope
from eds_tui.domain.search import SearchPage, SearchQuery
from eds_tui.domain.sorted_rows import MOST_SORTED, sorted_page
from eds_tui.domain.sorting import Key, Sort
from eds_tui.domain.views import IncidentRow, Window
from eds_tui.repository.column_types import Utc
from eds_tui.repository.full_text import Walk, full_text_of
from eds_tui.repository.id_lists import among
from eds_tui.repository.incident_rows import Visibility, select_rows, select_visible, to_row
from eds_tui.repository.reader_values import bind_values
from eds_tui.repository.search_filters import Search, prepare
from eds_tui.repository.tables import incidents

_MOST_AT_ONCE = 5_000
_MOST_LISTED = 20_000
_FEW = 200
_MANY = 5
_NEWEST = select(func.max(incidents.c.id))


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where looking was given up."""

    seen: Key
    """The place of the last incident that was looked at."""
    before: datetime
    """When the next one was logged."""


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
        meant = replace(search, terms=(), narrowing=(is_meant,))
        ids = self._execute(meant, self._listed(meant, Window()).limit(1)).scalars().all()
        top = tuple(self._read(meant, incidents.c.id.in_(ids), Window(), 1)) if ids else ()
        return self._below(top, search.also(~is_meant), window)

    def _below(self, top: tuple[IncidentRow, ...], search: Search, window: Window) -> SearchPage:
        """Return a window of a list that begins with a row which is not in its order."""
        if not top:
            return self._window(search, window)
        key = window.key
        at_top = key is not None and key.number == top[0].number
        if at_top and window.newer:
            return SearchPage(top if window.inclusive else (), older=True)
        if at_top or (key is None and not window.newer):
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
            return SearchPage(rows[::-1], newer=more, older=beyond)
        if stopped_at is None:
            return SearchPage(rows, beyond, more)
        return SearchPage(rows, beyond, more, stopped_at.seen, looked_back_to=stopped_at.before)

    def _walk(self, search: Search, window: Window) -> tuple[list[IncidentRow], _Stop | None]:
        """Return the rows of a window and one more, and where looking for them was given up."""
        walk = self._through_words if search.terms else self._through_list
        return walk(search, window, None if window.newer else search.most)

    def _through_words(
        self, search: Search, window: Window, most: int | None
    ) -> tuple[list[IncidentRow], _Stop | None]:
        """Read the incidents that the full text proposes, a few at a time."""
        found: list[IncidentRow] = []
        walk = self._start(search, window)
        if walk is None:
            return found, None
        reach = None if window.newer else self._reach(search, walk)
        words = search.words if reach is None else search.words.down_to(reach)
        looked_at, at_once = 0, window.limit + 1
        full_text = full_text_of(self._connection)
        last = 0
        with closing(full_text.propose(self._connection, words, walk)) as proposed:
            while len(found) <= window.limit:
                wanted = at_once if most is None else min(at_once, most - looked_at)
                ids = list(islice(proposed, wanted or 1))
                if not ids:
                    return found, None if reach is None else self._stop_above(reach)
                if not wanted:
                    return found, self._stop(last, ids[0])
                last = ids[-1]
                these = self._among(search, ids)
                found += self._read(search, these, window, window.limit + 1 - len(found))
                looked_at += len(ids)
                at_once = min(at_once * _MANY, _MOST_AT_ONCE)
        return found, None

    def _among(self, search: Search, ids: Sequence[int]) -> ColumnElement[bool]:
        # Of a school's search SQLite must not think of another way than the row ids: what it may
        # not know of would cost it a step (rule 24).
        if len(ids) <= _FEW or search.scope.school_id is not None:
            return incidents.c.id.in_(ids)
        return among(self._connection, incidents.c.id, ids)

    def _through_list(
        self, search: Search, window: Window, most: int | None
    ) -> tuple[list[IncidentRow], _Stop | None]:
        """Read the incidents of a list, a few at a time; their row ids never leave the database."""
        found: list[IncidentRow] = []
        ids = self._listed(search, window)
        looked_at, at_once = 0, window.limit + 1
        while len(found) <= window.limit:
            end = looked_at + at_once if most is None else min(looked_at + at_once, most)
            these = ids.offset(looked_at).limit(end - looked_at).subquery()
            listed = incidents.c.id.in_(select(these.c.id))
            found += self._read(search, listed, window, window.limit + 1 - len(found))
            looked_at, at_once = end, _next_step(end, len(found), window.limit + 1)
            if len(found) > window.limit:
                break
            next_one = self._execute(search, ids.offset(looked_at).limit(1)).scalar()
            if next_one is None:
                break
            if most is not None and looked_at >= most:
                last = self._execute(search, ids.offset(looked_at - 1).limit(1)).scalar_one()
                return found, self._stop(last, next_one)
        return found, None

    def _listed(self, search: Search, window: Window) -> Select[int]:
        """Return what selects the row ids of a list in order, from the place of a window on."""
        statement = select_visible(
            Visibility.of(search.scope), select(incidents.c.id).where(*search.narrowing)
        )
        if search.school_ids:
            statement = statement.where(incidents.c.school_id.in_(search.school_ids))
        if window.key is not None:
            key = tuple_(literal(window.key.at, Utc), literal(window.key.number))
            statement = statement.where(_beyond(tuple_(*search.order), key, window))
        return statement.order_by(*_directed(search.order, window))

    def _execute(self, search: Search, statement: Select[Any]) -> CursorResult[Any]:
        return self._connection.execute(statement, bind_values(search.scope, search.now))

    def _start(self, search: Search, window: Window) -> Walk | None:
        """Return the way through what the full text proposes; ``None`` from a row that is gone."""
        start = None
        if window.key is not None:
            key = select(incidents.c.id).where(incidents.c.number == window.key.number)
            start = self._connection.execute(key).scalar_one_or_none()
            if start is None:
                return None
        return Walk(start, newer=window.newer, inclusive=window.inclusive)

    def _reach(self, search: Search, walk: Walk) -> int | None:
        """Return the least row id that is looked at, where words that follow one another are."""
        reach = full_text_of(self._connection).reach
        if not search.has_phrases:
            return None
        start = walk.start
        if start is None:
            start = self._connection.execute(_NEWEST).scalar() or 0
        if search.between is not None:
            start = min(start, search.between[1])
        reached = start - reach + 1
        oldest = search.between[0] if search.between is not None else 1
        return reached if reached > oldest else None

    def _read(
        self, search: Search, these: ColumnElement[bool], window: Window, limit: int
    ) -> list[IncidentRow]:
        statement = (
            select_rows(Visibility.of(search.scope, self._connection))
            .where(these, *search.conditions)
            .order_by(*_directed(search.order, window))
            .limit(limit)
        )
        return [to_row(row, search.now) for row in self._execute(search, statement)]

    def _stop(self, last: int, following: int) -> _Stop:
        """Return where looking was given up: at the last incident that was looked at."""
        places = select(incidents.c.id, incidents.c.opened_at, incidents.c.number)
        found = self._connection.execute(places.where(incidents.c.id.in_([last, following])))
        rows = {row.id: row for row in found}
        seen = Key(rows[last].opened_at, rows[last].number)
        return _Stop(seen, rows[following].opened_at)

    def _stop_above(self, reach: int) -> _Stop | None:
        ids = select(incidents.c.id).limit(1)
        below = ids.where(incidents.c.id < reach).order_by(incidents.c.id.desc())
        above = ids.where(incidents.c.id >= reach).order_by(incidents.c.id)
        following, last = (self._connection.execute(each).scalar() for each in (below, above))
        return None if following is None or last is None else self._stop(last, following)


def _next_step(looked_at: int, found: int, wanted: int) -> int:
    """Return how many more are looked at: as many as hold the rest, if they go on like this."""
    if not found:
        return min(looked_at * _MANY, _MOST_LISTED)
    return min(looked_at * (wanted - found) * 9 // (found * 8) + wanted, _MOST_LISTED)


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
