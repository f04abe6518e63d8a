"""What every key does in a place."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from eds_tui.ui.commands.base import Command
from eds_tui.ui.dialogs.dialog import Dialog

_KEYS_WIDTH = 14


class HelpDialog(Dialog[None]):
    """A row for each command of the place: its keys and what it does."""

    def __init__(self, place: str, commands: Sequence[type[Command]]) -> None:
        super().__init__(f"Keys: {place}", "↑ ↓ Scroll   Esc Close")
        self._commands = commands

    def content(self) -> ComposeResult:
        """Draw the rows."""
        rows = [
            Content.assemble((command.all_keys().ljust(_KEYS_WIDTH), "bold"), command.help())
            for command in self._commands
        ]
        with VerticalScroll(classes="dialog--scroll"):
            for row in rows:
                yield Static(row, markup=False)
