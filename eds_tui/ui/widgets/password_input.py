"""The field of a password: it takes every character as it comes, and shows none."""

from __future__ import annotations

import unicodedata

from textual.events import Key, Paste
from textual.message import Message

from eds_tui.ui.widgets.line_input import LineInput

_MOST_TAKEN = 8192
"""Characters, far more than a password may have: one that is too long is told rather than cut."""
_NOT_TYPED = frozenset({"Cc", "Cs"})


class PasswordInput(LineInput):
    """Takes blanks of any kind and number, joiners and emoji, typed or pasted.

    Args:
        id: The name in the screen.
    """

    class TooLong(Message):
        """More was typed or pasted than can be a password; nothing was put in."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(password=True, longest=_MOST_TAKEN, id=id)

    async def on_key(self, event: Key) -> None:
        """Take what is typed, also what shows nothing, as a no-break blank."""
        if not self.check_consume_key(event.key, event.character):
            return
        event.stop()
        event.prevent_default()
        self._take(event.character or "")

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether a key is one that belongs into the field."""
        return character is not None and all(
            unicodedata.category(each) not in _NOT_TYPED for each in character
        )

    def on_paste(self, event: Paste) -> None:
        """Take what is pasted as it is, but for the end of the line that it was copied with."""
        event.stop()
        event.prevent_default()
        text = event.text
        for end in ("\r\n", "\n", "\r"):
            if text.endswith(end):
                text = text.removesuffix(end)
                break
        self._take(text)

    def _take(self, text: str) -> None:
        self.replace(text, *sorted(self.selection))

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a part of what is typed by a text that fits whole, or say that it does not."""
        start, end = sorted((start, end))
        if len(self.value) - (end - start) + len(text) > _MOST_TAKEN:
            self.restricted()
        else:
            super().replace(text, start, end)

    def restricted(self) -> None:
        """Say that it does not fit."""
        self.post_message(self.TooLong())

    def cell_of(self, position: int) -> int:
        """Return where a character stands: each is shown as one sign, whatever its width."""
        return position
