"""Puts what a search has found in another order than the newest first (rules 45 and 46)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from eds_tui.domain.search import SearchPage
from eds_tui.domain.sorting import Key, Sort, place
from eds_tui.domain.views import IncidentRow, Window

MOST_SORTED = 1_000
"""Incidents of a search that are put in another order, the newest of them."""


def sorted_page(
    rows: Iterable[IncidentRow], sort: Sort, window: Window, looked_back_to: datetime | None
) -> SearchPage:
    """Return a window of rows in an order.

    Args:
        rows: All that was found, in any order.
        sort: The order.
        window: Which part.
        looked_back_to: How far was looked, where older ones were left out.
    """

    def at(row: IncidentRow) -> tuple[Any, int]:
        return _pair(place(sort, row))

    ordered = sorted(rows, key=at, reverse=sort.is_descending)
    if window.key is None:
        first = max(0, len(ordered) - window.limit) if window.newer else 0
    else:
        key, falls = _pair(window.key), sort.is_descending
        above = sum((at(row) > key) if falls else (at(row) < key) for row in ordered)
        upto = sum((at(row) >= key) if falls else (at(row) <= key) for row in ordered)
        if window.newer:
            last = upto if window.inclusive else above
            first = max(0, last - window.limit)
            part = tuple(ordered[first:last])
            return SearchPage(part, first > 0, last < len(ordered), looked_back_to=looked_back_to)
        first = above if window.inclusive else upto
    part = tuple(ordered[first : first + window.limit])
    older = first + len(part) < len(ordered)
    return SearchPage(part, first > 0, older, looked_back_to=looked_back_to)


def _pair(key: Key) -> tuple[Any, int]:
    return key.at, key.number
