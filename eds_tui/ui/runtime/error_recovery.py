"""What is done after an unexpected error: it is shown like a failed call, with its reference.

A screen that has not come up is closed, so that nobody sits before one that is deaf.
``tests/ui/test_unforeseen.py`` keeps it honest.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from textual.screen import Screen

from eds_tui.domain.errors import EdsError
from eds_tui.ui.runtime.background import STILL_HERE, unexpected_error_text
from eds_tui.ui.runtime.open_screens import OpenScreens, text_of
from eds_tui.ui.textual_ext.error_boundary import ErrorBoundary, Recovery, close_unanswered

_CLOSED = "What was open there has been closed; what you typed is kept."
_CLOSED_AND_LOST = "What was open there has been closed; what you typed there could not be kept."
_SIGNED_OUT = "You were signed out. What was typed is kept and offered at the next sign-in."
_SIGNED_OUT_AND_LOST = "You were signed out. What was typed could not be kept."


@dataclass(frozen=True, kw_only=True)
class RecoveryActions:
    """What only others can do after an error."""

    end_session: Callable[[EdsError], Awaitable[None]]
    """Shows the sign-in, and says why there."""
    forget_keys: Callable[[], None]
    """Lets no key that waits reach what is shown from now on."""


class ErrorRecovery:
    """Shows an unexpected error, and closes what did not come up because of it.

    Args:
        app: The program.
        screens: Its open screens.
        actions: What others do.
    """

    def __init__(
        self, app: ErrorBoundary, *, screens: OpenScreens, actions: RecoveryActions
    ) -> None:
        self._app = app
        self._screens = screens
        self._actions = actions

    def begin(self) -> None:
        """Go on after errors from now on: there is something to sit at."""
        self._app.recover_by(Recovery(show=self._show, take_away=self._close_failed))

    async def give_up_session(self, error: Exception) -> None:
        """End a session that can't go on as it should, because of an error."""
        then = _SIGNED_OUT if await self._screens.keep_all() else _SIGNED_OUT_AND_LOST
        reference = self._app.errors.log(error)
        await self._actions.end_session(EdsError(unexpected_error_text(reference, then)))

    def _show(self, error: Exception, reference: str, then: str = STILL_HERE) -> None:
        try:
            self._screens.refuse(EdsError(unexpected_error_text(reference, then)))
            # Half a paint is made whole; what can't be painted comes back until it is too much.
            self._app.action_redraw()
        except Exception:  # nobody would know why nothing happens
            self._app.end_with(error)

    async def _close_failed(self, screen: Screen[Any], error: Exception, reference: str) -> None:
        """Close a screen that did not come up; the session is given up where it can't be."""
        try:
            stack = self._app.cover.session_stack
            at_sign_in, in_session = stack[:1], stack[1:]
            if screen in in_session[1:]:
                then = await self._close_down_to(screen)
                self._show(error, reference, then)
            elif in_session and (screen in in_session or screen is self._app.screen):
                await self.give_up_session(error)
            elif screen in at_sign_in:
                self._app.end_with(error)
            else:
                self._show(error, reference)
        except Exception:  # nobody is to sit before what is left of it
            self._app.end_with(error)

    async def _close_down_to(self, screen: Screen[Any]) -> str:
        """Close a screen and all above it; returns what has become of what was typed."""
        then = STILL_HERE
        while screen in self._app.cover.session_stack:
            front = self._app.cover.session_stack[-1]
            text = text_of(front)
            if text is not None and not self._app.has_failed(front):
                kept = await self._screens.keep(text) and then != _CLOSED_AND_LOST
                then = _CLOSED if kept else _CLOSED_AND_LOST
            await close_unanswered(front)
        # Typed for what was to come up, they would mean something else here.
        self._actions.forget_keys()
        return then
