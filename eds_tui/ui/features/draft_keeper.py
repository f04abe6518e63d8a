"""Keeping what is typed: saved while one types, given back at the next visit (rule 36)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any

from eds_tui.domain.drafts import another_place, new_place
from eds_tui.domain.errors import TakenOver, Unavailable
from eds_tui.domain.views import Draft
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.runtime.background import AWAY, BACK, in_thread, in_thread_with_timeout

PATIENCE = 0.6
"""Seconds that the database may take before what is typed is kept on this machine meanwhile."""
SLOW_SECONDS = 3.0
"""Seconds without an answer after which the person is told."""
PAUSE_SECONDS = 3.0
"""Between two attempts to reach a database that was out of reach."""
_NOT_HERE = "It is not here any more: another session of yours goes on with it, or it was sent."
_log = logging.getLogger(__name__)


class DraftKeeper:
    """The draft of one form, or of one box on an incident.

    Args:
        drafts: Where the drafts of the session are kept.
        box: Which form or box.
        snapshot: Returns what stands in it now, as values that JSON has; empty for nothing.
        renewed: Is told when another session goes on with the draft: what stands here is another
            one from then on, with a submission key of its own.
        place: Where the draft is kept; without one a new place of the box.
    """

    def __init__(
        self,
        *,
        drafts: SessionDrafts,
        box: str,
        snapshot: Callable[[], dict[str, Any]],
        renewed: Callable[[], None],
        place: str = "",
    ) -> None:
        self._drafts = drafts
        self._box = box
        self._place = place or new_place(box)
        self._snapshot = snapshot
        self._renewed = renewed
        self._latest: dict[str, Any] = {}
        """What stood in it when that was looked at last."""
        self._kept: dict[str, Any] = {}
        self._here: dict[str, Any] | None = None
        """What waits on this machine; ``None`` for nothing."""
        self._joined: list[str] = []
        """The places of drafts that what stands here has in it, once it is stored."""
        self._dropped: set[str] = set()
        self._storing: asyncio.Task[None] | None = None
        self._began = 0.0
        self._try_at = 0.0
        self._failed = False
        self._told = False
        self._done = False
        self.more = 0
        """How many more drafts of the box wait, as it was when one was taken up."""
        drafts.open(self._place)

    @property
    def is_away(self) -> bool:
        """Whether the database was out of reach when a draft was last to be stored."""
        return self._told

    async def load(self, first: str = "") -> dict[str, Any]:
        """Go on with what was left here and return it, or an empty mapping.

        Args:
            first: The place of the draft that is wanted before any other one.

        Raises:
            Unavailable: It can't be read just now.
        """
        remembered = None if first else self._drafts.remembered(self._box)
        if remembered is not None:
            place, body = remembered
            self._go_on_at(place, {})
            return body
        draft, self.more = await in_thread_with_timeout(self._drafts.take_up, self._box, first)
        if draft is None:
            return {}
        self._go_on_at(draft.place, draft.body)
        return draft.body

    async def others(self, prefix: str) -> list[Draft]:
        """Return what was left in other forms of a kind, the latest first."""
        drafts = await in_thread_with_timeout(self._drafts.under, prefix)
        return [draft for draft in drafts if not draft.is_elsewhere]

    async def move_to(self, draft: Draft) -> None:
        """Keep what stands in the form where it is, and go on with another draft.

        Raises:
            TakenOver: Another session goes on with it.
        """
        await self.keep()
        kept: dict[str, Any] | None = {}
        with suppress(Unavailable):  # what waits on this machine is gone on with all the same
            kept = await in_thread_with_timeout(self._drafts.take, draft.place)
        if kept is None:
            raise TakenOver(_NOT_HERE)
        self._drafts.close(self._place, self._latest)
        self._place, self._here = draft.place, None
        self._drafts.open(draft.place)
        self._kept = kept

    def close(self) -> None:
        """Leave the box; what stands in it waits for the next visit."""
        self._drafts.close(self._place, {} if self._done else self._latest)

    def _go_on_at(self, place: str, kept: dict[str, Any]) -> None:
        """Go on at another place; what has been kept at the one so far is joined to it."""
        if self._kept or self._here is not None:
            self._joined.append(self._place)
        self._drafts.close(self._place, {})
        self._place, self._kept, self._here = place, kept, None
        self._drafts.open(place)

    def _begin_another(self) -> None:
        """Go on with a draft of its own; the one so far is not this one's any more."""
        self._kept, self._here = {}, None
        self._go_on_at(another_place(self._place), {})

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
            now = self._latest = self._snapshot()
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

    async def keep_here(self) -> None:
        """Keep what stands in the form on this machine.

        Raises:
            Unavailable: It can't be kept here.
        """
        now = self._latest = self._snapshot()
        if now and now != self._here:
            await in_thread(self._drafts.keep_here, self._place, now)
            self._here = now

    async def drop(self) -> None:
        """Forget the draft: it was sent, or thrown away. What is typed then is another one."""
        dropped = [self._place, *self._joined]
        # What is being stored just now is forgotten as soon as it is stored.
        self._dropped.update(dropped)
        self._latest, self._joined, self._told = {}, [], False
        self._begin_another()
        if self._storing is not None:
            await asyncio.wait({self._storing}, timeout=PATIENCE)
        for each in dropped:
            await in_thread_with_timeout(self._drafts.drop, each)

    async def finish(self) -> None:
        """Forget the draft for good: the form is done with."""
        self._done = True
        try:
            await self.drop()
        finally:
            self.close()

    async def hand_on(self, place: str, body: dict[str, Any]) -> None:
        """Leave a draft in another place."""
        await in_thread_with_timeout(self._drafts.save, place, body)

    def _begin(self, body: dict[str, Any]) -> None:
        self._began, self._failed = monotonic(), False
        self._storing = asyncio.create_task(self._store(self._place, body))
        self._storing.add_done_callback(self._stored)

    async def _store(self, place: str, body: dict[str, Any]) -> None:
        try:
            if body:
                await in_thread(self._drafts.save, place, body)
            else:
                await in_thread(self._drafts.drop, place)
        except TakenOver:
            if place == self._place:
                self._begin_another()
                self._renewed()
            await in_thread(self._drafts.forget_here, place)
            return
        if place in self._dropped:
            await in_thread(self._drafts.drop, place)
        if place == self._place:
            self._kept = body
            while self._joined:
                await in_thread(self._drafts.drop, self._joined[0])
                del self._joined[0]

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
            await in_thread(self._drafts.forget_here, self._place)
        told, self._told = self._told, False
        return BACK if told else ""
