"""How the program ends: never with its inside on the terminal, and never without what was typed."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress

from eds_tui.ui.textual_ext.terminal_app import TerminalApp

_KEEP_SECONDS = 2.0
"""Seconds that what is typed may take to be kept when the program has to stop."""
_ENDING = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
_OF_NO_CONCERN = (
    signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU, signal.SIGUSR1, signal.SIGUSR2,
    signal.SIGALRM, signal.SIGPIPE,
)  # fmt: skip


class Shutdown:
    """Saves what is typed before the program ends, at a signal, a hang-up or an error.

    Args:
        app: The program.
        keep_all: Saves what is typed anywhere.
    """

    def __init__(self, app: TerminalApp, *, keep_all: Callable[[], Awaitable[bool]]) -> None:
        self._app = app
        self._keep_all = keep_all
        self._hung_up = False
        self._stopping: asyncio.Task[None] | None = None

    async def hang_up(self) -> None:
        """End the program because nobody is there any more; what was typed is kept."""
        if not self._hung_up:
            self._hung_up = True
            await self._keep_all()
            self._app.exit()

    def heed_signals(self) -> None:
        """Let a signal end the program well, or do nothing; none suspends it.

        Whoever was stopped and goes on has a terminal on which others may have written.
        """
        loop = asyncio.get_running_loop()
        for number in _ENDING:
            loop.add_signal_handler(number, self._app.call_later, self.hang_up)
        loop.add_signal_handler(signal.SIGCONT, self._app.call_later, self._app.action_redraw)
        for number in _OF_NO_CONCERN:
            signal.signal(number, signal.SIG_IGN)

    def after_error(self, close: Callable[[], None]) -> None:
        """Save what is typed, as far as that still works, and then end the program.

        Args:
            close: Ends it.
        """
        if self._stopping is None:
            self._stopping = asyncio.create_task(self._stop(close))

    async def _stop(self, close: Callable[[], None]) -> None:
        with suppress(Exception):  # one error has been logged; the program ends whatever follows
            await asyncio.wait_for(self._keep_all(), _KEEP_SECONDS)
        close()
