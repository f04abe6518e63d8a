"""Gives every key to what it was typed for: a question that was asked, a text, or the focus."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import monotonic

from textual.events import Event, Key, Paste

from eds_tui.domain.errors import EdsError
from eds_tui.domain.text_bytes import why_not_typed
from eds_tui.host.terminals import UTF_8
from eds_tui.ui.runtime.background import showing_errors
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.textual_ext.held_key import HeldKey
from eds_tui.ui.textual_ext.terminal_app import TerminalApp
from eds_tui.ui.textual_ext.typeahead import TypeAhead
from eds_tui.ui.textual_ext.typed import TakesText, TypedText

Keystroke = Key | TypedText | Paste


class KeyDelivery:
    """Delivers keys one after the other, and forgets those typed for what is shown no more.

    Args:
        app: The program.
        deliver: Does what the program does with a key that answers no question.
        show_error: Shows why a key had no effect.
        charset: The terminal's character set.
    """

    def __init__(
        self,
        app: TerminalApp,
        *,
        deliver: Callable[[Event], Awaitable[None]],
        show_error: Callable[[EdsError], None],
        charset: str = UTF_8,
    ) -> None:
        self._app = app
        self._deliver_to_app = deliver
        self._show_error = show_error
        self._charset = charset
        self._held = HeldKey(app)
        self._queue = TypeAhead(app, self._deliver, self._takes_text, app.backlog.went)
        self._forgotten_at = 0.0

    def open(self) -> None:
        """Begin: there is something now that takes keys."""
        self._queue.open()

    async def idle(self) -> None:
        """Wait until every key taken so far has had its effect."""
        await self._queue.idle()

    def take(self, event: Keystroke) -> None:
        """Take a key, to be delivered in its turn; text in another encoding is refused in words."""
        if self._app.is_lost(event) or event.time < self._forgotten_at:
            self._app.backlog.went(event)
            return
        self._hush()
        if why := why_not_typed(_text(event), self._charset):
            self._app.backlog.went(event)
            self._show_error(EdsError(why))
            return
        if isinstance(event, Key):
            self._held.pressed(event.key)
        self._queue.put(event)

    def forget(self) -> None:
        """Let no key that waits reach what is shown from now on."""
        self._forgotten_at = monotonic()
        self._app.forget_unread()
        self._queue.clear()

    def _hush(self) -> None:
        """Take off what was said last: it stays until the next key."""
        screen = self._app.screen
        if isinstance(screen, BaseScreen) and screen.chord is None:
            screen.notice.hush()

    def _takes_text(self) -> bool:
        """Return whether characters go into a text, and answer nothing that has been asked."""
        screen = self._app.screen
        asked = isinstance(screen, BaseScreen) and screen.chord is not None
        return not asked and isinstance(self._app.focused, TakesText)

    async def _deliver(self, event: Event) -> None:
        """Give a key to what has been asked on the screen, else to what has the focus.

        A failure is shown, and the keys after it still count.
        """
        async with showing_errors(self._show_error):
            screen = self._app.screen
            if isinstance(event, Key) and isinstance(screen, BaseScreen) and screen.take_key(event):
                return
            await self._deliver_to_app(event)


def _text(event: Keystroke) -> str:
    return (event.character or "") if isinstance(event, Key) else event.text
