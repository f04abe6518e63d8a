"""Going to an incident by its number."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from eds_tui.domain.incident import parse_number
from eds_tui.domain.text import visible
from eds_tui.ui.dialogs.dialog import CLOSE, Dialog
from eds_tui.ui.widgets.buttons import Button
from eds_tui.ui.widgets.line_input import LineInput


class JumpDialog(Dialog[int]):
    """One field for a number in any of its spellings (rule 35); returns the number."""

    BUTTONS = (Button("Open", "submit"), CLOSE)

    def __init__(self, typed: str = "") -> None:
        super().__init__("Go to incident", "Enter Open   Esc Close")
        self._typed = typed

    def content(self) -> ComposeResult:
        """Draw the field."""
        yield LineInput(self._typed, placeholder="INC0123456 or 123456", id="number")
        yield Static("", id="problem", markup=False)

    @on(Input.Submitted)
    def go(self, event: Input.Submitted) -> None:
        """Return the number, or say what is wrong with it."""
        number = parse_number(event.value)
        if number is None:
            text = (
                f"! {event.value} is not an incident number." if event.value else "Type a number."
            )
            self.query_one("#problem", Static).update(Content(visible(text)))
        else:
            self.dismiss(number)
