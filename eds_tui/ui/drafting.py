"""Keeping what is typed: saved while one types, given back at the next visit (rule 36)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from eds_tui.domain.account import Account
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.views import Draft
from eds_tui.services.drafts import Drafts
from eds_tui.ui.background import AWAY, BACK, off_loop, patiently

PATIENCE = 0.6
"""Seconds that the database may take before what is typed is kept on this machine meanwhile."""
SLOW_SECONDS = 3.0
"""Seconds without an answer after which the person is told."""
PAUSE_SECONDS = 3.0
"""Between two attempts to reach a database that was out of reach."""
_log = logging.getLogger(__name__)


class DraftKeeper:
    """The draft of one form.

    Args:
        drafts: Where drafts are kept.
        account: Whose it is.
        place: Which form.
        snapshot: Returns what stands in the form now, as values that JSON has; empty for nothing.
    """

    def __init__(
        self,
        drafts: Drafts,
        account: Account,
        place: str,
        snapshot: Callable[[], dict[str, Any]],
    ) -> None:
        self._drafts = drafts
        self._account = account
        self._place = place
        self._snapshot = snapshot
        self._kept: dict[str, Any] = {}
        self._here: dict[str, Any] | None = None
        """What waits on this machine; ``None`` for nothing."""
        self._storing: asyncio.Task[None] | None = None
        self._began = 0.0
        self._try_at = 0.0
        self._failed = False
        self._told = False
        self._done = False

    @property
    def is_away(self) -> bool:
        """Whether the database was out of reach when a draft was last to be stored."""
        return self._told

    async def load(self) -> dict[str, Any]:
        """Return what was left here, or an empty mapping.

        Raises:
            Unavailable: It can't be read just now.
        """
        draft = await off_loop(self._drafts.load, self._account, self._place)
        self._kept = draft or {}
        return self._kept

    async def others(self, prefix: str) -> list[Draft]:
        """Return what was left in other forms of a kind, the latest first."""
        drafts = await off_loop(self._drafts.under, self._account, prefix)
        return [draft for draft in drafts if draft.place != self._place]

    async def move_to(self, draft: Draft) -> None:
        """Keep what stands in the form where it is, and go on with another draft."""
        await self.keep()
        self._place, self._here = draft.place, None
        self._kept = {} if self._told else draft.body

    async def keep(self) -> str:
        """Save what stands in the form, where it differs from what was saved last.

        What the database does not take at once is kept on this machine.

        Returns:
            What the person is to be told, if anything: ``AWAY`` or ``BACK``, once each time.

        Raises:
            Unavailable: What is typed can't be kept on this machine either.
        """
        end = monotonic() + PATIENCE
        while not self._done:
            now = self._snapshot()
            if self._storing is None:
                if now == self._kept:
                    return await self._forget_here()
                if monotonic() < self._try_at:
                    break
                self._begin(now)
            assert self._storing is not None
            done, _ = await asyncio.wait({self._storing}, timeout=max(0.0, end - monotonic()))
            if not done or self._failed:
                break
        else:
            return ""
        try:
            await self.keep_here()
        except Unavailable:
            # It is kept nowhere: the database is tried again at once, whenever it is to be kept.
            self._try_at = 0.0
            raise
        if self._told or (self._storing and monotonic() - self._began < SLOW_SECONDS):
            return ""
        self._told = True
        return AWAY

    async def keep_here(self, *, goes_on: bool = True) -> None:
        """Keep what stands in the form on this machine.

        Args:
            goes_on: Whether it goes on with what was left here, which is known.

        Raises:
            Unavailable: It can't be kept here.
        """
        now = self._snapshot()
        if now and now != self._here:
            await patiently(
                self._drafts.keep_here, self._account, self._place, now, goes_on=goes_on
            )
            self._here = now

    async def drop(self) -> None:
        """Forget the draft: it was sent, or thrown away."""
        if self._storing is not None:
            await asyncio.wait({self._storing}, timeout=PATIENCE)
        await off_loop(self._drafts.drop, self._account, self._place)
        self._kept, self._here, self._told = {}, None, False

    async def finish(self) -> None:
        """Forget the draft for good: the form is done with."""
        self._done = True
        await self.drop()

    async def hand_on(self, place: str, body: dict[str, Any]) -> None:
        """Leave a draft in another place."""
        await off_loop(self._drafts.save, self._account, place, body)

    def _begin(self, body: dict[str, Any]) -> None:
        self._began, self._failed = monotonic(), False
        self._storing = asyncio.create_task(self._store(self._place, body))
        self._storing.add_done_callback(self._stored)

    async def _store(self, place: str, body: dict[str, Any]) -> None:
        if body:
            await patiently(self._drafts.save, self._account, place, body)
        else:
            await patiently(self._drafts.drop, self._account, place)
        if place == self._place:
            self._kept = body

    def _stored(self, storing: asyncio.Task[None]) -> None:
        self._storing = None
        if storing.cancelled():
            return
        if (error := storing.exception()) is not None:
            self._failed = True
            self._try_at = monotonic() + PAUSE_SECONDS
            if not isinstance(error, Unavailable):
                _log.error("a draft could not be stored", exc_info=error)

    async def _forget_here(self) -> str:
        """Forget what waits here: the database has all of it."""
        if self._here is not None:
            self._here = None
            await patiently(self._drafts.forget_here, self._account, self._place)
        told, self._told = self._told, False
        return BACK if told else ""
