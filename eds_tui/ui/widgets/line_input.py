"""One line to type in: quiet on a slow line, forgiving with what is pasted."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.geometry import Size
from textual.reactive import reactive

from eds_tui.domain.text import LONGEST_LINE, one_line
from eds_tui.ui.textual_ext.line_base import LineBase
from eds_tui.ui.textual_ext.typed import TakesText

_MOST_UNDONE = 50


class LineInput(LineBase, TakesText):
    """A text field of one row without frame or blinking. Every text is ordinary text in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo", "Undo", show=False),
        Binding("ctrl+j", "submit", "Next field", show=False),
    ]

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
        """Take what is pasted as one line: line breaks become blanks, nothing is dropped."""
        event.stop()
        event.prevent_default()
        self.replace(one_line(event.text), *self.selection)

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a part of the text, by as much of another as there is room for."""
        start, end = sorted((start, end))
        room = LONGEST_LINE if self.max_length is None else self.max_length
        room -= len(self.value) - (end - start)
        # One character that does not fit is refused with a sound, as Textual does.
        super().replace(text if len(text) == 1 else text[: max(0, room)], start, end)

    def validate_value(self, value: str) -> str:
        """Keep the value from before every change that takes text away."""
        before = self.value
        if len(value) < len(before) and not self.password:
            self._earlier = [*self._earlier[-_MOST_UNDONE:], before]
        return value

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
