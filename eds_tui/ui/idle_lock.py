"""Locks the session at which nobody sits, and ends it when nobody comes back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from eds_tui.ui.enduring import Enduring
from eds_tui.ui.idle_limits import IdleLimits

if TYPE_CHECKING:
    from eds_tui.domain.account import Account
    from eds_tui.domain.clock import Clock

_KEPT = "What was typed is kept and offered at the next sign-in."


class IdleLock:
    """Looks every second for how long nobody has pressed a key.

    Args:
        app: The program.
        idle: The limits.
        clock: Measures how long nobody has pressed a key.
        check: Checks a password; raises ``EdsError`` for a wrong one.
        leave: Ends the session, for a reason.
    """

    def __init__(
        self,
        app: Enduring,
        idle: IdleLimits,
        clock: Clock,
        check: Callable[[Account, str], Awaitable[None]],
        leave: Callable[[str], Awaitable[None]],
    ) -> None:
        self._app = app
        self._idle = idle
        self._clock = clock
        self._check = check
        self._leave = leave
        self._busy = False
        self._account: Account | None = None

    def watch(self, account: Account | None) -> None:
        """Watch the session of an account from now on, or none."""
        self._account = account
        self.touched()

    def touched(self) -> None:
        """Take note of a key; who can't unlock the session is not there."""
        if not self._app.is_covered:
            self._idle.touched(self._clock.seconds())

    def tick(self) -> None:
        """Lock or end the session, where it is time to; called every second."""
        account, now = self._account, self._clock.seconds()
        if account is None or self._busy:
            return
        if self._idle.is_to_end(now):
            self._busy = True
            self._app.run_worker(self._end(account))
        elif self._idle.is_to_lock(now) and not self._app.is_covered:
            self._busy = True
            self._app.run_worker(self._lock(account))

    async def _lock(self, account: Account) -> None:
        # Loaded only now: most sessions are never locked.
        from eds_tui.ui.screens.lock import LockScreen

        async def unlock(password: str) -> None:
            await self._check(account, password)
            self._idle.touched(self._clock.seconds())
            self._app.forget_keys()
            await self._app.uncover()

        try:
            self._app.forget_keys()
            await self._app.cover(LockScreen(account=account, unlock=unlock))
        except Exception as error:  # what can't be locked does not stay open
            await self._app.give_up_session(error)
        finally:
            self._busy = False

    async def _end(self, account: Account) -> None:
        """Sign out whoever has gone; what can be kept nowhere holds that up, behind the lock."""
        reason = f"{self._idle.end_after // timedelta(minutes=1)} minutes without a key"
        try:
            if await self._app.keep_all() and self._account is account:
                await self._leave(reason)
                self._app.say(f"{account.name} was signed out: {reason}. {_KEPT}")
        finally:
            self._busy = False
