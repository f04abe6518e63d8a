"""Gives up what is being read, as soon as nobody waits for it any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from eds_tui.domain.errors import Superseded


class Cancellation:
    """Cancels one thing that is read in another thread, whether that has begun or not."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stop: Callable[[], object] | None = None
        self._is_cancelled = False

    @property
    def is_cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self._is_cancelled

    def cancel(self) -> None:
        """Cancel it; it may take as long as the database takes to be told."""
        with self._lock:
            self._is_cancelled = True
            if self._stop is not None:
                self._stop()

    @contextmanager
    def stopping_by(self, stop: Callable[[], object]) -> Iterator[None]:
        """Let what happens meanwhile be stopped by a call from another thread, and nothing after.

        Raises:
            Superseded: It was cancelled before.
        """
        with self._lock:
            if self._is_cancelled:
                raise Superseded("Something newer has been asked for.")
            self._stop = stop
        try:
            yield
        finally:
            with self._lock:
                self._stop = None
