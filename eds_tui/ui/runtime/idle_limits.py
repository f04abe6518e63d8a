"""For how long nobody has pressed a key, and what follows from it."""

from __future__ import annotations

from datetime import timedelta


class IdleLimits:
    """Measures a session in seconds that nobody can set; a program that was held up catches up.

    Args:
        lock_after: After so long the session is locked; nothing is never.
        end_after: After so long it is ended; nothing is never.
    """

    def __init__(self, lock_after: timedelta, end_after: timedelta) -> None:
        self.lock_after = lock_after
        self.end_after = end_after
        self._since: float | None = None

    def touched(self, now: float) -> None:
        """Count from now: whoever has signed in is there."""
        self._since = now

    def is_to_lock(self, now: float) -> bool:
        """Return whether the session is to be locked."""
        return self._is_over(self.lock_after, now)

    def is_to_end(self, now: float) -> bool:
        """Return whether the session is to be ended."""
        return self._is_over(self.end_after, now)

    def _is_over(self, limit: timedelta, now: float) -> bool:
        is_set = bool(limit) and self._since is not None
        return is_set and now - (self._since or 0.0) >= limit.total_seconds()
