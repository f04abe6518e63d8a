"""The screens of the session that are open: what is said on them, and what is typed in them."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.screen import Screen

from eds_tui.domain.errors import EdsError
from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.runtime.keeps_text import KeepsText
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.textual_ext.error_boundary import ErrorBoundary


def text_of(screen: Screen[Any]) -> KeepsText | None:
    """Return what keeps the text of a screen or dialog, if anything may be typed in it."""
    if isinstance(screen, Dialog):
        return screen.text
    return screen if isinstance(screen, KeepsText) else None


class OpenScreens:
    """Reaches all screens and dialogs of the session that have come up.

    Args:
        app: The program that shows them.
    """

    def __init__(self, app: ErrorBoundary) -> None:
        self._app = app

    @property
    def last(self) -> BaseScreen[Any] | None:
        """The last screen opened: it is in front, or behind the dialog in front."""
        for screen in reversed(self._app.cover.session_stack):
            if isinstance(screen, BaseScreen) and self._is_up(screen):
                return screen
        return None

    @property
    def front(self) -> BaseScreen[Any] | None:
        """The screen that is looked at; behind a dialog the one that shows it."""
        screen = self._app.screen
        return screen if isinstance(screen, BaseScreen) and self._is_up(screen) else self.last

    @property
    def all(self) -> list[BaseScreen[Any]]:
        """Every screen that has come up, also below a dialog, and the lock over them."""
        stack = [*self._app.cover.session_stack, self._app.screen]
        return [each for each in stack if isinstance(each, BaseScreen) and self._is_up(each)]

    @property
    def _texts(self) -> list[KeepsText]:
        come_up = filter(self._is_up, self._app.cover.session_stack)
        return [text for each in come_up if (text := text_of(each)) is not None]

    def _is_up(self, screen: Screen[Any]) -> bool:
        """Return whether a screen has all its parts; one that failed counts as mounted too."""
        return screen.is_mounted and not self._app.has_failed(screen)

    def tick(self, second: int) -> None:
        """Tell every screen and dialog that a second has passed.

        Args:
            second: Counts the calls.
        """
        for text in self._texts:
            text.tick(second)

    async def keep_all(self) -> bool:
        """Save what is typed in every screen and dialog; returns whether nothing is lost."""
        return all(await asyncio.gather(*map(self.keep, self._texts)))

    async def keep(self, text: KeepsText) -> bool:
        """Save what is typed in one, which may fail: the others are saved all the same.

        Returns:
            Whether nothing is lost.
        """
        try:
            return await text.keep()
        except Exception as error:
            self._app.errors.log(error)
            return False

    def refuse(self, error: EdsError) -> None:
        """Show a failure to whoever looks at the screen."""
        if (screen := self.front) is not None:
            screen.refuse(error)

    def say(self, text: str) -> None:
        """Say something to whoever looks at the screen."""
        if (screen := self.front) is not None:
            screen.say(text)
