"""Hand-over notes to be read before anything else (rule 51)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from eds_tui.domain.text import visible
from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.styles import sheets
from eds_tui.ui.widgets.buttons import Button


class NotesDialog(Dialog[bool]):
    """Notes, which scroll; Enter says that they are read. Returns whether that was said.

    Args:
        title: What they are.
        lines: The notes, of any origin.
    """

    BUTTONS = (Button("I have read it", "read"), Button("Later", "leave"))
    CSS_PATH = sheets("dialog", "read")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,ctrl+j", "read", show=False)]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(title, "Enter I have read it; b shows it again   ↑ ↓ Scroll   Esc Later")
        self._lines = lines

    def content(self) -> ComposeResult:
        """Draw the notes."""
        with VerticalScroll():
            yield Static(Content("\n".join(map(visible, self._lines))), markup=False)

    def action_read(self) -> None:
        """Return that they are read."""
        self.dismiss(True)
