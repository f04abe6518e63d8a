"""A form of which nothing is lost: kept while one types, offered again, thrown away if wished."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from textual import work

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock, full_time
from eds_tui.domain.text import one_line
from eds_tui.domain.views import Draft
from eds_tui.ui.dialogs.confirm import ConfirmDialog
from eds_tui.ui.dialogs.pick import PickDialog
from eds_tui.ui.features.draft_keeper import DraftKeeper
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.textual_ext.typeahead import BLOCKS_INPUT

EMPTY = "Started afresh; the form is empty."


class DraftedForm(BaseScreen[None]):
    """A form that keeps a draft (rule 36).

    Args:
        drafts: Keeps it.
        account: Who types.
        clock: When the form was begun.
    """

    DRAFT: str
    """What the screens of this form's drafts start with."""

    def __init__(self, drafts: SessionDrafts, account: Account, clock: Clock) -> None:
        super().__init__()
        self._account = account
        self._is_kept = True
        self._submission = uuid.uuid4().hex
        self._clock = clock
        self._began_at: datetime = clock()
        place = f"{self.DRAFT}:{self._submission}"
        self._begun: Draft | None = None
        self._keeper = DraftKeeper(drafts, place, self.snapshot, place, renewed=self._renew)

    def begin_with(self, draft: Draft) -> None:
        """Go on with what was left unfinished, as soon as the form is there."""
        self._begun = draft

    def _renew(self) -> None:
        """Log what is typed here on its own: another session goes on with the same draft."""
        self._submission = uuid.uuid4().hex

    def snapshot(self) -> dict[str, Any]:
        """Return what is typed, as values that JSON has; empty when nothing is."""
        raise NotImplementedError

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put back what ``snapshot`` returned; an empty one empties the form."""
        raise NotImplementedError

    def forget_problems(self) -> None:
        """Name nothing more as wrong."""
        raise NotImplementedError

    @property
    def is_waiting(self) -> bool:
        """Whether something here waits for the database, of which more has been told already."""
        return False

    def on_mount(self) -> None:
        """Say when an earlier form was left unfinished, or go on with it."""
        if self._begun is not None:
            self._go_on_with(self._begun)
        else:
            self._offer_drafts()

    def on_unmount(self) -> None:
        """Leave what is typed for the next visit."""
        self._keeper.close()

    def tick(self, second: int) -> None:
        """Keep what has been typed."""
        self._keep()

    @work
    async def _offer_drafts(self) -> None:
        async with self.showing_errors():
            drafts = await self._keeper.others(self.DRAFT)
            if drafts:
                self.say(f"{len(drafts)} unfinished before this one: Ctrl+E goes on with it.")

    def action_earlier_draft(self) -> None:
        """Go on with what was left unfinished; what stands here now is kept as well."""
        self._choose_draft()

    @work(group=BLOCKS_INPUT)
    async def _choose_draft(self) -> None:
        async with self.showing_errors():
            drafts = await self._keeper.others(self.DRAFT)
            if len(drafts) == 1:
                self._go_on_with(drafts[0])
            elif drafts:
                lines = [self.draft_line(draft) for draft in drafts]
                self.app.push_screen(
                    PickDialog("Go on with which?", lines), partial(self._draft_chosen, drafts)
                )
            else:
                self.say("Nothing was left unfinished.")

    def _draft_chosen(self, drafts: Sequence[Draft], place: int | None) -> None:
        if place is not None:
            self._go_on_with(drafts[place])

    @work(group=BLOCKS_INPUT)
    async def _go_on_with(self, draft: Draft) -> None:
        async with self.showing_errors():
            await self._keeper.move_to(draft)
            self.restore(draft.body)

    @staticmethod
    def draft_line(draft: Draft) -> str:
        """Return a draft as one line to choose from."""
        about = draft.body.get("school") or draft.body.get("description") or ""
        return one_line(f"{full_time(draft.saved_at)}  {about}")

    @work(exclusive=True, group="draft")
    async def _keep(self) -> None:
        await self.keep()

    async def keep(self) -> bool:
        """Save what is typed; returns whether nothing of it is lost."""
        self._is_kept = False
        async with self.showing_errors():
            words = await self._keeper.keep()
            self.say_of_database(words, waiting=self.is_waiting)
            self._is_kept = True
        return self._is_kept

    @work(exclusive=True, group="leave")
    async def _keep_and_leave(self) -> None:
        if self.may_leave(kept=await self.keep()):
            self.dismiss(None)

    def action_start_afresh(self) -> None:
        """Ask, then throw away what is typed."""
        if self.snapshot():
            question = "Throw away all that is typed here?"
            self.app.push_screen(
                ConfirmDialog(question, yes="Throw it away", no="Keep it"), self._answered
            )

    def _answered(self, sure: bool | None) -> None:
        if sure:
            self._start_afresh()

    @work
    async def _start_afresh(self) -> None:
        async with self.showing_errors():
            await self._keeper.drop()
            self.restore({})
            self.forget_problems()
            self.say(EMPTY)
