"""One line to type in: quiet on a slow line, forgiving with what is pasted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive

from eds_tui.domain.text import LONGEST_LINE, one_line
from eds_tui.ui.textual_ext.line_base import LineBase
from eds_tui.ui.textual_ext.typed import TakesText, dropped

NOT_PASTED = "Nothing was pasted: the cursor is not in a field that takes text."
"""Said where no field has taken what was pasted."""
_MOST_UNDONE = 50


class LineInput(LineBase, TakesText):
    """A text field of one row without frame or blinking. Every text is ordinary text in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo", "Undo", show=False),
        Binding("ctrl+j", "submit", "Next field", show=False),
    ]

    @dataclass
    class Full(Message):
        """More was typed or pasted than fits; what fits is kept."""

        line: LineInput
        sentence: str

        @property
        def control(self) -> LineInput:
            """The field."""
            return self.line

    # A layout for every typed character would repaint the whole screen.
    virtual_size: reactive[Size] = reactive(Size(0, 0), layout=False)

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        password: bool = False,
        longest: int = LONGEST_LINE,
        id: str | None = None,
    ) -> None:
        self._earlier: list[str] = []
        self._offered = ""
        super().__init__(
            value,
            placeholder,
            password=password,
            max_length=longest,
            select_on_focus=False,
            compact=True,
            id=id,
        )
        self.cursor_blink = False

    def on_paste(self, event: Paste) -> None:
        """Take what is pasted as one line: line breaks become blanks."""
        event.stop()
        event.prevent_default()
        self._put(one_line(event.text), *self.selection, behind=dropped(event))

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a part of the text, by as much of another as there is room for."""
        self._put(text, start, end)

    def _put(self, text: str, start: int, end: int, *, behind: int = 0) -> None:
        """Put in what fits, and say where that is not all.

        Args:
            text: What is typed or pasted.
            start: From where on it replaces the text.
            end: To where.
            behind: Characters that were cut off behind it before.
        """
        start, end = sorted((start, end))
        longest = LONGEST_LINE if self.max_length is None else self.max_length
        room = max(0, longest - len(self.value) + end - start)
        given = len(text) + behind
        if given > room:
            self.post_message(self.Full(self, _cut_sentence(given, room, longest)))
        if text and not room:
            self.restricted()
        else:
            super().replace(text[:room], start, end)

    def validate_value(self, value: str) -> str:
        """Keep the value from before every change that takes text away."""
        before = self.value
        if len(value) < len(before) and not self.password:
            self._earlier = [*self._earlier[-_MOST_UNDONE:], before]
        return value

    def offer(self, value: str) -> None:
        """Put in what the program knows: selected, so that typing replaces it (rule 42)."""
        self._offered = self.value = value
        if self.has_focus:
            self.action_select_all()

    @property
    def is_offered(self) -> bool:
        """Whether what stands there was put in by the program, and nobody has changed it."""
        return bool(self._offered) and self.value == self._offered

    def take_back(self) -> None:
        """Take away what was only offered."""
        if self.is_offered:
            self.value = ""
        self._offered = ""

    def on_focus(self) -> None:
        """Select what was offered: typing replaces it, and arrows and Tab keep it."""
        if self.is_offered:
            self.action_select_all()

    def forget(self) -> None:
        """Empty the field, and what undoing would bring back."""
        self.value = ""
        self._earlier.clear()

    def action_undo(self) -> None:
        """Bring back what was last deleted."""
        if self._earlier:
            self.value = self._earlier.pop()
            self.cursor_position = len(self.value)

    def action_copy(self) -> None:
        """Copy the selected text, but never a password."""
        if not self.password:
            super().action_copy()

    def action_cut(self) -> None:
        """Cut the selected text, but never a password."""
        if not self.password:
            super().action_cut()


def _cut_sentence(given: int, room: int, longest: int) -> str:
    if not room:
        return f"The line is full: {longest} characters can be kept."
    return f"Only {room} of {given:,} characters fitted; the line keeps {longest}."
