"""Hands a text to the clipboard of the terminal (OSC 52), where that is allowed."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from textual.app import App

from eds_tui.domain.text import one_line

NOT_ALLOWED = "Not copied: the setting copying (EDS_TUI_COPYING) does not allow it here."


class TerminalClipboard:
    """Sends what is to be copied; old terminals ignore it, and none is asked whether it did not.

    Args:
        app: The program, whose driver writes.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self.is_allowed = False
        """Whether the setting allows it at this terminal."""

    def copy(self, text: str) -> str:
        """Copy a text of any origin, made harmless, and return what the person is told."""
        if not self.is_allowed:
            return NOT_ALLOWED
        line = one_line(text)
        # In base 64 there is nothing that could end the sequence or begin another.
        sequence = f"\x1b]52;c;{b64encode(line.encode()).decode('ascii')}\x07"
        if self._app._driver is not None:
            self._app._driver.write(sequence)
        return f"{line} is copied."


def copy_out(app: App[Any], text: str) -> str:
    """Copy a text at the terminal of a program, and return what the person is told."""
    clipboard = getattr(app, "terminal_clipboard", None)
    return clipboard.copy(text) if isinstance(clipboard, TerminalClipboard) else NOT_ALLOWED
