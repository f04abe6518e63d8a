"""What every key does in a place."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from eds_tui.ui.commands.base import Command
from eds_tui.ui.dialogs.dialog import CLOSE, Dialog
from eds_tui.ui.styles import sheets


class HelpDialog(Dialog[None]):
    """A row for each command of the place, and for each key that its parts answer."""

    BUTTONS = (CLOSE,)
    CSS_PATH = sheets("dialog", "help")

    def __init__(
        self,
        place: str,
        commands: Sequence[type[Command]],
        more: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(f"Keys: {place}", "↑ ↓ Scroll   Esc Close")
        self._rows = [(command.all_keys(), command.help()) for command in commands]
        self._rows += more

    def content(self) -> ComposeResult:
        """Draw the rows."""
        with VerticalScroll():
            for keys, help_ in self._rows:
                with Horizontal(classes="help--row"):
                    yield Static(keys, classes="help--keys", markup=False)
                    yield Static(help_, classes="help--text", markup=False)
