"""How long nobody has touched a key, and what comes of it."""

from __future__ import annotations

from enum import Enum, auto

_TRY_EVERY = 60
"""Seconds until a session that could not be ended is to be ended again."""


class Due(Enum):
    """What is to be done because nobody is there."""

    LOCK = auto()
    """Cover the screen until the password is typed."""
    END = auto()
    """End the session."""


class Idleness:
    """Counts the seconds without a key.

    Args:
        lock_after: Seconds until the screen is covered; 0 never does it.
        end_after: Seconds until the session is ended; 0 never does it.
    """

    def __init__(self, lock_after: int, end_after: int) -> None:
        self._lock_after = lock_after
        self._end_after = end_after
        self._seconds = 0

    def touched(self) -> None:
        """Begin again: somebody is there."""
        self._seconds = 0

    def passes(self) -> Due | None:
        """Let a second pass, and return what is due now."""
        self._seconds += 1
        over = self._seconds - self._end_after
        if self._end_after and over >= 0 and over % _TRY_EVERY == 0:
            return Due.END
        if self._lock_after and self._seconds == self._lock_after:
            return Due.LOCK
        return None
