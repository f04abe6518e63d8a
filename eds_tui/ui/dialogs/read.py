"""Lines to read."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from eds_tui.domain.text import visible
from eds_tui.ui.dialogs.dialog import CLOSE, Dialog
from eds_tui.ui.styles import sheets


class ReadDialog(Dialog[None]):
    """A title and lines of any origin, which scroll."""

    BUTTONS = (CLOSE,)
    CSS_PATH = sheets("dialog", "read")

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(title, "↑ ↓ Scroll   Esc Close")
        self._lines = lines

    def content(self) -> ComposeResult:
        """Draw the lines."""
        with VerticalScroll():
            yield Static(Content("\n".join(map(visible, self._lines))), markup=False)
