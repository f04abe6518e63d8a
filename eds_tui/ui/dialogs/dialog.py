"""What every dialog has: a frame with a title, its keys below, Escape to leave it."""

from __future__ import annotations

from pathlib import PurePath
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from eds_tui.domain.text import visible
from eds_tui.ui.styles import sheets
from eds_tui.ui.textual_ext.compositor import draw_by_rows

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A modal box that returns a typed result, or ``None`` when it is left."""

    CSS_PATH: ClassVar[list[str | PurePath]] = sheets("dialog")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+b", "leave", show=False, priority=True)
    ]

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
            yield Static(self._keys, classes="dialog--keys", markup=False)

    def content(self) -> ComposeResult:
        """Yield what stands in the box."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Close the dialog without a result."""
        self.dismiss(None)
