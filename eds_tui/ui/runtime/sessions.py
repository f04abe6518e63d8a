"""Begins a session at the sign-in, and ends it there again, whatever ends it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from eds_tui.domain.errors import EdsError
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.runtime.open_screens import OpenScreens
from eds_tui.ui.styles import WIDGETS
from eds_tui.ui.textual_ext.terminal_app import TerminalApp

if TYPE_CHECKING:
    from eds_tui.domain.account import Account
    from eds_tui.services.container import Services
    from eds_tui.settings import Settings
    from eds_tui.ui.features.bell import Bell
    from eds_tui.ui.features.change_poller import ChangePoller
    from eds_tui.ui.runtime.session_life import Session

_STAYS_LOCKED = "What is typed can be kept nowhere just now, and must not be lost: please wait."
_NOT_KEPT = "What is typed can be kept nowhere just now. Ctrl+Q again leaves, and it is lost."


@dataclass(frozen=True, kw_only=True)
class SessionOptions:
    """How sessions begin and end."""

    settings: Settings
    look_every: int
    """Seconds between two looks at what others do; 0 for none."""
    may_leave: bool
    """Whether leaving at the sign-in ends the program."""
    is_only_one: bool
    """Whether the program ends with its first session."""


class Sessions:
    """Knows the session that is open, if one is.

    Args:
        app: The program.
        screens: Its open screens.
        services: Returns the services, once the database is open.
        changed: Called with the account when a session begins, and with ``None`` when it has ended.
        options: How sessions begin and end.
    """

    def __init__(
        self,
        app: TerminalApp,
        *,
        screens: OpenScreens,
        services: Callable[[], Awaitable[Services]],
        changed: Callable[[Account | None], None],
        options: SessionOptions,
    ) -> None:
        self._app = app
        self._screens = screens
        self._services = services
        self._changed = changed
        self._options = options
        self._session: Session | None = None
        self._warned = False
        self._new_call: Callable[[], Screen[None]] | None = None
        """Makes the form of a call, for whoever takes calls."""

    async def begin(self, account: Account) -> None:
        """Begin the session of an account."""
        # Loaded only now: the screens bring in what the sign-in has no need of.
        from eds_tui.domain.account import Action
        from eds_tui.ui.features.lead_remarks import LeadRemarks
        from eds_tui.ui.runtime.session_life import Session, SessionParts
        from eds_tui.ui.session import SessionScreens

        services = await self._services()
        school = await in_thread_with_timeout(services.schools.own, account)
        self._app.sheets.add(*WIDGETS)
        screens = SessionScreens(
            services=services,
            account=account,
            school=school,
            settings=self._options.settings,
            clock=services.clock,
        )
        parts = SessionParts(
            account=account,
            services=services,
            drafts=screens.session_drafts,
            poller=self._poller(services, account, screens.bell),
            remarks=LeadRemarks(services.outbox, account, self._screens.say),
        )
        session = self._session = Session(self._app, parts)
        self._warned = False
        self._new_call = screens.call if account.may(Action.LOG_CALLS) else None
        self._changed(account)
        home: Screen[Any] = screens.home()
        await self._app.push_screen(home)
        self._app.run_worker(session.offer_drafts(home))

    def _poller(self, services: Services, account: Account, bell: Bell) -> ChangePoller | None:
        from eds_tui.ui.features.change_poller import ChangePoller, RemoteSources
        from eds_tui.ui.features.presence import SessionPresence

        if not self._options.look_every:
            return None
        presence = SessionPresence(services.presence, account)
        return ChangePoller(
            self._app,
            sources=RemoteSources(
                feed=services.feed,
                presence=presence,
                account=account,
                reachability=services.reachability,
                bell=bell,
            ),
            screen=lambda: self._screens.last,
            every=self._options.look_every,
        )

    def tick(self, second: int) -> None:
        """Do what the open session does every second.

        Args:
            second: Counts the calls.
        """
        if self._session is not None:
            self._session.tick(second)

    async def take_call(self) -> None:
        """Take the next call over whatever is open, a dialog too; that comes back after it."""
        if self._new_call is not None and not self._app.cover.is_on:
            await self._app.push_screen(self._new_call())

    async def check_password(self, account: Account, password: str) -> None:
        """Check the password of whoever comes back to a locked session.

        Raises:
            EdsError: It is wrong, or can't be checked.
        """
        services = await self._services()
        await in_thread_with_timeout(services.sign_in.unlock, account, password)

    async def sign_out(self) -> None:
        """End the session: every screen is left, and what was typed in it is kept."""
        cover = self._app.cover
        if self._session is None:
            if self._options.may_leave:
                self._app.exit()
        elif not await self._screens.keep_all() and (cover.is_on or not self._warned):
            self._warned = not cover.is_on
            self._screens.refuse(EdsError(_STAYS_LOCKED if cover.is_on else _NOT_KEPT))
        else:
            await self.end("logged out at the lock" if cover.is_on else "")

    async def show_out(self, error: EdsError) -> None:
        """End the session of an account that was disabled, and say so at the sign-in."""
        if self._session is not None:
            await self._screens.keep_all()
            await self.end_because(error)

    async def end_because(self, error: EdsError) -> None:
        """Show the sign-in, and say why there."""
        await self.end()
        self._screens.refuse(error)

    async def end(self, reason: str = "") -> None:
        """Show the next one the sign-in, and leave nothing of this session in memory that shows.

        Args:
            reason: Why, where it was not left by its own key.
        """
        session, self._session = self._session, None
        self._new_call = None
        if session is None:
            return
        session.stop()
        with self._app.batch_update():
            while len(self._app.cover.session_stack) > 1:
                await self._app.pop_screen()
        self._changed(None)
        if self._app.cover.is_on:
            await self._app.cover.take_off()
        self._app.run_worker(self._signed_out(session, reason))

    async def _signed_out(self, session: Session, reason: str) -> None:
        await session.sign_out(reason)
        if self._options.is_only_one:
            self._app.exit()

    async def break_off(self) -> None:
        """Let nobody wait for whoever has left, because the program ends."""
        if self._session is not None:
            await self._session.break_off()
