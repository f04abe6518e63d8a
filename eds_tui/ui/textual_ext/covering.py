"""A cover over the session: below it everything goes on, and nothing is seen or reached.

The cover is a mode of its own, with a stack of its own. What comes up or is left meanwhile does so
in the stack of the session. What is left below the cover uses a private part of Textual, which is
pinned; ``tests/ui/test_lock.py`` keeps it honest.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from textual.app import InvalidModeError
from textual.await_complete import AwaitComplete
from textual.screen import Screen

from eds_tui.ui.textual_ext.terminal_app import TerminalApp

_COVER = "cover"


class Covering(TerminalApp):
    """A program whose session can be covered."""

    DEFAULT_MODE = "session"

    @property
    def is_covered(self) -> bool:
        """Whether the cover is what is shown and what takes keys."""
        return self.current_mode == _COVER

    @property
    def session_stack(self) -> list[Screen[Any]]:
        """The screens of the session, covered or not; the last one is in front."""
        return self.get_screen_stack(self.DEFAULT_MODE)

    async def cover(self, screen: Screen[None]) -> None:
        """Put a screen over the session."""
        with suppress(InvalidModeError):  # the way back is there from the second time on
            self.add_mode(self.DEFAULT_MODE, self.get_default_screen)
        self.add_mode(_COVER, lambda: screen)
        try:
            await self.switch_mode(_COVER)
        except Exception:
            if not self.is_covered:
                self.remove_mode(_COVER)
            raise

    async def uncover(self) -> None:
        """Show the session again, as it is by now."""
        await self.switch_mode(self.DEFAULT_MODE)
        self.remove_mode(_COVER)

    def push_screen(self, screen: Any, *args: Any, mode: str | None = None, **kwargs: Any) -> Any:
        """Bring up a screen, below the cover where there is one."""
        return super().push_screen(screen, *args, mode=mode or self.DEFAULT_MODE, **kwargs)

    def pop_screen(self) -> AwaitComplete:
        """Leave the screen in front, below the cover where there is one."""
        mode, self._current_mode = self._current_mode, self.DEFAULT_MODE
        try:
            return super().pop_screen()
        finally:
            self._current_mode = mode

    def _display(self, screen: Screen[object], renderable: Any) -> None:
        """Paint nothing of what is covered."""
        if not self.is_covered or screen is self.screen:
            super()._display(screen, renderable)
