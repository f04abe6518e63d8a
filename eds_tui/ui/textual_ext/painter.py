"""What a paint sends to the terminal: the cells that changed, and where the cursor stands."""

from __future__ import annotations

from textual._compositor import CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.geometry import Offset, Size

from eds_tui.host.terminals import Kind
from eds_tui.ui.presentation.too_small import covered, is_too_small
from eds_tui.ui.textual_ext.cursor import cursor_of
from eds_tui.ui.textual_ext.terminal import Encoded, Frame

_SHOW_CURSOR, _HIDE_CURSOR = "\x1b[?25h", "\x1b[?25l"


class Painter:
    """Turns what the compositor has drawn into the bytes that are still missing.

    Args:
        app: Whose screens are painted.
        kind: What the terminal can show.
    """

    def __init__(self, app: App[None], kind: Kind) -> None:
        self._app = app
        self._frame = Frame(kind)
        self._cursor_sent: Offset | None = None
        self._is_cursor_shown = False
        self._covered: Size | None = None
        """The size of the window that says that it is too small."""
        self._layout: Size | None = None

    def use(self, kind: Kind) -> None:
        """Send from now on what another kind of terminal can show."""
        self._frame.use(kind)

    def forget(self) -> None:
        """Take nothing for granted: the next paint is sent whole."""
        self._frame.forget()
        self._cursor_sent = self._covered = None

    def encoded(self, update: CompositorUpdate) -> Encoded | None:
        """Return what is to be sent for an update, or ``None`` where nothing looks otherwise."""
        text = self._painted(update)
        place = self._cursor_place()
        if not text and place == self._cursor_sent:
            return None
        self._cursor_sent = place
        if place is not None:
            self._app.cursor_position = place
        return Encoded(text + self._cursor_turned(on=place is not None))

    def _painted(self, update: CompositorUpdate) -> str:
        size = self._app.size
        if is_too_small(size):
            words = "" if self._covered == size else covered(size)
            self._covered = size
            return words
        if isinstance(update, LayoutUpdate) and update.region.size != self._layout:
            # Between the window's change and the screen's, what was painted had the old size.
            self._layout = update.region.size
            self._frame.forget()
        text = self._frame.difference(update)
        return str(update.render_segments(self._app.console)) if text is None else text

    def _cursor_place(self) -> Offset | None:
        if not self._app.screen_stack or is_too_small(self._app.size):
            return None
        return cursor_of(self._app.screen.focused)

    def _cursor_turned(self, *, on: bool) -> str:
        if on == self._is_cursor_shown:
            return ""
        self._is_cursor_shown = on
        return _SHOW_CURSOR if on else _HIDE_CURSOR
