"""How text reaches the terminal: by a thread, so that one that stands still holds nothing up.

Textual's own thread takes thirty texts and then lets the whole program wait: no lock of an idle
session, no draft would come any more until the terminal reads on.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Thread

BEHIND = 65_536
"""Characters that wait, from which on no more is painted until they have gone."""
_LAST_SECONDS = 1.0
"""How long the end of the program waits for a terminal that does not read."""


class Output(Thread):
    """Writes to the terminal, in order.

    Args:
        fileno: Where to.
        charset: The terminal's; what it has not becomes a question mark.
        caught_up: Called, in this thread, when all has gone after a time of being behind.
        gone: Called, in this thread, when there is no terminal any more.
    """

    def __init__(
        self, fileno: int, charset: str, caught_up: Callable[[], None], gone: Callable[[], None]
    ) -> None:
        super().__init__(daemon=True, name="output")
        self._fileno = fileno
        self._charset = charset
        self._caught_up = caught_up
        self._gone = gone
        self._waiting: deque[str] = deque()
        self._size = 0
        self._was_behind = False
        self._ends = False
        self._changed = Condition()

    @property
    def is_behind(self) -> bool:
        """Whether the terminal does not keep up; who asks paints nothing then."""
        with self._changed:
            self._was_behind = self._was_behind or self._size > BEHIND
            return self._was_behind

    def write(self, text: str) -> None:
        """Have a text written."""
        with self._changed:
            self._waiting.append(text)
            self._size += len(text)
            self._changed.notify()

    def end(self) -> None:
        """Wait until all has gone, but not for ever."""
        with self._changed:
            self._ends = True
            self._changed.notify()
        self.join(_LAST_SECONDS)

    def run(self) -> None:
        """Write what comes."""
        try:
            while data := self._next():
                while data:
                    data = data[os.write(self._fileno, data) :]
                self._say_when_caught_up()
        except OSError:
            with suppress(RuntimeError):
                self._gone()

    def _next(self) -> bytes:
        with self._changed:
            while not self._waiting and not self._ends:
                self._changed.wait()
            text = "".join(self._waiting)
            self._waiting.clear()
            return text.encode(self._charset, "replace")

    def _say_when_caught_up(self) -> None:
        with self._changed:
            self._size = sum(map(len, self._waiting))
            done = self._was_behind and not self._size
            self._was_behind = self._was_behind and not done
        if done:
            self._caught_up()
