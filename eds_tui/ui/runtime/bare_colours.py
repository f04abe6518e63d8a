"""The way out where colours can't be read: the key that paints again, pressed twice."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from eds_tui.host.terminals import Colours

SECONDS = 2.0
"""Within which the key is pressed again."""
_NEVER = float("-inf")


class BareColours:
    """Turns the colours off and on again.

    Args:
        now: Seconds of a clock that only goes forward.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._asked_at = _NEVER
        self._before = Colours.NONE

    def asked(self, colours: Colours) -> Colours:
        """Return the colours to send from now on, those at hand where it was asked once.

        Args:
            colours: Those at hand.
        """
        at = self._now()
        is_second = at - self._asked_at <= SECONDS
        self._asked_at = at
        if not is_second:
            return colours
        self._asked_at = _NEVER
        if colours is Colours.NONE:
            return self._before
        self._before = colours
        return Colours.NONE
