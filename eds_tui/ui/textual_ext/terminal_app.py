"""What every full-screen program of ours has to do with the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from textual._compositor import CompositorUpdate
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.driver import Driver
from textual.events import AppBlur, AppFocus, Event, Key, Paste, Resize
from textual.filter import LineFilter, Monochrome, NoColor
from textual.screen import Screen

from eds_tui.host.last_theme import LastTheme
from eds_tui.host.terminals import MODERN, Colours, Kind
from eds_tui.ui.presentation.too_small import KEYS, is_too_small
from eds_tui.ui.runtime.bare_colours import BareColours
from eds_tui.ui.runtime.unexpected_errors import UnexpectedErrors
from eds_tui.ui.styles import Sheets
from eds_tui.ui.textual_ext.backlog import Backlog
from eds_tui.ui.textual_ext.clipboard import TerminalClipboard
from eds_tui.ui.textual_ext.driver import KioskDriver
from eds_tui.ui.textual_ext.lock_cover import SESSION, LockCover
from eds_tui.ui.textual_ext.painter import Painter
from eds_tui.ui.textual_ext.terminal import Harmless
from eds_tui.ui.textual_ext.typed import TypedText
from eds_tui.ui.themes import DEFAULTS, EVERY, THEMES, worn


class TerminalApp(App[None]):
    """A program that sends only what changed, can be covered by a lock screen, and ends in words.

    Args:
        theme: The name of its theme.
        kind: What the terminal can show.
    """

    ENABLE_COMMAND_PALETTE = False
    DEFAULT_MODE = SESSION
    _stops = False

    def __init__(self, theme: str, kind: Kind = MODERN) -> None:
        self.painter = Painter(self, kind)
        self.cover = LockCover(self)
        self.kind = kind
        """What the terminal is taken to show."""
        super().__init__()
        self.stylesheet = self.sheets = Sheets(variables=self.get_css_variables())
        self.errors = UnexpectedErrors()
        self._harmless = Harmless()
        self.backlog = Backlog()
        # Without colours the frame leaves them out; Textual's filters would send greys.
        self.no_color = kind.colours is Colours.NONE
        self._filters = [
            each for each in self._filters if not isinstance(each, Monochrome | NoColor)
        ]
        self.animation_level = "none"
        for each in EVERY:
            self.register_theme(each)
        self.chosen_theme = THEMES[0].name
        """The theme that was chosen, whatever of it is put on for the colours at hand."""
        self.terminal_clipboard = TerminalClipboard(self)
        """Takes what is copied for elsewhere."""
        self.last_theme = LastTheme(None)
        """Where the theme of the next sign-in here is remembered."""
        self._bare = BareColours()
        self.wear(theme)

    def wear(self, theme: str) -> None:
        """Put a theme on; for one that is not known, the first one (rule 47)."""
        known = theme in self.available_themes
        self.chosen_theme = theme if known else THEMES[0].name
        self.theme = worn(self.chosen_theme, self.kind.colours)

    def send_colours(self, colours: Colours) -> None:
        """Send so many colours from now on, whatever was found out of the terminal at first."""
        self.kind = replace(self.kind, colours=colours)
        self.no_color = colours is Colours.NONE
        self.painter.use(self.kind)
        self.wear(self.chosen_theme)
        self.refresh_css(animate=False)
        self.action_redraw()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the tokens of our own for a theme from elsewhere."""
        return DEFAULTS

    async def on_event(self, event: Event) -> None:
        """Take nothing for granted of what a window of another size shows."""
        if isinstance(event, Resize):
            self.painter.forget()
        await super().on_event(event)
        if isinstance(event, AppFocus | AppBlur):
            self.backlog.went(event)

    def is_lost(self, event: Event) -> bool:
        """Return whether a key or a paste would go into a form that can't be seen."""
        if isinstance(event, Key) and event.key in KEYS:
            return False
        return isinstance(event, Key | TypedText | Paste) and is_too_small(self.size)

    def action_redraw(self) -> None:
        """Paint the whole screen again."""
        self.painter.forget()
        self.refresh(layout=True)

    def action_repaint(self) -> None:
        """Paint again because somebody asks for it; twice at once, without colours or with them."""
        colours = self._bare.asked(self.kind.colours)
        if colours is self.kind.colours:
            self.action_redraw()
        else:
            self.send_colours(colours)

    def _display(self, screen: Screen[object], renderable: Any) -> None:
        """Send what is missing of a paint, and nothing of what is covered."""
        if self.cover.hides(screen):
            return
        if isinstance(self._driver, KioskDriver) and self._driver.is_behind:
            # Painted whole when the terminal reads again.
            return
        if isinstance(renderable, CompositorUpdate) and not self._batch_count:
            renderable = self.painter.encoded(renderable)
            if renderable is None:
                return
        super()._display(screen, renderable)

    def push_screen(self, screen: Any, *args: Any, mode: str | None = None, **kwargs: Any) -> Any:
        """Bring up a screen, below the cover where there is one."""
        return super().push_screen(screen, *args, mode=mode or SESSION, **kwargs)

    def pop_screen(self) -> AwaitComplete:
        """Leave the screen in front, below the cover where there is one."""
        return self.cover.below(super().pop_screen)

    def switch_screen(self, screen: Any) -> AwaitComplete:
        """Show another screen in place of the one in front, below the cover where there is one."""
        switch = super().switch_screen
        return self.cover.below(lambda: switch(screen))

    def get_driver_class(self) -> type[Driver]:
        """Read keys in a way of our own, whatever the environment says."""
        return KioskDriver

    def _build_driver(
        self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None
    ) -> Driver:
        driver = super()._build_driver(headless, inline, mouse, size)
        if isinstance(driver, KioskDriver):
            driver.speak(self.kind.charset)
            driver.deaf = self.end_with
            driver.backlog = self.backlog
        return driver

    @property
    def heard(self) -> bytes:
        """What came last from the terminal, as it came."""
        return self._driver.heard if isinstance(self._driver, KioskDriver) else b""

    def forget_unread(self) -> None:
        """Take no notice of what was typed up to now and could not be read yet."""
        if isinstance(self._driver, KioskDriver):
            self._driver.forget_keys()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Add the last wall against text that would steer the terminal."""
        return [*super().get_line_filters(), self._harmless]

    def copy_to_clipboard(self, text: str) -> None:
        """Keep what is copied for pasting here; terminals are sent none of it."""
        self._clipboard = text

    def _set_pointer_shape(self, shape: str) -> None:
        """Leave the mouse pointer alone: old terminals would show the text."""

    def end_with(self, error: Exception) -> None:
        """End with a reference, after an error with which nothing goes on."""
        App._handle_exception(self, error)

    def panic(self, *renderables: object) -> None:
        """Leave with a reference; what would be shown may hold what people typed."""
        self._fatal_error()

    def _fatal_error(self) -> None:
        """Leave with a reference in place of a traceback, which could hold what people typed.

        Only for the first of many: what fails on the way out is a consequence of it.
        """
        if self._stops:
            return
        self._stops = True
        reference = self.errors.log(self._exception or RuntimeError())
        self._exit_renderables.append(
            f"The kiosk had to stop (reference {reference}). Please start it again."
        )
        self.close_after_error()

    def close_after_error(self) -> None:
        """End the program, whose error has been logged."""
        self._close_messages_no_wait()
