"""The counts beside the names of the lists: no list waits for them, and what is older says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Condition
from typing import TYPE_CHECKING

from eds_tui.domain.errors import OutcomeUnknown, Superseded
from eds_tui.domain.superseding import Cancellation
from eds_tui.domain.views import View
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import in_thread_with_timeout

if TYPE_CHECKING:
    from textual.timer import Timer

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
        self._running = Cancellation()
        self._lists_read = 0
        self._list_was_read = Condition()
        self._late: Timer | None = None

    def __getitem__(self, view: View) -> str:
        """Return what is said of how many a list has: ``7``, or ``7?`` where that is older."""
        count = self._counted.get(view)
        return "" if count is None else f" {count}{'?' if self._is_older else ''}"

    def ask(self) -> None:
        """Count anew; where that is just being done, once more when it is done."""
        self._is_wanted = True
        if self._late is None:
            self._late = self.host.set_timer(LATE_SECONDS, self._show_older)
        if not self._is_counting:
            self._is_counting = True
            self._count()

    @contextmanager
    def giving_way(self) -> Iterator[None]:
        """Let nothing be counted while a list is read, which runs in a thread.

        What is just being counted is given up; whoever reads the list asks again. What is asked
        for meanwhile waits: of a session's one connection it would keep the list waiting.
        """
        with self._list_was_read:
            self._lists_read += 1
        try:
            self._running.cancel()
            yield
        finally:
            with self._list_was_read:
                self._lists_read -= 1
                self._list_was_read.notify_all()

    @task()
    async def _count(self) -> None:
        try:
            while self._is_wanted:
                self._is_wanted = False
                await self._count_once()
        finally:
            self._is_counting = False

    async def _count_once(self) -> None:
        self._running = Cancellation()
        try:
            self._counted = await in_thread_with_timeout(self._read_in_turn, self._running)
        except Superseded:
            return
        except OutcomeUnknown:
            # Whoever reads the list is told of it; the counts say themselves what they are.
            self._show_older()
            return
        if self._late is not None:
            self._late.stop()
            self._late = None
        self._is_older = False
        self._changed()

    def _read_in_turn(self, cancellation: Cancellation) -> Mapping[View, int]:
        with self._list_was_read:
            self._list_was_read.wait_for(lambda: not self._lists_read)
        # A list that is read from here on cancels this, before it has begun or after.
        return self._read(cancellation)

    def _show_older(self) -> None:
        self._late = None
        if not self._is_older:
            self._is_older = True
            self._changed()
