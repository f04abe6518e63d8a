"""What is done after an unexpected error: it is told like a failed call.

A screen that has not come up is taken away, so that nobody sits before one that is deaf.
``tests/ui/test_unforeseen.py`` keeps it honest.
"""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from eds_tui.domain.errors import EdsError
from eds_tui.ui.background import STILL_HERE, unforeseen
from eds_tui.ui.ending import Ending
from eds_tui.ui.keeping import KeepsText
from eds_tui.ui.textual_ext.error_boundary import Recovery, close_unanswered

_CLOSED = "What was open there has been closed; what you typed is kept."
_CLOSED_AND_LOST = "What was open there has been closed; what you typed there could not be kept."
_SIGNED_OUT = "You were signed out. What was typed is kept and offered at the next sign-in."
_SIGNED_OUT_AND_LOST = "You were signed out. What was typed could not be kept."


class Enduring(Ending):
    """A program that goes on after an error where that is safe, and else ends."""

    def endure(self) -> None:
        """Go on after errors from now on: there is something to sit at."""
        self.recover_by(Recovery(show=self._show, take_away=self._close_failed))

    async def end_session(self, error: EdsError) -> None:
        """Show the sign-in, and say why there."""
        raise NotImplementedError

    async def give_up_session(self, error: Exception) -> None:
        """End a session that can't go on as it should, because of an error."""
        then = _SIGNED_OUT if await self.keep_all() else _SIGNED_OUT_AND_LOST
        await self.end_session(EdsError(unforeseen(self.faults.refer(error), then)))

    def _show(self, error: Exception, reference: str, then: str = STILL_HERE) -> None:
        try:
            self.tell(EdsError(unforeseen(reference, then)))
            # Half a paint is made whole; what can't be painted comes back until it is too much.
            self.action_redraw()
        except Exception:  # nobody would know why nothing happens
            self.end_with(error)

    async def _close_failed(self, screen: Screen[Any], error: Exception, reference: str) -> None:
        """Take away a screen that did not come up; the session is given up where it can't be."""
        try:
            at_sign_in, in_session = self.session_stack[:1], self.session_stack[1:]
            if screen in in_session[1:]:
                then = await self._close_down_to(screen)
                self._show(error, reference, then)
            elif in_session and (screen in in_session or screen is self.screen):
                await self.give_up_session(error)
            elif screen in at_sign_in:
                self.end_with(error)
            else:
                self._show(error, reference)
        except Exception:  # nobody is to sit before what is left of it
            self.end_with(error)

    async def _close_down_to(self, screen: Screen[Any]) -> str:
        """Close a screen and all above it; returns what has become of what was typed."""
        then = STILL_HERE
        while screen in self.session_stack:
            front = self.session_stack[-1]
            if isinstance(front, KeepsText) and not self.has_failed(front):
                kept = await self.kept(front) and then != _CLOSED_AND_LOST
                then = _CLOSED if kept else _CLOSED_AND_LOST
            await close_unanswered(front)
        # Typed for what was to come up, they would mean something else here.
        self.forget_keys()
        return then
