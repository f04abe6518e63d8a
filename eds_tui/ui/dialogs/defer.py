"""Until when something is put off (rule 16)."""

from __future__ import annotations

from datetime import datetime

from eds_tui.domain.clock import Clock
from eds_tui.domain.deferral import in_words, parse_when
from eds_tui.domain.errors import InvalidInput
from eds_tui.ui.dialogs.write import LineDialog


class DeferDialog(LineDialog):
    """A day and a time in a handler's words; what is understood is shown while one types."""

    def __init__(self, clock: Clock) -> None:
        super().__init__("Put off until when?", hint="tomorrow 9   fri 14:00   13/06 09:30")
        self._clock = clock

    def judge(self, text: str) -> tuple[bool, str]:
        """Return whether it is understood, and how."""
        now = self._clock()
        try:
            return True, in_words(parse_when(text, now), now)
        except InvalidInput as error:
            return False, error.message


def understood(text: str, now: datetime) -> datetime:
    """Return the moment that a text which the dialog has returned means."""
    return parse_when(text, now)
