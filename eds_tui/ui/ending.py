"""How the program ends: never with its inside on the terminal, and never without what was typed."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import Any

from eds_tui.domain.errors import EdsError
from eds_tui.ui.keeping import KeepsText
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.textual_ext.error_boundary import ErrorBoundary

_KEEP_SECONDS = 2.0
"""Seconds that what is typed may take to be kept when the program has to stop."""
_ENDING = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
_OF_NO_CONCERN = (
    signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU, signal.SIGUSR1, signal.SIGUSR2,
    signal.SIGALRM, signal.SIGPIPE,
)  # fmt: skip


class Ending(ErrorBoundary):
    """A program that ends in words."""

    _hung_up = False
    _stopping: asyncio.Task[None] | None = None

    @property
    def _open_screens(self) -> list[BaseScreen[Any]]:
        """The screens that have come up; the last is in front, or behind the dialog in front."""
        return [
            each for each in self.session_stack if isinstance(each, BaseScreen) and each.is_mounted
        ]

    @property
    def _keeping(self) -> list[KeepsText]:
        """All in which something may be typed: the screens, and the dialogs over them."""
        return [
            each for each in self.session_stack if isinstance(each, KeepsText) and each.is_mounted
        ]

    @property
    def _place(self) -> BaseScreen[Any] | None:
        screens = self._open_screens
        return screens[-1] if screens else None

    async def action_hang_up(self) -> None:
        """End the program because nobody is there any more; what was typed is kept."""
        if not self._hung_up:
            self._hung_up = True
            await self.keep_all()
            self.exit()

    async def keep_all(self) -> bool:
        """Keep what is typed in every place and dialog; returns whether nothing is lost."""
        return all(await asyncio.gather(*map(self.kept, self._keeping)))

    async def kept(self, place: KeepsText) -> bool:
        """Keep what is typed in one, which may have failed: the others are kept all the same.

        Returns:
            Whether nothing is lost.
        """
        try:
            return await place.keep()
        except Exception as error:
            self.faults.refer(error)
            return False

    def tell(self, error: EdsError) -> None:
        """Put a failure to whoever looks at the screen."""
        if (place := self._in_front) is not None:
            place.refuse(error)

    def say(self, text: str) -> None:
        """Say something to whoever looks at the screen."""
        if (place := self._in_front) is not None:
            place.say(text)

    @property
    def _in_front(self) -> BaseScreen[Any] | None:
        screen = self.screen
        return screen if isinstance(screen, BaseScreen) and screen.is_mounted else self._place

    def forget_keys(self) -> None:
        """Let no key that waits reach what is shown from now on."""
        raise NotImplementedError

    def heed_signals(self) -> None:
        """Let a signal end the program well, or do nothing; none suspends it.

        Whoever was stopped and goes on has a terminal on which others may have written.
        """
        loop = asyncio.get_running_loop()
        for number in _ENDING:
            loop.add_signal_handler(number, self.call_later, self.action_hang_up)
        loop.add_signal_handler(signal.SIGCONT, self.call_later, self.action_redraw)
        for number in _OF_NO_CONCERN:
            signal.signal(number, signal.SIG_IGN)

    def action_suspend_process(self) -> None:
        """Stay: behind a suspended program there is a shell."""

    def close_after_error(self) -> None:
        """Keep what is typed, as far as that still works, before the program ends."""
        if self._stopping is None:
            self._stopping = asyncio.create_task(self._stop())

    async def _stop(self) -> None:
        with suppress(Exception):  # one error has been logged; the program ends whatever follows
            await asyncio.wait_for(self.keep_all(), _KEEP_SECONDS)
        super().close_after_error()
