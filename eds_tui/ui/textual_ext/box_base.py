"""Many lines to type in, of which a key paints only those rows that look otherwise than before.

Textual paints the whole box for each key, takes its colours from the sheets each time, and keeps
every box that was ever opened in memory. ``tests/ui/test_text_box.py`` keeps this honest.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable

from textual._types import WatchCallbackType
from textual.dom import DOMNode
from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets.text_area import EditResult, Location

from eds_tui.ui.textual_ext.painted_rows import PaintedRows


class BoxBase(TextArea):
    """A text area that paints by rows."""

    _coloured = False
    _style = 0
    """Counts the changes of colours."""

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=placeholder,
            compact=True,
        )
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

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the cursor; Textual's own is the one from before the lines were broken."""
        column, row = self.wrapped_document.location_to_offset(self.cursor_location)
        return self.content_region.offset + Offset(column, row) - self.scroll_offset

    def insert_typed(self, insert: str, start: Location, end: Location) -> EditResult | None:
        """Put what was typed in place of a part of the text, unless nothing may be typed.

        Args:
            insert: What was typed.
            start: From where on it replaces the text.
            end: To where.
        """
        return super()._replace_via_keyboard(insert, start, end)

    def _replace_via_keyboard(
        self, insert: str, start: Location, end: Location
    ) -> EditResult | None:
        return self.insert_typed(insert, start, end)
