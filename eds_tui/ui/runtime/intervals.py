"""How often is done what is done again and again, in seconds of the program's one clock."""

from __future__ import annotations

_RETRY_EVERY = 3
"""Seconds between two attempts to do what the database was not there for."""
_READ_EVERY = 10
"""Seconds between two looks at whether others have changed something."""


def is_time_to_retry(second: int) -> bool:
    """Return whether what the database was not there for is to be tried again now."""
    return second % _RETRY_EVERY == 0


def is_time_to_read(second: int) -> bool:
    """Return whether lists and incidents in front are to be read again now."""
    return second % _READ_EVERY == 0
