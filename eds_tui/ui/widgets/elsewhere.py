"""One line about what is open at other schools and reads alike (rule 33)."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from eds_tui.domain.text import first_line
from eds_tui.ui.presentation.cells import fit

_TOWN = 16
"""Cells that a town has at most."""


class ElsewhereLine(Widget):
    """The newest of them, how many more there are, and the key that shows them.

    Once there it stays, empty or not: what stands above it does not move while one types.
    """

    shown: reactive[tuple[str, str, str, str]] = reactive(("", "", "", ""))
    """Reference, details, town and age; empty for none."""
    more: reactive[int] = reactive(0)
    """How many others there are."""

    def on_mount(self) -> None:
        """Take no room before there is something to say."""
        self.display = False

    def render(self) -> Content:
        """Draw the line."""
        reference, details, town, age = self.shown
        if not reference:
            return Content("")
        key = f"+{self.more} Ctrl+P" if self.more else "Ctrl+P"
        right = f"  {fit(town, _TOWN).rstrip()}  {age}  {key}"
        left = f"Elsewhere  {reference} "
        room = max(0, self.content_size.width - len(left) - len(right))
        return Content(f"{left}{fit(first_line(details), room)}{right}")
