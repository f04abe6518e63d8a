"""A cover over the session: below it everything goes on, and nothing is seen or reached.

The cover is a mode of its own, with a stack of its own. What comes up or is left meanwhile does so
in the stack of the session. This uses private parts of Textual, which is pinned;
``tests/ui/test_lock.py`` keeps it honest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from textual.await_complete import AwaitComplete
from textual.screen import Screen

from eds_tui.ui.screens.place import Place
from eds_tui.ui.terminal_app import TerminalApp

_COVER = "cover"


class Covering(TerminalApp):
    """A program whose session can be covered."""

    @property
    def is_covered(self) -> bool:
        """Whether the cover is what is shown and what takes keys."""
        return self._current_mode == _COVER

    @property
    def session_stack(self) -> list[Screen[Any]]:
        """The screens of the session, covered or not; the last one is in front."""
        return self._screen_stacks[self.DEFAULT_MODE].copy()

    @property
    def _places(self) -> list[Place[Any]]:
        """The places that have come up; the last is in front, or behind the dialog in front."""
        return [each for each in self.session_stack if isinstance(each, Place) and each.is_mounted]

    @property
    def _place(self) -> Place[Any] | None:
        places = self._places
        return places[-1] if places else None

    async def cover(self, screen: Screen[None]) -> None:
        """Put a screen over the session."""
        self.add_mode(_COVER, lambda: screen)
        self._modes.setdefault(self.DEFAULT_MODE, self.get_default_screen)
        await self.switch_mode(_COVER)

    async def uncover(self) -> None:
        """Show the session again, as it is by now."""
        await self.switch_mode(self.DEFAULT_MODE)
        self.remove_mode(_COVER)

    def push_screen(self, screen: Any, *args: Any, mode: str | None = None, **kwargs: Any) -> Any:
        """Bring up a screen, below the cover where there is one."""
        if mode is None and self.is_covered:
            with self._beneath():
                return super().push_screen(screen, *args, **kwargs)
        return super().push_screen(screen, *args, mode=mode, **kwargs)

    def pop_screen(self) -> AwaitComplete:
        """Leave the screen in front, below the cover where there is one."""
        with self._beneath():
            return super().pop_screen()

    @contextmanager
    def _beneath(self) -> Iterator[None]:
        mode, self._current_mode = self._current_mode, self.DEFAULT_MODE
        try:
            yield
        finally:
            self._current_mode = mode

    def _display(self, screen: Screen[object], renderable: Any) -> None:
        """Paint nothing of what is covered."""
        if not self.is_covered or screen is self.screen:
            super()._display(screen, renderable)
