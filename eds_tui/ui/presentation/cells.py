"""Text cut and padded to an exact number of terminal cells."""

from __future__ import annotations

from collections.abc import Sequence

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


def shares(wanted: Sequence[int], room: int) -> list[int]:
    """Return how many cells of a room each column gets, so that none is cut beside an empty one.

    Args:
        wanted: The cells that each would like; what is left over is shared as well.
        room: The cells there are for all.
    """
    given = [0] * len(wanted)
    waiting = sorted(range(len(wanted)), key=lambda place: wanted[place])
    left = room
    while waiting:
        place = waiting.pop(0)
        given[place] = min(wanted[place], left // (len(waiting) + 1))
        left -= given[place]
    for place in range(len(wanted)):
        extra = left // (len(wanted) - place)
        given[place] += extra
        left -= extra
    return given
