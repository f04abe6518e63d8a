"""A list read window by window, so that a long one costs no more than a short one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from textual.worker import Worker

from eds_tui.domain.clock import LONDON, Clock
from eds_tui.domain.sorting import Key
from eds_tui.domain.views import PAGE_SIZE, IncidentRow, Page, Window
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.widgets.incident_list import IncidentList
from eds_tui.ui.widgets.list_messages import EdgeNear
from eds_tui.ui.widgets.ticks import Ticks

MOST_HELD = 3 * PAGE_SIZE
"""Rows that a list holds at most; beyond that it lets go of those at its other end."""
Fetch = Callable[[Window], Page]
"""Reads a window of a list; runs in a thread."""
KeyOf = Callable[[IncidentRow], Key]
"""Returns the place of a row in a list."""


class PagedList:
    """The long list of a screen: shown, read again, read further, and since when it is as it is.

    Args:
        host: The screen.
        rows: Returns the widget.
        clock: For the time of what is shown.
    """

    def __init__(self, *, host: Host, rows: Callable[[], IncidentList], clock: Clock) -> None:
        self.host = host
        self._rows = rows
        self._clock = clock
        self._pager: Pager | None = None
        self._read_at = ""

    @property
    def is_read(self) -> bool:
        """Whether anything has been read yet."""
        return bool(self._read_at)

    @property
    def as_of(self) -> str:
        """The time of what is shown, ``as of 09:30:00``; empty before anything is."""
        return f"as of {self._read_at}" if self._read_at else ""

    def read_from(self, fetch: Fetch, key: KeyOf) -> None:
        """Set what the next ``refresh`` reads."""
        self._pager = Pager(self._rows(), fetch, key)

    async def show(
        self, fetch: Fetch, key: KeyOf, *, at: Key | None = None, ticks: Ticks | None = None
    ) -> None:
        """Read another list from its top; the one so far stays until that has been read.

        Args:
            fetch: Reads it.
            key: The place of a row in it.
            at: The place of the row that the cursor comes back to.
            ticks: What is ticked of it already.
        """
        pager = Pager(self._rows(), fetch, key)
        await pager.load(at, ticks)
        self._pager = pager

    async def refresh(self) -> bool:
        """Read again what is held; cursor and scroll stay.

        Returns:
            Whether it is still the list that is shown.
        """
        pager = self._pager
        if pager is not None:
            await pager.refresh()
        return pager is self._pager

    def read_beyond(self, edge: EdgeNear) -> Worker[None]:
        """Read the next window beyond one end, or that at the very end of the list."""
        return self._go_to_end(edge.newer) if edge.to_end else self._read_more(edge.newer)

    @task(exclusive=True, group="more")
    async def _read_more(self, newer: bool) -> None:
        await self.more(newer)

    @task(blocks_input=True)
    async def _go_to_end(self, newer: bool) -> None:
        if self._pager is not None:
            await self._pager.go_to_end(newer=newer)

    async def more(self, newer: bool) -> None:
        """Read the next window beyond one end, and return when it is shown."""
        if self._pager is not None:
            await self._pager.more(newer=newer)

    def note_time(self) -> None:
        """Take now for the time of what is shown; called once all that belongs to it is read."""
        self._read_at = self._clock().astimezone(LONDON).strftime("%H:%M:%S")

    def cannot_be_read(self) -> None:
        """Show on the list that it can't be read; what it had stays (rule 38)."""
        self._rows().cannot_be_read()


class Pager:
    """Reads what a list needs, off the event loop.

    Args:
        rows: The list.
        fetch: Reads a window; runs in a thread.
        key: The place of a row in the list.
    """

    def __init__(self, rows: IncidentList, fetch: Fetch, key: KeyOf) -> None:
        self._rows = rows
        self._fetch = fetch
        self._key = key

    async def load(self, at: Key | None = None, ticks: Ticks | None = None) -> None:
        """Show the list from its top, with the cursor at a place where it was left.

        Args:
            at: The place of the row to come back to; one that is far down is shown from there.
            ticks: What is ticked of it already.
        """
        page = await in_thread_with_timeout(self._fetch, Window())
        if at is not None and page.older and at not in map(self._key, page.rows):
            page = await in_thread_with_timeout(self._read_at, Window(key=at, inclusive=True))
        self._rows.fed_by = self
        self._rows.show(page, fresh=True, ticks=ticks)
        if at is not None:
            self._rows.go_to(at.number)

    async def refresh(self) -> None:
        """Read again what the list holds; cursor and scroll stay on their incident.

        What comes too late is not shown: of a list that has given way to another nothing is, and
        rows that have changed here meanwhile are read once more (rules 38 and 39).
        """
        while True:
            held = self._rows.page
            page = await in_thread_with_timeout(self._again, held)
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

    def _read_at(self, window: Window) -> Page:
        """Read a window from a row on, or what is now before its place where nothing is behind."""
        page = self._fetch(window)
        if page.rows or not page.newer:
            return page
        return self._fetch(replace(window, newer=True))

    def _again(self, held: Page | None) -> Page:
        """Read again what a list holds, as far as a search had gone on for it (rule 39)."""
        page = self._read_at(self._window(held))
        while held is not None and held.rows and self._is_short(page, held):
            page = _joined(page, self._fetch(Window(key=page.goes_on)), newer=False)
        reached = held and held.goes_on
        if reached and page.goes_on and _is_below(reached, page.goes_on):
            return replace(page, goes_on=reached)
        return page

    def _is_short(self, page: Page, held: Page) -> bool:
        if page.goes_on is None or page.older:
            return False
        return _is_below(self._key(held.rows[-1]), page.goes_on)

    async def more(self, *, newer: bool) -> None:
        """Read the next window beyond one end, or go on with a search that was given up there."""
        held = self._rows.page
        if held is None:
            return
        if held.newer if newer else held.older:
            key = self._key(held.rows[0 if newer else -1])
        elif held.goes_on is not None and not newer:
            key = held.goes_on
        else:
            return
        page = await in_thread_with_timeout(self._fetch, Window(key=key, newer=newer))
        if self._rows.page is held:
            self._rows.show(_joined(held, page, newer=newer))

    async def go_to_end(self, *, newer: bool) -> None:
        """Show the window at an end of the list, with the cursor on its last row there."""
        held = self._rows.page
        page = await in_thread_with_timeout(self._fetch, Window(newer=not newer))
        if self._rows.page is held and page.rows:
            self._rows.show(page, fresh=True, ticks=self._rows.ticks)
            self._rows.go_to(page.rows[0 if newer else -1].number)


def _is_below(place: Key, other: Key) -> bool:
    """Return whether a place in a list of the newest first is below another."""
    assert isinstance(place.at, datetime)
    assert isinstance(other.at, datetime)
    return (place.at, place.number) < (other.at, other.number)


def _joined(held: Page, page: Page, *, newer: bool) -> Page:
    rows = page.rows + held.rows if newer else held.rows + page.rows
    is_cut = len(rows) > MOST_HELD
    if newer:
        older = held.older or is_cut
        return replace(held, rows=rows[:MOST_HELD], newer=page.newer, older=older)
    return replace(page, rows=rows[-MOST_HELD:], newer=held.newer or is_cut)
