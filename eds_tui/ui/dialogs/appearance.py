"""Choosing the colours, and whether the terminal rings for what is new."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.themes import LABELS, THEMES


class AppearanceDialog(Dialog[bool]):
    """A digit chooses a theme, which is put on at once; b returns whether the bell is to ring.

    Args:
        bell: Whether it rings so far.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(place), f"choose('{theme.name}')", show=False)
            for place, theme in enumerate(THEMES, 1)
        ),
        Binding("b", "turn_bell", show=False),
    ]

    def __init__(self, *, bell: bool) -> None:
        super().__init__("Colours and bell", "1 2 3 Choose   b Bell   Esc Close")
        self._bell = bell

    def content(self) -> ComposeResult:
        """Draw the themes."""
        for place, theme in enumerate(THEMES, 1):
            mark = "▸" if self.app.theme == theme.name else " "
            yield Static(Content(f"{mark} {place}  {LABELS[theme.name]}"), markup=False)
        state = "on" if self._bell else "off"
        yield Static(Content(f"  b  Bell when an incident becomes unread: {state}"), markup=False)

    def action_choose(self, name: str) -> None:
        """Put a theme on."""
        self.app.theme = name
        self.dismiss(None)

    def action_turn_bell(self) -> None:
        """Let the bell ring, or be silent."""
        self.dismiss(not self._bell)
