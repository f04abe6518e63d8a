"""When a session looks at what others do, and whom it then tells."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any

from textual.app import App
from textual.css.query import NoMatches
from textual.timer import Timer
from textual.worker import WorkerError

from eds_tui.domain.errors import ShutOut
from eds_tui.domain.presence import Writing
from eds_tui.ui.live import Live
from eds_tui.ui.screens.base import BaseScreen

_AFTER_A_FAILED_LOOK = 10
"""Seconds; a database that is away is not asked every second."""
_WOKEN = 0.2
"""Seconds from being woken to the look: what others do at once is seen at one look."""
_APART = 1.0
"""Seconds at least between two looks for which the place is told; many others change things."""
_log = logging.getLogger(__name__)


class ChangePoller:
    """Looks every second, and when it is woken; one look at a time.

    Args:
        app: The program.
        live: Sees what others do.
        place: Returns the place in front, or behind the dialog in front.
        every: Seconds between two looks.
    """

    def __init__(
        self, app: App[None], live: Live, place: Callable[[], BaseScreen[Any] | None], every: int
    ) -> None:
        self._app = app
        self._live = live
        self._place = place
        self._every = every
        self._second = 0
        self._look_from = 0
        self._looking = False
        self._told_at = -_APART
        self._woken: Timer | None = None
        self._ended = False
        # By way of the program's messages: what comes from a thread knows of no program.
        live.listen(lambda: app.call_later(self._wake))

    def tick(self, second: int) -> None:
        """Look, where it is time to; called every second with a number that counts the calls."""
        self._second = second
        writing = self._written()
        if not self._ended and self._live.is_to_be_said(writing):
            self._app.run_worker(self._say(writing))
        if second >= self._look_from:
            self._look()

    def _written(self) -> Writing | None:
        """Return what stands in the place in front; one that is being left loses its boxes."""
        place = self._place()
        with suppress(NoMatches):
            return place.writing() if place is not None else None
        return None

    def _wake(self) -> None:
        """Look soon: another program says that it has changed something."""
        if self._woken is None and not self._ended:
            wait = max(_WOKEN, self._told_at + _APART - monotonic())
            self._woken = self._app.set_timer(wait, self._look_when_woken)

    def _look_when_woken(self) -> None:
        self._woken = None
        if self._looking:
            self._wake()
        else:
            self._look()

    def _look(self) -> None:
        place = self._place()
        if place is not None and not self._looking and not self._ended:
            self._looking = True
            self._look_from = self._second + self._every
            self._app.run_worker(self._look_at(place))

    async def _say(self, writing: Writing | None) -> None:
        """Say what is written here; whoever is writing to the database holds up no look."""
        try:
            await self._live.say(writing)
        except Exception:  # nobody misses it who would not miss much more
            _log.debug("saying what is written here has failed", exc_info=True)

    async def _look_at(self, place: BaseScreen[Any]) -> None:
        try:
            await self._see(place)
        finally:
            self._looking = False

    async def _see(self, place: BaseScreen[Any]) -> None:
        try:
            seen = await self._live.look(place.subject)
        except ShutOut as error:
            if not self._ended:
                place.post_message(place.ShownOut(error))
            return
        except Exception:  # a list that can't be read says so itself (rule 38)
            _log.debug("a look at what others do has failed", exc_info=True)
            self._look_from = self._second + _AFTER_A_FAILED_LOOK
            return
        in_front = self._place()
        if self._ended or in_front is None:
            return
        if in_front is place:
            place.meet(seen.writers)
        if seen.changes:
            self._told_at = monotonic()
            reading = in_front.refresh_after(seen.changes)
            if reading is not None:
                with suppress(WorkerError):  # given up for a later reading, or it has said itself
                    await reading.wait()

    async def end(self) -> None:
        """Look no more, and be seen no more by others."""
        self._ended = True
        if self._woken is not None:
            self._woken.stop()
        await self._live.end()
