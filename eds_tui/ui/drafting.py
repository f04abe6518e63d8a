"""Keeping what is typed: saved while one types, given back at the next visit (rule 36)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eds_tui.domain.account import Account
from eds_tui.domain.views import Draft
from eds_tui.services.drafts import Drafts
from eds_tui.ui.background import off_loop


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
        self._done = False

    async def load(self) -> dict[str, Any]:
        """Return what was left here, or an empty mapping."""
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
        self._place, self._kept = draft.place, draft.body

    async def keep(self) -> None:
        """Save what stands in the form, where it differs from what was saved last."""
        now = self._snapshot()
        if self._done or now == self._kept:
            return
        if now:
            await off_loop(self._drafts.save, self._account, self._place, now)
        else:
            await off_loop(self._drafts.drop, self._account, self._place)
        self._kept = now

    async def drop(self) -> None:
        """Forget the draft: it was sent, or thrown away."""
        self._kept = {}
        await off_loop(self._drafts.drop, self._account, self._place)

    async def finish(self) -> None:
        """Forget the draft for good: the form is done with."""
        self._done = True
        await self.drop()
