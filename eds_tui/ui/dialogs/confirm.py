"""A question with two answers."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from eds_tui.ui.dialogs.dialog import Dialog


class ConfirmDialog(Dialog[bool]):
    """``y`` does it, ``n`` and Escape do not; Enter alone does nothing, so that no key slips."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", show=False),
        Binding("n", "answer(False)", show=False),
    ]

    def __init__(self, question: str, *, yes: str, no: str) -> None:
        super().__init__(question, f"y {yes}   n {no}")

    def content(self) -> ComposeResult:
        """Draw nothing but the question."""
        yield from ()

    def action_answer(self, answer: bool) -> None:
        """Return the answer."""
        self.dismiss(answer)
