"""Looks every second, and when woken, at what others have changed, and tells the open screen."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from textual.app import App
from textual.css.query import NoMatches
from textual.timer import Timer
from textual.worker import Worker, WorkerError

from eds_tui.domain.account import Account
from eds_tui.domain.errors import EdsError, OutcomeUnknown, ShutOut
from eds_tui.domain.presence import Writer, Writing
from eds_tui.domain.remote_changes import Bookmark, RemoteChanges
from eds_tui.repository.reachability import Reachability
from eds_tui.services.change_feed import ChangeFeed
from eds_tui.ui.features.bell import Bell
from eds_tui.ui.features.presence import SessionPresence
from eds_tui.ui.features.shared_incident import SharedIncident
from eds_tui.ui.runtime.background import in_thread_with_timeout

_AFTER_A_FAILED_LOOK = 3
"""Seconds; a database that is away is not asked every second."""
_WOKEN = 0.2
"""Seconds from being woken to the look: what others do at once is seen at one look."""
_APART = 1.0
"""Seconds at least between two looks that a screen is told of; many others change things."""
_log = logging.getLogger(__name__)


class ChangingScreen(Protocol):
    """A screen, as far as remote changes are its concern."""

    @property
    def shared_incident(self) -> SharedIncident | None:
        """The incident that it shows, on which others may be writing."""

    def refresh_after(self, changes: RemoteChanges) -> Worker[None] | None:
        """Read again what is shown, where others may have changed it; returns what reads."""

    def show_error(self, error: EdsError) -> None:
        """Show an error; a disabled account is shown out."""


@dataclass(frozen=True, kw_only=True)
class SeenChanges:
    """What was seen at one look."""

    changes: RemoteChanges
    writers: tuple[Writer, ...]
    """Who else is writing on the incident in front."""


@dataclass(frozen=True, kw_only=True)
class RemoteSources:
    """Where a session reads what others do."""

    feed: ChangeFeed
    """Tells what has changed."""
    presence: SessionPresence
    """Tells who is writing, and is told."""
    account: Account
    """Who has signed in."""
    reachability: Reachability
    """Is told of a look that was not answered in time."""
    bell: Bell
    """Says whether the terminal rings."""


class ChangePoller:
    """Looks for remote changes; one look at a time.

    Args:
        app: The program.
        sources: Where others' changes and writing are read.
        screen: Returns the screen in front, or behind the dialog in front.
        every: Seconds between two looks.
    """

    def __init__(
        self,
        app: App[None],
        *,
        sources: RemoteSources,
        screen: Callable[[], ChangingScreen | None],
        every: int,
    ) -> None:
        self._app = app
        self._sources = sources
        self._screen = screen
        self._every = every
        self._bookmark: Bookmark | None = None
        self._second = 0
        self._look_from = 0
        self._looking = False
        self._told_at = -_APART
        self._woken: Timer | None = None
        self._ended = False
        self._stop_listening = self._listen()

    def _listen(self) -> Callable[[], None]:
        """Be woken when it is worth while to look; returns what ends that."""
        loop = asyncio.get_running_loop()

        def from_thread() -> None:
            with suppress(RuntimeError):  # the program has ended meanwhile
                # By way of the program's messages: what comes from a thread knows of no program.
                loop.call_soon_threadsafe(self._app.call_later, self._wake)

        listener = self._sources.feed.listener(from_thread)
        listener.start()
        return listener.stop

    def tick(self, second: int) -> None:
        """Look, where it is time to; called every second with a number that counts the calls."""
        self._second = second
        writing = self._written()
        if not self._ended and self._sources.presence.is_to_be_said(writing):
            self._app.run_worker(self._say(writing))
        if second >= self._look_from:
            self._look()

    def _incident(self) -> SharedIncident | None:
        screen = self._screen()
        return screen.shared_incident if screen is not None else None

    def _written(self) -> Writing | None:
        """Return what stands in the screen in front; one that is being left loses its boxes."""
        incident = self._incident()
        with suppress(NoMatches):
            return incident.writing() if incident is not None else None
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
        screen = self._screen()
        if screen is not None and not self._looking and not self._ended:
            self._looking = True
            self._look_from = self._second + self._every
            self._app.run_worker(self._look_for(screen))

    async def _say(self, writing: Writing | None) -> None:
        """Say what is written here; whoever is writing to the database holds up no look."""
        try:
            await self._sources.presence.say(writing)
        except Exception:  # nobody misses it who would not miss much more
            _log.debug("saying what is written here has failed", exc_info=True)

    async def _look_for(self, screen: ChangingScreen) -> None:
        try:
            await self._show(screen)
        finally:
            self._looking = False

    def _read(self, number: int | None) -> SeenChanges:
        """Return what has changed since the last look; runs in a thread.

        Args:
            number: The incident in front.
        """
        sources = self._sources
        bookmark, changes = sources.feed.since(sources.account, self._bookmark)
        writers = sources.presence.others(number) if number is not None else ()
        self._bookmark = bookmark
        return SeenChanges(changes=changes, writers=writers)

    async def _show(self, screen: ChangingScreen) -> None:
        try:
            incident = screen.shared_incident
            number = incident.number() if incident is not None else None
            seen = await in_thread_with_timeout(self._read, number)
        except ShutOut as error:
            if not self._ended:
                screen.show_error(error)
            return
        except Exception as error:  # a list that can't be read says so itself (rule 38)
            _log.debug("a look at what others do has failed", exc_info=True)
            self._look_from = self._second + _AFTER_A_FAILED_LOOK
            if isinstance(error, OutcomeUnknown):
                self._sources.reachability.lost(error.cause)
            return
        in_front = self._screen()
        if self._ended or in_front is None:
            return
        if in_front is screen and incident is not None:
            incident.show_writers(seen.writers)
        if seen.changes:
            self._told_at = monotonic()
            self._ring(seen.changes.marks)
            reading = in_front.refresh_after(seen.changes)
            if reading is not None:
                with suppress(WorkerError):  # given up for a later reading, or it has said itself
                    await reading.wait()

    def _ring(self, times: int) -> None:
        """Ring once for each incident that has become unread, where that is wanted (rule 41)."""
        for _ in range(times if self._sources.bell.is_on else 0):
            self._app.bell()

    async def end(self) -> None:
        """Look no more, and be seen no more by others."""
        self._ended = True
        if self._woken is not None:
            self._woken.stop()
        self._stop_listening()
        await self._sources.presence.end()
