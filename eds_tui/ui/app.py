"""The kiosk: themes, what goes to the terminal, who is signed in, and the last wall for errors."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from pathlib import PurePath
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.binding import Binding, BindingType
from textual.events import Event, Key, Paste
from textual.screen import Screen

from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import EdsError
from eds_tui.domain.first_start import first_start_words
from eds_tui.host.clocks import SystemClock
from eds_tui.host.terminals import MODERN, Kind
from eds_tui.settings import Settings
from eds_tui.ui.background import CallThreads, in_thread, in_thread_with_timeout, showing_errors
from eds_tui.ui.enduring import Enduring
from eds_tui.ui.idle_limits import IdleLimits
from eds_tui.ui.idle_lock import IdleLock
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.screens.sign_in import SignInScreen
from eds_tui.ui.styles import BEGINNING, WIDGETS, sheets
from eds_tui.ui.textual_ext.held_key import HeldKey
from eds_tui.ui.textual_ext.typeahead import TypeAhead
from eds_tui.ui.textual_ext.typed import TakesText, TypedText

if TYPE_CHECKING:
    from eds_tui.domain.account import Account
    from eds_tui.services.container import Services
    from eds_tui.ui.features.change_poller import ChangePoller
    from eds_tui.ui.features.lead_remarks import LeadRemarks
    from eds_tui.ui.features.session_drafts import SessionDrafts

_HOUSEKEEPING_SECONDS = 20
_STAYS_LOCKED = "What is typed can be kept nowhere just now, and must not be lost: please wait."
_NOT_KEPT = "What is typed can be kept nowhere just now. Ctrl+Q again leaves, and it is lost."


class Kiosk(Enduring):
    """The program that people sit in front of.

    Args:
        settings: How it looks and where files are.
        connect: Opens the database and returns the services; called once, in a thread, after the
            first paint.
        hints: Lines for the sign-in screen.
        clock: Measures what lasts; what time it is, the services' clock says.
        look_every: Seconds between two looks at what others do; 0 for none.
        kind: What the terminal can show.
        may_leave: Whether leaving at the sign-in ends the program.
        login: Who it is, where that has been proven already; the program ends with their session.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = sheets(*BEGINNING)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "sign_out", show=False, priority=True),
        Binding("ctrl+l", "redraw", show=False, priority=True),
    ]

    def __init__(
        self,
        settings: Settings,
        connect: Callable[[], Services],
        hints: tuple[str, ...] = (),
        clock: Clock | None = None,
        look_every: int = 1,
        *,
        kind: Kind = MODERN,
        may_leave: bool = True,
        login: str = "",
    ) -> None:
        super().__init__(settings.theme, kind)
        self.settings = settings
        self._connect = connect
        self._hints = hints
        self._may_leave = may_leave
        self._login = login
        idle = IdleLimits(settings.idle_lock, settings.session_end)
        self._idle_lock = IdleLock(self, idle, clock or SystemClock(), self._check, self._leave)
        self._first_theme = self.theme
        self._held = HeldKey(self)
        self._account: Account | None = None
        self._poller: ChangePoller | None = None
        self._remarks: LeadRemarks | None = None
        self._drafts: SessionDrafts | None = None
        self._look_every = look_every
        self._seconds = 0
        self._warned = False
        self._opening: asyncio.Task[Services] | None = None
        self._forgotten_at = 0.0
        self.keys = TypeAhead(self, self._deliver, self._takes_text, self.backlog.went)

    def get_default_screen(self) -> Screen[None]:
        """Start with the sign-in."""
        return SignInScreen(
            services=self.desk,
            signed_in=self._signed_in,
            no_account=self._no_account,
            hints=self._hints,
            may_leave=self._may_leave,
            proven=self._login,
        )

    def _no_account(self) -> None:
        words = first_start_words(self.settings.database_url)
        self.exit(return_code=1, message=Text(words, no_wrap=True, overflow="ignore"))

    async def desk(self) -> Services:
        """Return the services, once the database is open.

        Raises:
            EdsError: It can't be opened; the next call tries again.
        """
        if self._opening is None or (self._opening.done() and self._opening.exception()):
            self._opening = asyncio.create_task(in_thread(self._connect))
        return await asyncio.shield(self._opening)

    async def _signed_in(self, account: Account) -> None:
        """Begin the session of an account."""
        # Loaded only now: the screens bring in what the sign-in has no need of.
        from eds_tui.ui.features.change_poller import ChangePoller
        from eds_tui.ui.features.lead_remarks import LeadRemarks
        from eds_tui.ui.live import Live
        from eds_tui.ui.session import SessionScreens

        desk = await self.desk()
        school = await in_thread_with_timeout(desk.schools.own, account)
        self.sheets.add(*WIDGETS)
        screens = SessionScreens(desk, account, school, self.settings, desk.clock)
        drafts = self._drafts = screens.session_drafts
        self._account, self._warned = account, False
        self._idle_lock.watch(account)
        self._remarks = LeadRemarks(desk.outbox, account, self.say)
        if self._look_every:
            live = Live(desk.feed, desk.presence, account)
            self._poller = ChangePoller(self, live, lambda: self._place, self._look_every)
        home = screens.home()
        await self.push_screen(home)
        self._offer_drafts(drafts, home)

    @work
    async def _offer_drafts(self, session: SessionDrafts, home: Screen[None]) -> None:
        """Say what was left unfinished (rule 36)."""
        from eds_tui.ui.presentation.draft_text import unfinished

        async with showing_errors(lambda error: None):
            drafts = await in_thread_with_timeout(session.under, "")
            if drafts and isinstance(home, BaseScreen) and home.is_in_front:
                home.say(unfinished(drafts))

    def _tick(self) -> None:
        """Let every place know that a second has passed, and keep house now and then."""
        self._seconds += 1
        self._idle_lock.tick()
        for each in self._keeping:
            each.tick(self._seconds)
        if self._poller is not None:
            self._poller.tick(self._seconds)
        if self._drafts is not None and self._drafts.is_to_be_renewed(self._seconds):
            self._renew_drafts(self._drafts)
        if self._account is not None and self._seconds % _HOUSEKEEPING_SECONDS == 0:
            self._keep_house()

    async def on_unmount(self) -> None:
        """Let nobody wait for whoever has left."""
        if self._poller is not None:
            async with showing_errors(lambda error: None):
                await self._poller.end()
        drafts, self._drafts = self._drafts, None
        if drafts is not None:
            async with showing_errors(lambda error: None):
                await in_thread_with_timeout(drafts.end)

    @work(exclusive=True, group="renew drafts")
    async def _renew_drafts(self, drafts: SessionDrafts) -> None:
        """Say that the session lives, so that what is typed here is offered to no other one."""
        async with showing_errors(lambda error: None):
            await in_thread_with_timeout(drafts.renew)

    @work(exclusive=True, group="housekeeping")
    async def _keep_house(self) -> None:
        """Store what has come true by the clock; the embedded database needs no worker for it."""
        async with showing_errors(lambda error: None):
            desk = await self.desk()
            await in_thread_with_timeout(desk.housekeeping.run)
            if self._remarks is not None and not self.is_covered:
                await self._remarks.look()

    async def action_sign_out(self) -> None:
        """End the session: every place is left, and what was typed in it is kept."""
        if self._account is None:
            if self._may_leave:
                self.exit()
            return
        if not await self.keep_all() and (self.is_covered or not self._warned):
            self._warned = not self.is_covered
            self.tell(EdsError(_STAYS_LOCKED if self.is_covered else _NOT_KEPT))
            return
        await self._leave("logged out at the lock" if self.is_covered else "")

    async def _leave(self, reason: str = "") -> None:
        """Show the next one the sign-in, and leave nothing of this session in memory that shows."""
        account, self._account = self._account, None
        poller, self._poller = self._poller, None
        self._remarks = None
        drafts, self._drafts = self._drafts, None
        if account is None:
            return
        with self.batch_update():
            while len(self.session_stack) > 1:
                await self.pop_screen()
        self._idle_lock.watch(None)
        self.forget_keys()
        self.copy_to_clipboard("")
        self.theme = self._first_theme
        if self.is_covered:
            await self.uncover()
        self.run_worker(self._record_sign_out(account, poller, drafts, reason))

    async def _check(self, account: Account, password: str) -> None:
        desk = await self.desk()
        await in_thread_with_timeout(desk.sign_in.unlock, account, password)

    def forget_keys(self) -> None:
        """Let no key that waits reach what is shown from now on."""
        self._forgotten_at = monotonic()
        self.forget_unread()
        self.keys.clear()

    async def on_base_screen_shown_out(self, event: BaseScreen.ShownOut) -> None:
        """End the session of an account that was disabled, and say so at the sign-in."""
        if self._account is not None:
            await self.keep_all()
            await self.end_session(event.error)

    async def end_session(self, error: EdsError) -> None:
        """Show the sign-in, and say why there."""
        await self._leave()
        self.tell(error)

    async def _record_sign_out(
        self,
        account: Account,
        poller: ChangePoller | None,
        drafts: SessionDrafts | None,
        reason: str,
    ) -> None:
        async with showing_errors(lambda error: None):
            if drafts is not None:
                await in_thread_with_timeout(drafts.end)
        async with showing_errors(lambda error: None):
            if poller is not None:
                await poller.end()
            desk = await self.desk()
            await in_thread_with_timeout(desk.sign_in.sign_out, account, reason)
        if self._login:
            self.exit()

    async def on_event(self, event: Event) -> None:
        """Hand keys on one after the other; everything else at once."""
        if isinstance(event, Key | TypedText | Paste) and not event.is_forwarded:
            self._idle_lock.touched()
            if self.is_lost(event) or event.time < self._forgotten_at:
                self.backlog.went(event)
                return
            self._hush()
            if isinstance(event, Key):
                self._held.pressed(event.key)
            self.keys.put(event)
            return
        await super().on_event(event)

    def _hush(self) -> None:
        screen = self.screen
        if isinstance(screen, BaseScreen) and screen.chord is None:
            screen.notice.hush()

    def on_load(self) -> None:
        """Let no call that hangs keep another waiting, or the program from ending."""
        asyncio.get_running_loop().set_default_executor(CallThreads())

    def on_ready(self) -> None:
        """Let the keys in that were typed ahead of the first screen."""
        gc.enable()
        self.keys.open()
        if not self.is_headless:
            self.heed_signals()
        self.set_interval(1.0, self._tick)
        self.endure()

    def _takes_text(self) -> bool:
        """Return whether characters go into a text, and answer nothing that has been asked."""
        screen = self.screen
        asked = isinstance(screen, BaseScreen) and screen.chord is not None
        return not asked and isinstance(self.focused, TakesText)

    async def _deliver(self, event: Event) -> None:
        """Give a key to what has been asked on the screen, else to what has the focus.

        A failure is told, and the keys after it still count.
        """
        async with showing_errors(self.tell):
            screen = self.screen
            if isinstance(event, Key) and isinstance(screen, BaseScreen) and screen.take_key(event):
                return
            await super().on_event(event)
