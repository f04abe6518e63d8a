"""A cover over the session: below it everything goes on, and nothing is seen or reached.

The cover is a mode of its own, with a stack of its own. What comes up or is left meanwhile does so
in the stack of the session. What is left below the cover uses a private part of Textual, which is
pinned; ``tests/ui/test_lock.py`` keeps it honest.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from textual.app import App, InvalidModeError
from textual.screen import Screen

Result = TypeVar("Result")
SESSION = "session"
"""The mode of the session's screens; an app that can be covered begins in it."""
_COVER = "cover"


class LockCover:
    """Covers the session of an app, as the lock screen does.

    Args:
        app: Its default mode is ``SESSION``.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app

    @property
    def is_on(self) -> bool:
        """Whether the cover is what is shown and what takes keys."""
        return self._app.current_mode == _COVER

    @property
    def session_stack(self) -> list[Screen[Any]]:
        """The screens of the session, covered or not; the last one is in front."""
        return self._app.get_screen_stack(SESSION)

    async def put_on(self, screen: Screen[None]) -> None:
        """Put a screen over the session."""
        with suppress(InvalidModeError):  # the way back is there from the second time on
            self._app.add_mode(SESSION, self._app.get_default_screen)
        self._app.add_mode(_COVER, lambda: screen)
        try:
            await self._app.switch_mode(_COVER)
        except Exception:
            if not self.is_on:
                self._app.remove_mode(_COVER)
            raise

    async def take_off(self) -> None:
        """Show the session again, as it is by now."""
        await self._app.switch_mode(SESSION)
        self._app.remove_mode(_COVER)

    def hides(self, screen: Screen[Any]) -> bool:
        """Return whether a screen must not be painted: it is covered."""
        return self.is_on and screen is not self._app.screen

    def below(self, pop: Callable[[], Result]) -> Result:
        """Call what takes the front screen away, so that it does so below the cover."""
        mode, self._app._current_mode = self._app._current_mode, SESSION
        try:
            return pop()
        finally:
            self._app._current_mode = mode
