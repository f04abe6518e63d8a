"""What one session does beside its screens, from the sign-in to the sign-out."""

from __future__ import annotations

from dataclasses import dataclass

from textual.screen import Screen

from eds_tui.domain.account import Account
from eds_tui.domain.errors import EdsError
from eds_tui.services.container import Services
from eds_tui.ui.features.change_poller import ChangePoller
from eds_tui.ui.features.lead_remarks import LeadRemarks
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.presentation.draft_text import unfinished
from eds_tui.ui.runtime.background import in_thread_with_timeout, showing_errors
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.textual_ext.terminal_app import TerminalApp

_HOUSEKEEPING_SECONDS = 20


@dataclass(frozen=True, kw_only=True)
class SessionParts:
    """What belongs to one session, and ends with it."""

    account: Account
    services: Services
    drafts: SessionDrafts
    poller: ChangePoller | None
    """Watches for remote changes; ``None`` where nothing is looked for."""
    remarks: LeadRemarks


class Session:
    """Renews the drafts of a session, watches for changes and keeps house, until it ends.

    Nothing of that is anybody's doing at the keyboard: an error of it is logged, and not shown.

    Args:
        app: Runs what takes time, and is covered while the session is locked.
        parts: What belongs to the session.
    """

    def __init__(self, app: TerminalApp, parts: SessionParts) -> None:
        self._app = app
        self._parts = parts
        self._is_over = False

    @property
    def account(self) -> Account:
        """Who has signed in."""
        return self._parts.account

    def tick(self, second: int) -> None:
        """Do what it is time for; called every second.

        Args:
            second: Counts the calls.
        """
        if self._parts.poller is not None:
            self._parts.poller.tick(second)
        if self._parts.drafts.is_to_be_renewed(second):
            self._app.run_worker(self._renew_drafts(), exclusive=True, group="renew drafts")
        if second % _HOUSEKEEPING_SECONDS == 0:
            self._app.run_worker(self._keep_house(), exclusive=True, group="housekeeping")

    async def _renew_drafts(self) -> None:
        """Say that the session lives, so that what is typed here is offered to no other one."""
        async with showing_errors(_to_nobody):
            await in_thread_with_timeout(self._parts.drafts.renew)

    async def _keep_house(self) -> None:
        """Store timed transitions; the embedded database needs no worker for it."""
        async with showing_errors(_to_nobody):
            await in_thread_with_timeout(self._parts.services.housekeeping.run)
            if not self._is_over and not self._app.cover.is_on:
                await self._parts.remarks.look()

    async def offer_drafts(self, home: Screen[None]) -> None:
        """Say on the first screen, below a hand-over note, what was left unfinished (rule 36)."""
        async with showing_errors(_to_nobody):
            drafts = await in_thread_with_timeout(self._parts.drafts.under, "")
            if drafts and isinstance(home, BaseScreen) and home.is_current:
                home.say(unfinished(drafts))

    def stop(self) -> None:
        """Say nothing from now on: the session is being left."""
        self._is_over = True

    async def sign_out(self, reason: str) -> None:
        """End what belongs to the session, and record that it was left.

        Args:
            reason: Why, where it was not left by its own key.
        """
        await self._end_drafts()
        async with showing_errors(_to_nobody):
            await self._end_poller()
            sign_in = self._parts.services.sign_in
            await in_thread_with_timeout(sign_in.sign_out, self._parts.account, reason)

    async def break_off(self) -> None:
        """End what belongs to the session because the program ends: nobody is to wait for it."""
        async with showing_errors(_to_nobody):
            await self._end_poller()
        await self._end_drafts()

    async def _end_poller(self) -> None:
        if self._parts.poller is not None:
            await self._parts.poller.end()

    async def _end_drafts(self) -> None:
        async with showing_errors(_to_nobody):
            await in_thread_with_timeout(self._parts.drafts.end)


def _to_nobody(error: EdsError) -> None:
    """Show an error to nobody."""
