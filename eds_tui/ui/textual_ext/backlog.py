"""How much has been read of what somebody types, and has not had its effect yet.

Where too much waits, the terminal is not read any more: the line holds the rest back, and in the
end whoever sends it. A program that reads on keeps all of it in memory, a kilobyte for each key.
"""

from __future__ import annotations

from threading import Condition

from textual.message import Message

from eds_tui.ui.textual_ext.typed import KEY, weight

MOST_KEYS = 2_000
"""Keys that wait at most before reading stops; what is read at once may come on top."""
_MOST = MOST_KEYS * KEY


class Backlog:
    """Counts keys from being read, in one thread, to their effect, in another."""

    def __init__(self) -> None:
        self._weight = 0
        self._changed = Condition()

    @property
    def is_full(self) -> bool:
        """Whether no more is to be read now."""
        with self._changed:
            return self._weight >= _MOST

    def came(self, event: Message) -> None:
        """Count what has been read."""
        with self._changed:
            self._weight += weight(event)

    def went(self, event: Message) -> None:
        """Count no more what has had its effect, or will have none.

        What came from elsewhere than the terminal was never counted.
        """
        with self._changed:
            self._weight = max(0, self._weight - weight(event))
            if self._weight < _MOST:
                self._changed.notify()

    def wait(self, seconds: float) -> None:
        """Wait until more can be read, for so long at most."""
        with self._changed:
            if self._weight >= _MOST:
                self._changed.wait(seconds)
