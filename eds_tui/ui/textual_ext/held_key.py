"""A key that is held down: one paint for many of its repeats.

A keyboard repeats a key thirty times a second. A slow line does not bring thirty pictures in that
time, and what has been sent can't be taken back: the list would go on moving long after.
"""

from __future__ import annotations

from time import monotonic

from textual.app import App

REPEAT_SECONDS = 0.12
"""Between two repeats of a held key, at most; nobody presses a key as quickly again and again."""
FREE = 3
"""Repeats that are painted each."""
PAINT_EVERY = 0.18
"""Seconds between two paints of those that follow."""


class HeldKey:
    """Puts paints off while a key is held down.

    Args:
        app: Whose paints.
    """

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._key = ""
        self._at = 0.0
        self._repeats = 0

    def pressed(self, key: str) -> None:
        """Take note of a key, before it has its effect."""
        now = monotonic()
        held = key == self._key and now - self._at < REPEAT_SECONDS
        self._repeats = self._repeats + 1 if held else 0
        self._key, self._at = key, now
        if self._repeats >= FREE and not self._app._batch_count:
            self._app.delay_update(PAINT_EVERY)
