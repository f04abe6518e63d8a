"""Looking every second at what others do, on behalf of the places that show it (rules 25, 39)."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

from eds_tui.domain.account import Account
from eds_tui.domain.presence import SAY_EVERY, Writer, Writing
from eds_tui.domain.remote_changes import Bookmark, RemoteChanges
from eds_tui.services.change_feed import ChangeFeed
from eds_tui.services.presence import Presence
from eds_tui.ui.background import in_thread_with_timeout


@dataclass(frozen=True)
class Seen:
    """What was seen at one look."""

    changes: RemoteChanges
    writers: tuple[Writer, ...]
    """Who else is writing on the incident in front."""


class Live:
    """What a session knows of the others, and says to them.

    Args:
        feed: Tells what has changed.
        presence: Tells who is writing.
        account: Who has signed in.
    """

    def __init__(self, feed: ChangeFeed, presence: Presence, account: Account) -> None:
        self._feed = feed
        self._presence = presence
        self._account = account
        self._session = secrets.token_hex(16)
        self._bookmark: Bookmark | None = None
        self._said: Writing | None = None
        self._said_at = 0.0
        self._ended = False
        self._saying = asyncio.Lock()
        self._stop_listening: Callable[[], None] | None = None

    def listen(self, wake: Callable[[], object]) -> None:
        """Have ``wake`` called on the event loop, until the end, when it is worth while to look."""
        loop = asyncio.get_running_loop()

        def from_thread() -> None:
            with suppress(RuntimeError):  # the program has ended meanwhile
                loop.call_soon_threadsafe(wake)

        listener = self._feed.listener(from_thread)
        listener.start()
        self._stop_listening = listener.stop

    async def look(self, number: int | None) -> Seen:
        """Return what has changed since the last look.

        Args:
            number: The incident in front.
        """
        return await in_thread_with_timeout(self._look, number)

    def _look(self, number: int | None) -> Seen:
        bookmark, changes = self._feed.since(self._account, self._bookmark)
        writers: tuple[Writer, ...] = ()
        if number is not None:
            writers = self._presence.others(self._account, self._session, number)
        self._bookmark = bookmark
        return Seen(changes, writers)

    def is_to_be_said(self, writing: Writing | None) -> bool:
        """Return whether it is another than was said, or is to be said again."""
        if self._ended or self._saying.locked():
            return False
        is_due = monotonic() >= self._said_at + SAY_EVERY.total_seconds()
        return writing != self._said or (writing is not None and is_due)

    async def say(self, writing: Writing | None) -> None:
        """Say what is written here; one that fails is made up for when it is to be said again.

        Args:
            writing: What stands in a box just now and is not sent.
        """
        async with self._saying:
            if not self._ended:
                self._said, self._said_at = writing, monotonic()
                await in_thread_with_timeout(
                    self._presence.say, self._account, self._session, writing
                )

    async def end(self) -> None:
        """Say that nothing is written here any more."""
        self._ended = True
        if self._stop_listening is not None:
            self._stop_listening()
        async with self._saying:
            if self._said is not None:
                await in_thread_with_timeout(self._presence.say, self._account, self._session, None)
                self._said = None
