"""The text that a dialog asks for: kept while one types, put back when it is asked for again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from eds_tui.domain.drafts import MEANT_FOR
from eds_tui.ui.features.draft_keeper import DraftKeeper
from eds_tui.ui.features.host import Host
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.features.submission import Submission
from eds_tui.ui.runtime.background import showing_errors


class DialogDraft:
    """What is typed in one dialog, from its first letter until it is sent.

    Args:
        drafts: Keeps it.
        box: What is asked for, and about what.
        numbers: The incidents' numbers, where it is about some.
        schools: The row ids of the schools that are to read it, where any are.
    """

    def __init__(
        self,
        *,
        drafts: SessionDrafts,
        box: str,
        numbers: Sequence[int] = (),
        schools: Sequence[int] = (),
    ) -> None:
        self.submission = Submission()
        """Under which it is sent."""
        self.is_settled = False
        """Whether it has led to something, or to nothing: it is kept from here no more."""
        self.is_for_others = False
        """Whether what was left here was meant for other schools than those that would read it."""
        self._numbers = tuple(numbers)
        self._schools = sorted(set(schools))
        self._typed: Callable[[], dict[str, Any]] = dict
        self._keeper = DraftKeeper(
            drafts=drafts, box=box, snapshot=self._snapshot, renewed=self.submission.renew
        )

    def watch(self, typed: Callable[[], dict[str, Any]]) -> None:
        """Keep what this returns from now on: text and choices, empty without a text."""
        self._typed = typed

    def hold(self, values: dict[str, Any]) -> None:
        """Keep these values from now on: the dialog is about to go."""
        self._typed = lambda: values

    def _snapshot(self) -> dict[str, Any]:
        values = self._typed()
        numbers = {"numbers": list(self._numbers)} if len(self._numbers) > 1 else {}
        schools = {MEANT_FOR: self._schools} if self._schools else {}
        return values | numbers | schools | self.submission.values() if values else {}

    async def load(self) -> dict[str, Any]:
        """Return what was left here before, or an empty mapping; it is gone on with.

        Raises:
            Unavailable: It can't be read just now.
        """
        body = await self._keeper.load()
        if body:
            self.submission.restore(body)
            self.is_for_others = body.get(MEANT_FOR, self._schools) != self._schools
        return body

    async def keep(self) -> str:
        """Save what is typed, and return what is to be told of the database, if anything.

        Raises:
            Unavailable: It can be kept nowhere.
        """
        return await self._keeper.keep()

    async def drop(self) -> None:
        """Forget it: it was sent, or thrown away."""
        await self._keeper.finish()

    async def settle(self, *, made: bool) -> None:
        """Forget it where what it was asked for is made; else keep it for the next time."""
        self.is_settled = True
        if made:
            await self.drop()
        else:
            try:
                await self.keep()
            finally:
                self._keeper.close()


@dataclass
class Settled:
    """Whether what a text was typed for is made."""

    made: bool = False


@asynccontextmanager
async def settling(text: DialogDraft | None, host: Host) -> AsyncIterator[Settled]:
    """Forget a text where what it was typed for is made inside; else keep it, whatever happened.

    Args:
        text: What was typed, if anything was.
        host: Shows a failure to keep or to forget it.
    """
    settled = Settled()
    try:
        yield settled
    finally:
        if text is not None:
            async with showing_errors(host.show_error):
                await text.settle(made=settled.made)
