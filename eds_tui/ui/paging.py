"""Feeding a list window by window, so that a long list costs no more than a short one."""

from __future__ import annotations

from collections.abc import Callable

from eds_tui.domain.views import PAGE_SIZE, IncidentRow, Key, Page, Window
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.widgets.incident_list import IncidentList

MOST_HELD = 3 * PAGE_SIZE
"""Rows that a list holds at most; beyond that it lets go of those at its other end."""


class Pager:
    """Reads what a list needs, off the event loop.

    Args:
        rows: The list.
        fetch: Reads a window; runs in a thread.
        key: The place of a row in the list.
    """

    def __init__(
        self,
        rows: IncidentList,
        fetch: Callable[[Window], Page],
        key: Callable[[IncidentRow], Key],
    ) -> None:
        self._rows = rows
        self._fetch = fetch
        self._key = key

    async def load(self, at: Key | None = None) -> None:
        """Show the list from its top, with the cursor at a place where it was left.

        Args:
            at: The place of the row to come back to; one that is far down is shown from there.
        """
        page = await in_thread_with_timeout(self._fetch, Window())
        if at is not None and page.older and at not in map(self._key, page.rows):
            page = await in_thread_with_timeout(self._fetch, Window(key=at, inclusive=True))
        self._rows.fed_by = self
        self._rows.show(page, fresh=True)
        if at is not None:
            self._rows.go_to(at.number)

    async def refresh(self) -> None:
        """Read again what the list holds; cursor and scroll stay on their incident.

        What comes too late is not shown: of a list that has given way to another nothing is, and
        rows that have changed here meanwhile are read once more (rules 38 and 39).
        """
        while True:
            held = self._rows.page
            page = await in_thread_with_timeout(self._fetch, self._window(held))
            if self._rows.fed_by not in (None, self):
                return
            if self._rows.page is held:
                self._rows.fed_by = self
                self._rows.show(page)
                return

    def _window(self, held: Page | None) -> Window:
        """Return what is to be read to show again what a list holds."""
        if held is None or not held.rows:
            return Window()
        if held.newer:
            return Window(limit=len(held.rows), key=self._key(held.rows[0]), inclusive=True)
        return Window(limit=max(PAGE_SIZE, len(held.rows)))

    async def more(self, *, newer: bool) -> None:
        """Read the next window beyond one end of what the list holds."""
        held = self._rows.page
        if held is None or not (held.newer if newer else held.older):
            return
        edge = held.rows[0 if newer else -1]
        page = await in_thread_with_timeout(self._fetch, Window(key=self._key(edge), newer=newer))
        if self._rows.page is held:
            self._rows.show(_joined(held, page, newer=newer))


def _joined(held: Page, page: Page, *, newer: bool) -> Page:
    if newer:
        rows = page.rows + held.rows
        return Page(rows[:MOST_HELD], page.newer, held.older or len(rows) > MOST_HELD)
    rows = held.rows + page.rows
    return Page(rows[-MOST_HELD:], held.newer or len(rows) > MOST_HELD, page.older)
