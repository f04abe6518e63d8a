"""A screen on which to try what the keys of a terminal send."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Event, Key, Paste
from textual.widgets import Static

from eds_tui.domain.text import visible
from eds_tui.host.terminals import MODERN, Kind
from eds_tui.ui.styles import BEGINNING, sheets
from eds_tui.ui.textual_ext.terminal_app import TerminalApp
from eds_tui.ui.textual_ext.typed import TypedText, dropped
from eds_tui.ui.themes import THEMES
from eds_tui.ui.widgets.bars import Heading

WANTED = {
    "enter": "Enter", "tab": "Tab", "shift+tab": "Shift+Tab", "escape": "Esc",
    "backspace": "Backspace", "delete": "Del", "up": "Up", "down": "Down", "left": "Left",
    "right": "Right", "home": "Home", "end": "End", "pageup": "PgUp", "pagedown": "PgDn",
    "space": "Space",
    **{f"f{number}": f"F{number}" for number in range(1, 11)},
    **{f"ctrl+{letter}": f"Ctrl+{letter.upper()}" for letter in "bcefglknopqrstyz"},
}  # fmt: skip
"""The keys that the kiosk uses beside letters and digits, and what people call them."""

_SAME = {"ctrl+j": "enter", "ctrl+m": "enter", "ctrl+i": "tab", "ctrl+h": "backspace"}
"""What old terminals send for a key, as the kiosk takes it."""
_ENDS = ("escape", "q")
"""Either of them, twice, ends the trial: one of them may not work."""
_COLUMNS = 4
_INTRODUCTION = (
    "Press the keys one by one: each that arrives is ticked. What does not\n"
    "arrive has another key in the kiosk: see the help of its places.\n"
    "Esc Esc or q q ends this."
)


class KeyTest(TerminalApp):
    """Shows what arrives for each key, and which of the kiosk's keys have arrived.

    Args:
        theme: The name of its theme.
        kind: What the terminal can show.
    """

    CSS_PATH = sheets(*BEGINNING, "key_test")
    BINDINGS: ClassVar = []

    def __init__(self, theme: str = THEMES[0].name, kind: Kind = MODERN) -> None:
        super().__init__(theme, kind)
        self._arrived: set[str] = set()
        self._before = ""

    def compose(self) -> ComposeResult:
        """Draw the frame."""
        yield Heading("Try your keys")
        with Vertical():
            yield Static(_INTRODUCTION, markup=False)
            yield Static("Nothing has arrived yet.", id="arrived", markup=False)
            yield Static(self._table(), id="keys", markup=False)

    async def on_event(self, event: Event) -> None:
        """Show every key, and do nothing else with it."""
        if isinstance(event, Key):
            self._show(event.key, event.character)
        elif isinstance(event, TypedText):
            for key in event.each():
                self._show(key.key, key.character)
        elif isinstance(event, Paste):
            self._tell(f"A pasted text of {len(event.text) + dropped(event)} characters.")
        else:
            await super().on_event(event)
            return
        self.backlog.went(event)

    def _show(self, key: str, character: str | None) -> None:
        if key == self._before and key in _ENDS:
            self.exit()
            return
        self._before = key
        name = _SAME.get(key, key)
        self._arrived.add(name)
        words = [f"Arrived: {WANTED.get(name, visible(character or '') or name)}"]
        if self.heard:
            words.append(f"as the bytes {self.heard[:16].hex(' ')}")
        if key in _ENDS:
            words.append("(once more ends this)")
        self._tell("   ".join(words))
        self.query_one("#keys", Static).update(self._table())

    def _tell(self, words: str) -> None:
        self.query_one("#arrived", Static).update(words)

    def _table(self) -> str:
        cells = [
            f"[{'x' if key in self._arrived else ' '}] {label:<12}" for key, label in WANTED.items()
        ]
        rows = -(-len(cells) // _COLUMNS)
        return "\n".join("".join(cells[row::rows]).rstrip() for row in range(rows))
