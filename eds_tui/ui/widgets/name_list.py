"""A list of names to choose from."""

from __future__ import annotations

from textual.geometry import Offset
from textual.widgets import OptionList


class NameList(OptionList):
    """An option list that says where its cursor is."""

    @property
    def cursor_cell(self) -> Offset:
        """The cell at which the marked name begins."""
        line = self._index_to_line.get(self.highlighted or 0, 0)
        return Offset(0, line - self.scroll_offset.y)
