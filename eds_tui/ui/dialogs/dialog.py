"""What every dialog has: a frame with a title, its keys below, Escape to leave it."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Mount, Paste
from textual.screen import ModalScreen
from textual.widgets import Static

from eds_tui.domain.text import visible
from eds_tui.ui.styles import sheets
from eds_tui.ui.textual_ext.compositor import draw_by_rows
from eds_tui.ui.widgets.buttons import Button
from eds_tui.ui.widgets.dialog_keys import DialogKeys
from eds_tui.ui.widgets.line_input import NOT_PASTED, LineInput

if TYPE_CHECKING:
    from eds_tui.ui.dialogs.dialog_text import DialogText, TextKeeper

Result = TypeVar("Result")
LEAVE_IT = Button("Leave it", "leave")
CLOSE = Button("Close", "leave")


class Dialog(ModalScreen[Result]):
    """A modal box that returns a typed result, or ``None`` when it is left."""

    CSS_PATH: ClassVar[list[str | PurePath]] = sheets("dialog")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+b", "leave", show=False, priority=True)
    ]
    BUTTONS: ClassVar[tuple[Button, ...]] = ()
    """What Tab and Enter do behind the last field; where letters answer there are none."""
    text: DialogText | None = None
    """What is typed in it, where that takes thought; a dialog that asks for a text makes one."""
    keeper: TextKeeper | None = None
    """Keeps the text; put in by who asks for it, before the dialog is shown."""

    def __init__(self, title: str, keys: str = "Esc Close") -> None:
        super().__init__()
        draw_by_rows(self)
        self._dialog_title = title
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Put the frame around the content."""
        with Vertical(classes="dialog--box"):
            yield Static(visible(self._dialog_title), classes="dialog--title", markup=False)
            yield from self.content()
            yield DialogKeys(self._keys, self.BUTTONS)

    def content(self) -> ComposeResult:
        """Yield what stands in the box."""
        yield from ()

    def written(self) -> str:
        """Return the text that has been typed, where it asks for one."""
        return self.text.fields.written() if self.text is not None else ""

    @on(Mount)
    def begin_text(self) -> None:
        """Put back what was typed here before."""
        if self.text is not None:
            self.text.begin()

    def complain(self, sentence: str) -> None:
        """Say what is wrong with what was typed, or nothing."""
        if self.text is not None:
            self.text.refuse(sentence)
        else:
            self.query_one(DialogKeys).say(sentence)

    def on_paste(self, event: Paste) -> None:
        """Say that a paste went nowhere: no field has taken it."""
        self.complain(NOT_PASTED)

    def on_line_input_full(self, event: LineInput.Full) -> None:
        """Say what a line did not take."""
        self.complain(event.sentence)

    async def action_submit(self) -> None:
        """Be done with the one line, as Enter in it is."""
        await self.query_one(LineInput).action_submit()

    def on_input_changed(self) -> None:
        """Take note of another text in a line."""
        if self.text is not None:
            self.text.changed()

    def on_text_area_changed(self) -> None:
        """Take note of another text in a box."""
        if self.text is not None:
            self.text.changed()

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Go with a result; what was typed stays kept until that has led to something."""
        if self.text is not None:
            self.text.hold()
        return super().dismiss(result)

    def action_leave(self) -> None:
        """Close the dialog without a result."""
        if self.text is None or self.text.may_leave():
            self.dismiss(None)
