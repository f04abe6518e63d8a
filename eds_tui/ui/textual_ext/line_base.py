"""A line to type in that says in which cell its cursor stands, and may show its text otherwise.

Textual says one cell too many behind the last letter, and reckons with the widths of the characters
although a password is shown as signs of one cell; ``tests/ui/test_scenes.py`` and
``tests/ui/test_password_field.py`` keep this honest.
"""

from __future__ import annotations

from textual.geometry import Offset
from textual.widgets import Input


class LineBase(Input):
    """An input of which the cells are known."""

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the cursor; Textual's own is one too far behind the last letter."""
        before = self.cell_of(self.cursor_position) - round(self.scroll_x)
        return self.content_region.offset + Offset(before, 0)

    def cell_of(self, position: int) -> int:
        """Return how many cells are before a character of the text."""
        return super()._position_to_cell(position)

    def _position_to_cell(self, position: int) -> int:
        return self.cell_of(position)
