"""Reads a list of any length page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from eds_tui.domain.account import Account
from eds_tui.domain.sorting import Sort, place
from eds_tui.domain.views import PAGE_SIZE, IncidentRow, ListQuery, View, Window

if TYPE_CHECKING:
    from eds_tui.domain.search import SearchPage
    from eds_tui.services.queue import Queue
    from eds_tui.services.search import Search


def listed(queue: Queue, actor: Account, query: ListQuery, limit: int) -> Iterator[IncidentRow]:
    """Yield the incidents of a list, at most ``limit``, each page read when it is reached.

    A school has its latest 20 closed incidents and no others, and in the list of all they follow
    the open ones (rule 12).
    """
    rows = _rows(queue, actor, query, min(limit, PAGE_SIZE))
    if not actor.role.is_service_centre and query.view in {View.CLOSED, View.ALL}:
        rows = iter(queue.latest_closed(actor, query.school_id).rows)
        if query.view is View.ALL:
            still_open = replace(query, view=View.OPEN)
            rows = chain(_rows(queue, actor, still_open, min(limit, PAGE_SIZE)), rows)
    return islice(rows, limit)


def searched(
    search: Search, actor: Account, text: str, limit: int, sort: Sort = Sort.NEWEST
) -> SearchPage:
    """Return what a text finds, at most ``limit`` incidents, read page by page."""
    rows: list[IncidentRow] = []
    window = Window(limit=min(limit, PAGE_SIZE))
    while True:
        page = search.find(actor, text, window, sort)
        rows += page.rows
        if len(rows) >= limit or not page.older or not page.rows:
            more = page.older or len(rows) > limit
            return replace(page, rows=tuple(rows[:limit]), older=more)
        window = Window(limit=window.limit, key=place(sort, page.rows[-1]))


def _rows(queue: Queue, actor: Account, query: ListQuery, size: int) -> Iterator[IncidentRow]:
    window = Window(limit=size)
    while True:
        page = queue.page(actor, query, window)
        yield from page.rows
        if not page.older or not page.rows:
            return
        window = Window(limit=size, key=query.key(page.rows[-1]))
