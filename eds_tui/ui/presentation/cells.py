"""Text cut and padded to an exact number of terminal cells."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from eds_tui.domain.text import one_line

ELLIPSIS = "…"


def fit(text: str, width: int) -> str:
    """Return text as one visible line of exactly ``width`` cells, with … where it was cut."""
    return cut(one_line(text), width)


def cut(text: str, width: int) -> str:
    """Return a line that is visible already, as exactly ``width`` cells, blanks and all."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + ELLIPSIS
