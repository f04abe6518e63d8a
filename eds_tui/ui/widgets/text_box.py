"""Many lines to type in, with a limit that keeps what fits."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import ClassVar

from textual._types import WatchCallbackType
from textual.binding import Binding, BindingType
from textual.document._document import EditResult, Location
from textual.dom import DOMNode
from textual.events import Paste
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea

from eds_tui.domain.text import visible
from eds_tui.ui.textual_ext.painted_rows import PaintedRows
from eds_tui.ui.textual_ext.typed import TakesText, dropped


class TextBox(TextArea, TakesText):
    """A box for a description or a comment. Tab leaves it; Enter starts a new line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j", "new_line", "New line", show=False),
    ]

    _coloured = False
    _style = 0
    """Counts the changes of colours."""

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
        super().__init__(
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=placeholder,
            compact=True,
        )
        self.cursor_blink = False
        self._longest = longest
        self._painted = PaintedRows()

    def watch(
        self,
        obj: DOMNode,
        attribute_name: str,
        callback: WatchCallbackType,
        init: bool = True,
    ) -> None:
        """Watch an attribute; the app's theme by its signal, which can be told to let go.

        A watcher of the app would keep every box that was ever opened in memory.
        """
        if obj is self.app and attribute_name == "theme":
            self.app.theme_changed_signal.subscribe(self, lambda _theme: self._app_theme_changed())
        else:
            super().watch(obj, attribute_name, callback, init)

    def notify_style_update(self) -> None:
        """Take the colours from the sheets again."""
        super().notify_style_update()
        self._coloured = False
        self._style += 1

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines; Textual's own would take the colours from the sheets each time."""
        if self._coloured:
            return Widget.render_lines(self, crop)
        self._coloured = True
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        strip = super().render_line(y)
        self._painted.drew(y, self._looks(y, 1)[0])
        return strip

    def _exchange_repaint_regions(self) -> Collection[Region]:
        """Return the rows that look otherwise than before; Textual would paint all for each key."""
        regions = super()._exchange_repaint_regions()
        if not regions:
            return regions
        top, width = self.gutter.top, self.outer_size.width
        rows = self._painted.outdated(self._looks(0, self.size.height))
        return [Region(0, top + y, width, 1) for y in rows]

    def _looks(self, y: int, rows: int) -> list[Hashable]:
        """Return all that decides how some rows look, in a value for each."""
        start, end = self.selection
        everywhere = (
            self.size, self._style, self.theme, bool(self.text), self._draw_cursor,
            self._matching_bracket_location, None if start == end else (start, end),
        )  # fmt: skip
        first = y + self.scroll_offset.y
        wrapped = self.wrapped_document
        # Only what is seen is looked at: the text may have many lines.
        seen = wrapped._offset_to_line_info[first : first + rows]
        texts = {line: wrapped.get_sections(line) for line in {line for line, _ in seen}}
        sections = [(line, section, texts[line][section]) for line, section in seen]
        cursor = wrapped.location_to_offset(end)
        return [
            (everywhere, *sections[row : row + 1], cursor if cursor.y == first + row else None)
            for row in range(rows)
        ]

    def on_unmount(self) -> None:
        """Let the app go of this box."""
        self.app.theme_changed_signal.unsubscribe(self)

    def on_resize(self) -> None:
        """Keep the cursor in sight when a list that comes up below takes rows away."""
        self.call_after_refresh(self.scroll_cursor_visible)

    async def _on_paste(self, event: Paste) -> None:
        """Take what is pasted with its line breaks; control characters are made visible."""
        event.stop()
        event.prevent_default()
        # Terminals send the line breaks of what is pasted as carriage returns.
        text = event.text.replace("\r\n", "\n").replace("\r", "\n")
        if result := self._replace_via_keyboard(
            visible(text, lines=True), *self.selection, dropped(event)
        ):
            self.move_cursor(result.end_location)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the cursor; Textual's own is the one from before the lines were broken."""
        column, row = self.wrapped_document.location_to_offset(self.cursor_location)
        return self.content_region.offset + Offset(column, row) - self.scroll_offset

    def action_new_line(self) -> None:
        """Start a new line, for terminals whose Enter sends a line feed."""
        self._replace_via_keyboard("\n", *self.selection)

    def _replace_via_keyboard(
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
        return super()._replace_via_keyboard(insert, start, end)


def _sentence(typed: int, room: int, longest: int) -> str:
    if not room:
        return f"It is full: {longest:,} characters can be kept."
    return f"Only {room:,} of {typed:,} characters fitted; {longest:,} can be kept in all."
