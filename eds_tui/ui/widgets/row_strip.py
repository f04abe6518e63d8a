"""A row of a list as it is drawn, with the cells that stand out in styles of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from eds_tui.ui.presentation.cells import cut, fit

Cells = Sequence[tuple[str, int]]
"""Text and width of each."""
NONE: Mapping[int, Style] = {}
"""The styles where no cell stands out."""


def row_strip(
    cells: Cells, signs: str, width: int, style: Style, styles: Mapping[int, Style] = NONE
) -> Strip:
    """Return a row of exactly so many cells of the terminal.

    Args:
        cells: What stands in it.
        signs: What stands before its first cell, and behind that.
        width: That of the list.
        style: The row's.
        styles: Those of the cells that stand out, by their place.
    """
    if not styles:
        first, *others = (fit(text, wide) for text, wide in cells)
        line = f"{signs[0]}{first}{signs[1]}{' '.join(others)}"
        return Strip([Segment(cut(line, width), style)])
    parts = [Segment(signs[0], style)]
    for at, (text, wide) in enumerate(cells):
        whole = fit(text, wide)
        # Blanks behind a text are of the row: a chip ends with its word.
        if shown := whole.rstrip() if at in styles else "":
            parts.append(Segment(shown, styles[at]))
        behind = " " if at else signs[1]
        parts.append(Segment(f"{whole[len(shown) :]}{behind}", style))
    return Strip(parts).adjust_cell_length(width, style)
