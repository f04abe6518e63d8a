"""The counts beside the names of the lists: no list waits for them, and what is older says so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from time import monotonic

from eds_tui.domain.errors import OutcomeUnknown, Superseded
from eds_tui.domain.superseding import Cancellation
from eds_tui.domain.views import View
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import in_thread_with_timeout

APART = 0.5
"""Seconds at least from one counting to the next: what is asked for meanwhile is one."""
LATE_SECONDS = 0.5
"""Seconds after which counts that are still awaited are shown as older ones."""

Read = Callable[[Cancellation], Mapping[View, int]]
"""Counts; runs in a thread, and can be given up from another one."""


class ListCounts:
    """Counts beside the lists, once at a time, and gives way to a list that is read.

    Args:
        host: The screen.
        read: Counts.
        changed: Called when there is something else to show.
    """

    def __init__(self, *, host: Host, read: Read, changed: Callable[[], None]) -> None:
        self.host = host
        self._read = read
        self._changed = changed
        self._counted: Mapping[View, int] = {}
        self._is_older = False
        self._is_counting = False
        self._is_wanted = False
        self._began = -APART
        self._running = Cancellation()

    def __getitem__(self, view: View) -> str:
        """Return what is said of how many a list has: ``7``, or ``7?`` where that is older."""
        count = self._counted.get(view)
        return "" if count is None else f" {count}{'?' if self._is_older else ''}"

    def ask(self) -> None:
        """Count anew; where that is just being done, once more when it is done."""
        self._is_wanted = True
        if not self._is_counting:
            self._is_counting = True
            self._count()

    def give_way(self) -> None:
        """Give up what is being counted, which is done later on; runs in a thread."""
        self._running.cancel()

    @task()
    async def _count(self) -> None:
        try:
            while self._is_wanted:
                await asyncio.sleep(max(0.0, self._began + APART - monotonic()))
                await self._count_once()
        finally:
            self._is_counting = False

    async def _count_once(self) -> None:
        self._began, self._is_wanted = monotonic(), False
        self._running = Cancellation()
        late = self.host.set_timer(LATE_SECONDS, self._show_older)
        try:
            self._counted = await in_thread_with_timeout(self._read, self._running)
            self._is_older = False
            self._changed()
        except Superseded:
            self._is_wanted = True
        except OutcomeUnknown:
            # Whoever reads the list is told of it; the counts say themselves what they are.
            self._show_older()
        finally:
            late.stop()

    def _show_older(self) -> None:
        if not self._is_older:
            self._is_older = True
            self._changed()
