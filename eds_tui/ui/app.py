"""The kiosk: puts together what runs beside the screens, and begins with the sign-in."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.events import Event, Key, Paste
from textual.screen import Screen

from eds_tui.domain.appearance import Copying
from eds_tui.domain.clock import Clock
from eds_tui.domain.first_start import first_start_words
from eds_tui.host.clocks import SystemClock
from eds_tui.host.last_theme import LastTheme
from eds_tui.host.terminals import MODERN, Kind
from eds_tui.settings import Settings
from eds_tui.ui.runtime.background import CallThreads, in_thread
from eds_tui.ui.runtime.database_notice import DatabaseNotice
from eds_tui.ui.runtime.error_recovery import ErrorRecovery, RecoveryActions
from eds_tui.ui.runtime.idle_limits import IdleLimits
from eds_tui.ui.runtime.idle_lock import IdleActions, IdleLock
from eds_tui.ui.runtime.key_delivery import KeyDelivery
from eds_tui.ui.runtime.open_screens import OpenScreens
from eds_tui.ui.runtime.sessions import SessionOptions, Sessions
from eds_tui.ui.runtime.shutdown import Shutdown
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.screens.sign_in import SignInScreen
from eds_tui.ui.styles import BEGINNING, sheets
from eds_tui.ui.textual_ext.error_boundary import ErrorBoundary
from eds_tui.ui.textual_ext.typed import TypedText

if TYPE_CHECKING:
    from eds_tui.domain.account import Account
    from eds_tui.services.container import Services


class Kiosk(ErrorBoundary):
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
        Binding("ctrl+n", "next_call", show=False, priority=True),
        Binding("ctrl+l", "repaint", show=False, priority=True),
    ]

    def __init__(
        self,
        *,
        settings: Settings,
        connect: Callable[[], Services],
        hints: tuple[str, ...] = (),
        clock: Clock | None = None,
        look_every: int = 1,
        kind: Kind = MODERN,
        may_leave: bool = True,
        login: str = "",
    ) -> None:
        last_theme = LastTheme(settings.drafts if may_leave else None)
        super().__init__(settings.theme or last_theme.read(), kind)
        self.last_theme = last_theme
        self.terminal_clipboard.is_allowed = settings.copying in (Copying.OWN, Copying.ALL)
        self.settings = settings
        self._connect = connect
        self._hints = hints
        self._may_leave = may_leave
        self._login = login
        self._seconds = 0
        self._opening: asyncio.Task[Services] | None = None
        self.open_screens = OpenScreens(self)
        self.shutdown = Shutdown(self, keep_all=self.open_screens.keep_all)
        self.keys = self._make_keys(kind.charset)
        self.sessions = Sessions(
            self,
            screens=self.open_screens,
            services=self.services,
            changed=self._session_changed,
            options=SessionOptions(
                settings=settings, look_every=look_every, may_leave=may_leave,
                is_only_one=bool(login),
            ),
        )  # fmt: skip
        self._recovery_of_errors = ErrorRecovery(
            self,
            screens=self.open_screens,
            actions=RecoveryActions(
                end_session=self.sessions.end_because, forget_keys=self.keys.forget
            ),
        )
        self._database_notice = DatabaseNotice(self.open_screens, lambda: self._opening)
        self._idle_lock = self._make_idle_lock(clock or SystemClock())

    def _make_keys(self, charset: str) -> KeyDelivery:
        deliver, refuse = super().on_event, self.open_screens.refuse
        return KeyDelivery(self, deliver=deliver, show_error=refuse, charset=charset)

    def _make_idle_lock(self, clock: Clock) -> IdleLock:
        limits = IdleLimits(self.settings.idle_lock, self.settings.session_end)
        actions = IdleActions(
            check_password=self.sessions.check_password,
            keep_all=self.open_screens.keep_all,
            end_session=self.sessions.end,
            give_up_session=self._recovery_of_errors.give_up_session,
            forget_keys=self.keys.forget,
            say=self.open_screens.say,
        )
        return IdleLock(self, limits=limits, clock=clock, actions=actions)

    def get_default_screen(self) -> Screen[None]:
        """Start with the sign-in."""
        return SignInScreen(
            services=self.services,
            signed_in=self.sessions.begin,
            no_account=lambda: _end_without_account(self),
            hints=self._hints,
            may_leave=self._may_leave,
            proven=self._login,
        )

    async def services(self) -> Services:
        """Return the services, once the database is open.

        Raises:
            EdsError: It can't be opened; the next call tries again.
        """
        if self._opening is None or (self._opening.done() and self._opening.exception()):
            self._opening = asyncio.create_task(in_thread(self._connect))
        return await asyncio.shield(self._opening)

    def _session_changed(self, account: Account | None) -> None:
        """Watch over a session that begins, and leave nothing of one that has ended."""
        self._idle_lock.watch(account)
        if account is None:
            self.keys.forget()
            self.copy_to_clipboard("")
            self.wear(self.settings.theme or self.last_theme.read())
        elif account.theme:
            self.wear(account.theme)

    def _tick(self) -> None:
        """Do what is done every second: one clock serves all."""
        self._seconds += 1
        self._idle_lock.tick()
        self.open_screens.tick(self._seconds)
        self.sessions.tick(self._seconds)
        self._database_notice.tick()

    def on_load(self) -> None:
        """Let no call that hangs keep another waiting, or the program from ending."""
        asyncio.get_running_loop().set_default_executor(CallThreads())

    def on_ready(self) -> None:
        """Let the keys in that were typed ahead of the first screen."""
        gc.enable()
        self.keys.open()
        if not self.is_headless:
            self.shutdown.heed_signals()
        self.set_interval(1.0, self._tick)
        self._recovery_of_errors.begin()

    async def on_unmount(self) -> None:
        """End the session with the program."""
        await self.sessions.break_off()

    async def on_event(self, event: Event) -> None:
        """Hand keys on one after the other; everything else at once."""
        if isinstance(event, Key | TypedText | Paste) and not event.is_forwarded:
            self._idle_lock.touched()
            self.keys.take(event)
            return
        await super().on_event(event)

    async def on_base_screen_shown_out(self, event: BaseScreen.ShownOut) -> None:
        """Show the sign-in to whoever's account was disabled."""
        await self.sessions.show_out(event.error)

    async def action_sign_out(self) -> None:
        """End the session, or at the sign-in the program."""
        await self.sessions.sign_out()

    async def action_next_call(self) -> None:
        """Take the next call over whatever is open."""
        await self.sessions.take_call()

    async def action_hang_up(self) -> None:
        """End the program because nobody is there any more; what was typed is kept."""
        await self.shutdown.hang_up()

    def close_after_error(self) -> None:
        """Keep what is typed, as far as that still works, before the program ends."""
        self.shutdown.after_error(super().close_after_error)


def _end_without_account(app: Kiosk) -> None:
    """End the program on a database in which nobody has an account, and say what comes first."""
    words = first_start_words(app.settings.database_url)
    app.exit(return_code=1, message=Text(words, no_wrap=True, overflow="ignore"))
