"""Until when something is put off (rule 16)."""

from __future__ import annotations

from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from eds_tui.domain.clock import Clock
from eds_tui.domain.deferral import in_words, parse_when
from eds_tui.domain.errors import InvalidInput
from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.dialogs.write import LINE_DONE, LineQuestion


class DeferDialog(Dialog[str]):
    """A day and a time in a handler's words; what is understood is shown while one types.

    Args:
        clock: Says what day it is.
    """

    BUTTONS = LINE_DONE

    def __init__(self, clock: Clock) -> None:
        super().__init__("Put off until when?", "Enter Done   Esc Leave it")
        self._clock = clock
        hint = "tomorrow 9   fri 14:00   13/06 09:30"
        self._question = LineQuestion(self, hint=hint, judge=self._judge)
        self.text = self._question.text

    def content(self) -> ComposeResult:
        """Draw the field."""
        return self._question.content()

    def _judge(self, text: str) -> tuple[bool, str]:
        """Return whether it is understood, and how."""
        now = self._clock()
        try:
            return True, in_words(parse_when(text, now), now)
        except InvalidInput as error:
            return False, error.message

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Say what is understood."""
        self._question.changed(event.value)

    @on(Input.Submitted)
    def done(self, event: Input.Submitted) -> None:
        """Return the text, or say what is wrong with it."""
        self._question.done(event.value)


def understood(text: str, now: datetime) -> datetime:
    """Return the moment that a text which the dialog has returned means."""
    return parse_when(text, now)
