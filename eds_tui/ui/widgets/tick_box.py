"""A box to tick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content
from textual.events import Key, Paste
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from eds_tui.ui.widgets.text_box import TextBox


class TickBox(Widget, can_focus=True):
    """``[x]`` or ``[ ]``: Space ticks and unticks it, Enter goes on to the next field.

    What is typed or pasted here goes on to a box of text, where there is one behind it: who types
    ahead need not stop at what hardly anybody ticks.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tick--box"}
    value: reactive[bool] = reactive(False)

    @dataclass
    class Changed(Message):
        """It was ticked or unticked."""

        box: TickBox

        @property
        def control(self) -> TickBox:
            """The box."""
            return self.box

    def __init__(self, text: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = text
        self.goes_on_to: TextBox | None = None
        """Where what is typed goes."""

    def watch_value(self) -> None:
        """Tell the form."""
        self.post_message(self.Changed(self))

    def on_key(self, event: Key) -> None:
        """Tick, untick or go on."""
        if event.key == "space":
            self.value = not self.value
        elif event.key in {"enter", "ctrl+j"}:
            self.screen.focus_next()
        elif self.goes_on_to is not None and event.character and event.is_printable:
            self.goes_on_to.focus()
            self.goes_on_to.put_in(event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    async def on_paste(self, event: Paste) -> None:
        """Hand on what is pasted."""
        if self.goes_on_to is not None:
            self.goes_on_to.focus()
            await self.goes_on_to.on_paste(event)

    @property
    def cursor_cell(self) -> Offset:
        """The cell of the tick."""
        return Offset(1, 0)

    def render(self) -> Content:
        """Draw the box and what it means."""
        box = Content("[x]" if self.value else "[ ]")
        if self.has_focus:
            box = box.stylize("reverse")
        return Content.assemble(box, " ", self._text)
