"""Words that were typed and not sent: read whole, gone on with, or thrown away (rule 36)."""

from __future__ import annotations

from enum import Enum
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


class Choice(Enum):
    """What is to become of the words; a dialog that is left keeps them."""

    GO_ON = "enter"
    THROW_AWAY = "x"


class UnsentTextDialog(Dialog[Choice]):
    """Words with the keys for what may become of them.

    Args:
        title: What they are.
        words: As they were typed.
        go_on: What going on with them does; without it that can't be done.
        said: What else there is to say of them.
    """

    BUTTONS = (Button("Keep", "leave"),)
    CSS_PATH = sheets("dialog", "read")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False),
        Binding("x", "choose('x')", show=False),
    ]

    def __init__(self, title: str, words: str, *, go_on: str = "", said: str = "") -> None:
        keys = f"Enter {go_on}   " if go_on else ""
        super().__init__(title, f"{keys}x Throw away   ↑ ↓ Scroll   Esc Keep")
        self._words = words
        self._said = said
        self._may_go_on = bool(go_on)

    def content(self) -> ComposeResult:
        """Draw the words."""
        with VerticalScroll():
            yield Static(Content(visible(self._words, lines=True)), markup=False)
        if self._said:
            yield Static(Content(visible(self._said)), markup=False)

    def action_go_on(self) -> None:
        """Go on with the words, where that can be done."""
        if self._may_go_on:
            self.dismiss(Choice.GO_ON)

    def action_choose(self, key: str) -> None:
        """Return a choice."""
        self.dismiss(Choice(key))
