"""Locks the session at which nobody sits, and ends it when nobody comes back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from eds_tui.ui.runtime.idle_limits import IdleLimits
from eds_tui.ui.textual_ext.terminal_app import TerminalApp

if TYPE_CHECKING:
    from eds_tui.domain.account import Account
    from eds_tui.domain.clock import Clock

_KEPT = "What was typed is kept and offered at the next sign-in."


@dataclass(frozen=True, kw_only=True)
class IdleActions:
    """What others do for a session at which nobody sits."""

    check_password: Callable[[Account, str], Awaitable[None]]
    """Raises ``EdsError`` for a wrong password."""
    keep_all: Callable[[], Awaitable[bool]]
    """Saves what is typed anywhere; returns whether nothing is lost."""
    end_session: Callable[[str], Awaitable[None]]
    """Ends the session, for a reason."""
    give_up_session: Callable[[Exception], Awaitable[None]]
    """Ends a session that can't be locked, because of an error."""
    forget_keys: Callable[[], None]
    """Lets no key that waits reach what is shown from now on."""
    say: Callable[[str], None]
    """Says something to whoever looks at the screen."""


class IdleLock:
    """Looks every second for how long nobody has pressed a key.

    Args:
        app: The program, whose session is covered by the lock screen.
        limits: After how long the session is locked, and ended.
        clock: Measures how long nobody has pressed a key.
        actions: What others do.
    """

    def __init__(
        self, app: TerminalApp, *, limits: IdleLimits, clock: Clock, actions: IdleActions
    ) -> None:
        self._app = app
        self._limits = limits
        self._clock = clock
        self._actions = actions
        self._busy = False
        self._account: Account | None = None

    def watch(self, account: Account | None) -> None:
        """Watch the session of an account from now on, or none."""
        self._account = account
        self.touched()

    def touched(self) -> None:
        """Take note of a key; who can't unlock the session is not there."""
        if not self._app.cover.is_on:
            self._limits.touched(self._clock.seconds())

    def tick(self) -> None:
        """Lock or end the session, where it is time to; called every second."""
        account, now = self._account, self._clock.seconds()
        if account is None or self._busy:
            return
        if self._limits.is_to_end(now):
            self._busy = True
            self._app.run_worker(self._end(account))
        elif self._limits.is_to_lock(now) and not self._app.cover.is_on:
            self._busy = True
            self._app.run_worker(self._lock(account))

    async def _lock(self, account: Account) -> None:
        # Loaded only now: most sessions are never locked.
        from eds_tui.ui.screens.lock import LockScreen

        async def unlock(password: str) -> None:
            await self._actions.check_password(account, password)
            self._limits.touched(self._clock.seconds())
            self._actions.forget_keys()
            await self._app.cover.take_off()

        try:
            self._actions.forget_keys()
            await self._app.cover.put_on(LockScreen(account=account, unlock=unlock))
        except Exception as error:  # what can't be locked does not stay open
            await self._actions.give_up_session(error)
        finally:
            self._busy = False

    async def _end(self, account: Account) -> None:
        """Sign out whoever has gone; what can be kept nowhere holds that up, behind the lock."""
        reason = f"{self._limits.end_after // timedelta(minutes=1)} minutes without a key"
        try:
            if await self._actions.keep_all() and self._account is account:
                await self._actions.end_session(reason)
                self._actions.say(f"{account.name} was signed out: {reason}. {_KEPT}")
        finally:
            self._busy = False
