"""The last line of a dialog: its keys, or its buttons while it has the focus."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import Key
from textual.geometry import Offset
from textual.widgets import Static

from eds_tui.domain.text import visible
from eds_tui.ui.widgets.buttons import Button, Buttons


class DialogKeys(Static):
    """Tells the keys; Tab comes here behind the last field, and Enter presses a button.

    Args:
        keys: What is told of the keys.
        buttons: What can be done without them; with none the focus never comes here.
    """

    def __init__(self, keys: str, buttons: Sequence[Button]) -> None:
        super().__init__(keys, classes="dialog--keys", markup=False)
        self._keys = keys
        self._buttons = Buttons(buttons)
        self.can_focus = bool(buttons)

    def say(self, sentence: str) -> None:
        """Say a sentence in place of the keys; an empty one brings them back."""
        self.update(Content(visible(f"! {sentence}")) if sentence else self._keys)

    def tell(self, sentence: str) -> None:
        """Tell something beside the keys, which stay."""
        self.update(Content(visible(f"{self._keys}\n{sentence}", lines=True)))

    def on_focus(self) -> None:
        """Show the buttons, the most wanted one first."""
        self._buttons.begin()
        self._draw()

    def on_blur(self) -> None:
        """Show the keys again."""
        self.say("")

    def on_resize(self) -> None:
        """Fit the buttons into another width."""
        if self.has_focus:
            self._draw()

    def _draw(self) -> None:
        self.update(self._buttons.render(self.content_size.width))

    async def on_key(self, event: Key) -> None:
        """Move among the buttons, or press one; other keys go on to the dialog."""
        if await self._buttons.take(event, self):
            self._draw()

    @property
    def cursor_cell(self) -> Offset:
        """The cell at which the button under the cursor begins."""
        if not self.has_focus:
            return Offset(0, 0)
        return Offset(self._buttons.cell(self.content_size.width), 0)
