"""Unexpected errors: each logged under a reference, and counted while they go on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic

from textual.worker import WorkerFailed

from eds_tui.ui.runtime.background import log_unexpected

FEW = 5
"""Errors within a short time after which the program still goes on."""
SHORT_SECONDS = 10.0


class UnexpectedErrors:
    """Logs unexpected errors, and counts those of the last seconds.

    Args:
        now: Seconds of a clock that is never put back.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._recent: deque[float] = deque(maxlen=FEW + 1)

    def log(self, error: BaseException) -> str:
        """Log an error, and return the reference under which it is found."""
        self._recent.append(self._now())
        return log_unexpected(error.error if isinstance(error, WorkerFailed) else error)

    @property
    def are_too_many(self) -> bool:
        """Whether so much has gone wrong within a short time that it will go on doing so."""
        return (
            len(self._recent) == self._recent.maxlen
            and self._recent[-1] - self._recent[0] < SHORT_SECONDS
        )
