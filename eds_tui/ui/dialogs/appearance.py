"""Choosing the colours."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.themes import LABELS, THEMES


class AppearanceDialog(Dialog[None]):
    """A digit chooses a theme; it is put on at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(place), f"choose('{theme.name}')", show=False)
        for place, theme in enumerate(THEMES, 1)
    ]

    def __init__(self) -> None:
        super().__init__("Colours", "1 2 3 Choose   Esc Close")

    def content(self) -> ComposeResult:
        """Draw the themes."""
        for place, theme in enumerate(THEMES, 1):
            mark = "▸" if self.app.theme == theme.name else " "
            yield Static(Content(f"{mark} {place}  {LABELS[theme.name]}"), markup=False)

    def action_choose(self, name: str) -> None:
        """Put a theme on."""
        self.app.theme = name
        self.dismiss(None)
