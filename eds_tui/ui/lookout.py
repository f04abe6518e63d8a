"""When a session looks at what others do, and whom it then tells."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.timer import Timer
from textual.worker import Worker, WorkerError

from eds_tui.domain.errors import ShutOut
from eds_tui.ui.live import Live
from eds_tui.ui.screens.place import Place

_AFTER_A_FAILED_LOOK = 10
"""Seconds; a database that is away is not asked every second."""
_WOKEN = 0.2
"""Seconds from being woken to the look: what others do at once is seen at one look."""
_log = logging.getLogger(__name__)


class Lookout:
    """Looks every second, and when it is woken; one look at a time.

    Args:
        app: The program.
        live: Sees what others do.
        place: Returns the place in front, or behind the dialog in front.
        every: Seconds between two looks.
    """

    def __init__(
        self, app: App[None], live: Live, place: Callable[[], Place[Any] | None], every: int
    ) -> None:
        self._app = app
        self._live = live
        self._place = place
        self._every = every
        self._second = 0
        self._look_from = 0
        self._looking = False
        self._woken: Timer | None = None
        self._ended = False
        # By way of the program's messages: what comes from a thread knows of no program.
        live.listen(lambda: app.call_later(self._wake))

    def tick(self, second: int) -> None:
        """Look, where it is time to; called every second with a number that counts the calls."""
        self._second = second
        if second >= self._look_from:
            self._look()

    def _wake(self) -> None:
        """Look soon: another program says that it has changed something."""
        if self._woken is None and not self._ended:
            self._woken = self._app.set_timer(_WOKEN, self._look_when_woken)

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
            self._app.run_worker(self._look_and_tell(place), exit_on_error=False)

    async def _look_and_tell(self, place: Place[Any]) -> None:
        """Look, and wait for the reading that follows: a slow one is not overtaken for ever."""
        try:
            reading = await self._look_at(place)
            if reading is not None:
                with suppress(WorkerError):
                    await reading.wait()
        finally:
            self._looking = False

    async def _look_at(self, place: Place[Any]) -> Worker[None] | None:
        try:
            seen = await self._live.look(place.subject, place.writing())
        except ShutOut as error:
            if not self._ended:
                place.post_message(place.ShownOut(error))
            return None
        except Exception:  # a list that can't be read says so itself (rule 38)
            _log.debug("a look at what others do has failed", exc_info=True)
            self._look_from = self._second + _AFTER_A_FAILED_LOOK
            return None
        in_front = self._place()
        if self._ended or in_front is None:
            return None
        if in_front is place:
            place.meet(seen.writers)
        return in_front.told(seen.news) if seen.news else None

    async def end(self) -> None:
        """Look no more, and be seen no more by others."""
        self._ended = True
        if self._woken is not None:
            self._woken.stop()
        await self._live.end()
