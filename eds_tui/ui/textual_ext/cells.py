"""What a terminal shows of a line, cell by cell."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len, split_graphemes
from textual.strip import Strip

from eds_tui.host.terminals import Kind
from eds_tui.ui.textual_ext.characters import shown
from eds_tui.ui.textual_ext.sgr import sgr

Cell = tuple[str, str, int]
"""Text, its SGR parameters, and the place within the text of a cluster that has several cells."""

Row = dict[int, Cell]
"""The cells that are known of a row, by their column."""


def cells_of(strip: Strip, kind: Kind) -> list[Cell]:
    """Return what a terminal is sent for a line, cell by cell."""
    cells: list[Cell] = []
    for written, style, control in strip:
        if control:
            continue
        text = shown(written, kind)
        look = sgr(style, kind)
        if text.translate(_SINGLE).isascii():
            cells.extend([_cell(char, look, 0) for char in text])
        else:
            cells.extend([_cell(part, look, offset) for part, offset in _parts(text)])
    return cells


_SINGLE = str.maketrans("", "", "…▸◂»·–‘’─│┌┐└┘↑↓←→▁▂▃▄▅▆▇█")
"""Characters that are one cell wide everywhere and join nothing: those of our own screens."""


_NOTHING: Cell = ("", "", 0)


@lru_cache(maxsize=4096)
def _cell(text: str, sgr: str, offset: int) -> Cell:
    """Return a cell; one that is there already is used again, which keeps the memory whole."""
    return (text, sgr, offset)


@lru_cache(maxsize=128)
def _parts(text: str) -> tuple[tuple[str, int], ...]:
    """Return for every cell the character it shows, with all that is joined to it.

    Wide and joined characters are kept together: half of one can't be sent.
    """
    parts: list[tuple[str, int]] = []
    for start, end, width in split_graphemes(text)[0]:
        parts.extend((text[start:end], offset) for offset in range(width))
    return tuple(parts)


def is_whole(row: Row) -> bool:
    """Return whether a row is known from its first cell to its last, and no character is in half.

    Only such a row can be sent anew, or moved.
    """
    place = 0
    while place < len(row):
        text, look, _ = row.get(place, _NOTHING)
        width = cell_len(text)
        if not width or any(row.get(place + i) != (text, look, i) for i in range(width)):
            return False
        place += width
    return place > 0
