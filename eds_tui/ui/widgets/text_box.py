"""Many lines to type in, with a limit that keeps what fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.message import Message
from textual.widgets.text_area import EditResult, Location

from eds_tui.domain.text import visible
from eds_tui.ui.textual_ext.box_base import BoxBase
from eds_tui.ui.textual_ext.typed import TakesText, dropped


class TextBox(BoxBase, TakesText):
    """A box for a description or a comment. Tab leaves it; Enter starts a new line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j", "new_line", "New line", show=False),
    ]

    @dataclass
    class Full(Message):
        """More was typed or pasted than fits; what fits is kept."""

        box: TextBox
        sentence: str

        @property
        def control(self) -> TextBox:
            """The box."""
            return self.box

    def __init__(self, *, longest: int, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, id=id)
        self.cursor_blink = False
        self._longest = longest

    def on_resize(self) -> None:
        """Keep the cursor in sight when a list that comes up below takes rows away."""
        self.call_after_refresh(self.scroll_cursor_visible)

    async def on_paste(self, event: Paste) -> None:
        """Take what is pasted with its line breaks; control characters are made visible."""
        event.stop()
        event.prevent_default()
        # Terminals send the line breaks of what is pasted as carriage returns.
        text = event.text.replace("\r\n", "\n").replace("\r", "\n")
        self.put_in(visible(text, lines=True), dropped(event))

    def put_in(self, text: str, dropped: int = 0) -> None:
        """Put a text where the cursor is, which goes on behind it.

        Args:
            text: As it was typed or pasted.
            dropped: Characters that were behind it.
        """
        if result := self.insert_typed(text, *self.selection, dropped):
            self.move_cursor(result.end_location)

    def action_new_line(self) -> None:
        """Start a new line, for terminals whose Enter sends a line feed."""
        self.insert_typed("\n", *self.selection)

    def insert_typed(
        self, insert: str, start: Location, end: Location, dropped: int = 0
    ) -> EditResult | None:
        """Insert what was typed or pasted, as much of it as there is room for.

        Args:
            insert: What is left of it.
            start: From where on it replaces the text.
            end: To where.
            dropped: Characters that were behind it.
        """
        replaced = len(self.get_text_range(*sorted((start, end))))
        room = self._longest - (len(self.text) - replaced)
        if (typed := len(insert) + dropped) > room:
            self.post_message(self.Full(self, _sentence(typed, max(room, 0), self._longest)))
            insert = insert[: max(room, 0)]
            if not insert:
                return None
        return super().insert_typed(insert, start, end)


def _sentence(typed: int, room: int, longest: int) -> str:
    if not room:
        return f"It is full: {longest:,} characters can be kept."
    return f"Only {room:,} of {typed:,} characters fitted; {longest:,} can be kept in all."
