"""The files that are chosen to be attached, each removable by a key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, clamp
from textual.message import Message
from textual.widget import Widget

from eds_tui.domain.file_names import shown_names
from eds_tui.domain.incident import ChosenFile


class FileStrip(Widget, can_focus=False):
    """Names and sizes with a cursor; it takes the focus while there are any.

    Args:
        empty: What is said while there are none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "move(-1)", show=False),
        Binding("right,down", "move(1)", show=False),
        Binding("delete,backspace", "remove", show=False),
        Binding("enter,ctrl+j", "app.focus_next", show=False),
    ]

    @dataclass
    class Changed(Message):
        """A file was taken away."""

        strip: FileStrip

        @property
        def control(self) -> FileStrip:
            """The strip."""
            return self.strip

    def __init__(self, *, empty: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self._empty = empty
        self._files: tuple[ChosenFile, ...] = ()
        self._cursor = 0

    @property
    def files(self) -> tuple[ChosenFile, ...]:
        """What is chosen."""
        return self._files

    @files.setter
    def files(self, files: tuple[ChosenFile, ...]) -> None:
        self._files = files
        self._cursor = clamp(self._cursor, 0, max(0, len(files) - 1))
        self.can_focus = bool(files)
        self.refresh(layout=True)

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self._cursor = clamp(self._cursor + step, 0, len(self._files) - 1)
        self.refresh()

    def action_remove(self) -> None:
        """Take the file under the cursor away; without any the cursor goes on."""
        if len(self._files) == 1:
            self.screen.focus_next()
        self.files = self._files[: self._cursor] + self._files[self._cursor + 1 :]
        self.post_message(self.Changed(self))

    @property
    def cursor_cell(self) -> Offset:
        """The cell at which the name under the cursor begins."""
        before = Content("  ").join([*self._names()[: self._cursor], Content("x")])
        lines = before.wrap(max(1, self.content_size.width))
        return Offset(lines[-1].cell_length - 1, len(lines) - 1)

    def _names(self) -> list[Content]:
        shown = shown_names(file.name for file in self._files)
        return [
            Content(f"{name} ({_size(file.size)})")
            for name, file in zip(shown, self._files, strict=True)
        ]

    def render(self) -> Content:
        """Draw the names."""
        if not self._files:
            return Content(self._empty)
        names = self._names()
        if self.has_focus:
            names[self._cursor] = names[self._cursor].stylize("reverse")
        return Content("  ").join(names)


def _size(size: int) -> str:
    return f"{max(1, size // 1024):,} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
