"""Typing a field anew that has a value already."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.dialogs.write import LINE_DONE, Judge, LineQuestion


class ChangeDialog(Dialog[str]):
    """One line with what it holds now; Enter returns it, also where it was emptied.

    Args:
        title: What is typed anew.
        value: What it holds now.
        hint: Said in the empty field.
        judge: Says what is wrong with what is typed, while one types.
    """

    BUTTONS = LINE_DONE

    def __init__(self, title: str, *, value: str, hint: str, judge: Judge) -> None:
        super().__init__(title, "Enter Done   Esc Leave it")
        self._question = LineQuestion(self, hint=hint, judge=judge, value=value)
        self.text = self._question.text

    def content(self) -> ComposeResult:
        """Draw the field."""
        return self._question.content()

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Say what is wrong so far."""
        self._question.changed(event.value)

    @on(Input.Submitted)
    def done(self, event: Input.Submitted) -> None:
        """Return the text, or say what is wrong with it."""
        self._question.done(event.value)
