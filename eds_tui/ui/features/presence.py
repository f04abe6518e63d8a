"""Says to other sessions what is written here, and reads who writes elsewhere (rule 39)."""

from __future__ import annotations

import asyncio
import secrets
from time import monotonic

from eds_tui.domain.account import Account
from eds_tui.domain.presence import SAY_EVERY, Writer, Writing
from eds_tui.services.presence import Presence
from eds_tui.ui.runtime.background import in_thread_with_timeout


class SessionPresence:
    """What one session says of its own writing, and reads of that of others.

    Args:
        presence: Stores who is writing.
        account: Who has signed in.
    """

    def __init__(self, presence: Presence, account: Account) -> None:
        self._presence = presence
        self._account = account
        self._session = secrets.token_hex(16)
        self._said: Writing | None = None
        self._said_at = 0.0
        self._ended = False
        self._saying = asyncio.Lock()

    def others(self, number: int) -> tuple[Writer, ...]:
        """Return who else is writing about an incident; asks the database."""
        return self._presence.others(self._account, self._session, number)

    def is_to_be_said(self, writing: Writing | None) -> bool:
        """Return whether it is another than was said, or is to be said again.

        Args:
            writing: What stands in a box just now and is not sent.
        """
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
        async with self._saying:
            if self._said is not None:
                await in_thread_with_timeout(self._presence.say, self._account, self._session, None)
                self._said = None
