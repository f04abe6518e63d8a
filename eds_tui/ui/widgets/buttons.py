"""Buttons side by side on the line of keys, worked by Tab and Enter alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.events import Key
from textual.widget import Widget

_BEGIN, _END = "▸", "◂"


@dataclass(frozen=True)
class Button:
    """One thing that can be done."""

    label: str
    action: str
    """Textual's, of the screen or of the program."""


class Buttons:
    """The buttons of a line that has the focus, with a cursor on one of them.

    Tab goes to the next one and, behind the last, on to the first field: whoever has no Ctrl, no
    function keys and no arrows gets everywhere. Enter and Space press the one under the cursor.

    Args:
        buttons: From left to right, the most wanted first.
    """

    def __init__(self, buttons: Sequence[Button] = ()) -> None:
        self._buttons = tuple(buttons)
        self._cursor = 0

    def __bool__(self) -> bool:
        """Return whether there are any."""
        return bool(self._buttons)

    def offer(self, buttons: Sequence[Button]) -> None:
        """Have others from now on; the cursor stays where it can."""
        self._buttons = tuple(buttons)
        self._cursor = min(self._cursor, max(0, len(buttons) - 1))

    def begin(self) -> None:
        """Put the cursor on the first one."""
        self._cursor = 0

    async def take(self, event: Key, line: Widget) -> bool:
        """Press the button under the cursor or move the cursor, where a key is meant for that.

        Args:
            event: The key; one that is not meant for the buttons goes on to the screen.
            line: The widget that they are drawn in.

        Returns:
            Whether the cursor has moved, so that the line is to be drawn again.
        """
        pressed = event.key in {"enter", "ctrl+j", "space"}
        moved = not pressed and self._move(event.key)
        if pressed or moved:
            event.stop()
            event.prevent_default()
        if pressed:
            await line.app.run_action(self._buttons[self._cursor].action, line.screen)
        return moved

    def _move(self, key: str) -> bool:
        """Move the cursor by a key; returns whether the key was meant for that."""
        last = len(self._buttons) - 1
        match key:
            case "tab" if self._cursor < last:
                self._cursor += 1
            case "shift+tab" if self._cursor > 0:
                self._cursor -= 1
            case "right" | "left":
                step = 1 if key == "right" else -1
                self._cursor = (self._cursor + step) % (last + 1)
            case _:
                return False
        return True

    def cell(self, width: int) -> int:
        """Return the cell at which the label under the cursor begins, in a line so wide."""
        return 1 + self._begin(self._cursor) - self._hidden(width)

    def render(self, width: int) -> Content:
        """Draw them in a line so wide, with the one under the cursor in sight."""
        parts = []
        for place, button in enumerate(self._buttons):
            if place == self._cursor:
                parts.append(Content.styled(f"{_BEGIN}{button.label}{_END}", "bold reverse"))
            else:
                parts.append(Content(f" {button.label} "))
        return Content("").join(parts)[self._hidden(width) :].truncate(width)

    def _begin(self, place: int) -> int:
        return sum(cell_len(button.label) + 2 for button in self._buttons[:place])

    def _hidden(self, width: int) -> int:
        """Return how many cells are left out in front."""
        return max(0, self._begin(self._cursor + 1) - width)
