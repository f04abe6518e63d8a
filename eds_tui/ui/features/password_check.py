"""Checking the password that is typed in a form, one attempt at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from eds_tui.domain.errors import EdsError
from eds_tui.ui.features.host import Host, task


class PasswordCheck:
    """Runs a check while keys wait, and refuses what can be no password.

    Args:
        host: The screen.
        check: Reads what is typed, checks it and goes on; raises ``EdsError`` where it is refused.
    """

    def __init__(self, *, host: Host, check: Callable[[], Awaitable[None]]) -> None:
        self.host = host
        self._check = check
        self._is_checking = False

    def begin(self) -> None:
        """Check what was typed, unless a check is still running."""
        if not self._is_checking:
            self._is_checking = True
            self._run()

    @task(blocks_input=True)
    async def _run(self) -> None:
        try:
            await self._check()
        finally:
            self._is_checking = False

    def refuse_too_long(self) -> None:
        """Say that what was pasted can be no password, and that nothing of it was taken."""
        # Loaded only now: the rules of passwords are not needed for the first paint.
        from eds_tui.domain.password import TOO_LONG

        self.host.refuse(EdsError(TOO_LONG))
