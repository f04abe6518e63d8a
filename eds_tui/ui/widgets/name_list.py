"""A list of names to choose from."""

from __future__ import annotations

from textual.geometry import Offset
from textual.style import Style
from textual.widgets import OptionList

from eds_tui.ui.textual_ext.option_rows import first_row

_HIGHLIGHTED = "option-list--option-highlighted"


class NameList(OptionList):
    """An option list that says where its cursor is, and shows it without colours as well."""

    @property
    def cursor_cell(self) -> Offset:
        """The cell at which the marked name begins."""
        return Offset(0, first_row(self, self.highlighted) - self.scroll_offset.y)

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """Return how a part is drawn; Textual's own leaves out what is to be in reverse."""
        style = super().get_visual_style(*component_classes, partial=partial)
        if self.app.no_color and _HIGHLIGHTED in component_classes:
            return style + Style(reverse=True)
        return style
