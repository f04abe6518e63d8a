"""Draws lines of cells, each as wide as its column, and lets urgent ones stand out (rule 47)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from eds_tui.domain.views import IncidentRow
from eds_tui.ui.presentation.cells import fit, shares
from eds_tui.ui.presentation.columns import Column, Layout

StyleOf = Callable[[str], Style]
"""Returns the style of a part of a list, by the name of its class: ``list--row``."""


class RowDrawing:
    """Knows the columns of a list and how wide they are for what it shows.

    Args:
        layout: The columns, by the width of the list.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        """The columns, by the width of the list."""
        self._room: tuple[int, list[int]] | None = None

    def other_rows(self) -> None:
        """Share the room anew: other rows have come, or other columns."""
        self._room = None

    def titles(self, width: int, rows: Sequence[IncidentRow], style: Style, said: str) -> Strip:
        """Draw the line of titles.

        Args:
            width: Of the list.
            rows: What it holds.
            style: Of the line.
            said: Stands in the place of the first title, where there is anything to say.
        """
        columns = self.layout(width)
        widths = self._widths(columns, width, rows)
        texts = [column.titled(given) for column, given in zip(columns, widths, strict=True)]
        first, *others = map(fit, [said or texts[0], *texts[1:]], widths)
        parts = [(" ", style), (first, style + Style(bold=True) if said else style)]
        parts.append((f" {' '.join(others)}", style))
        return Strip(_segments(parts)).adjust_cell_length(width, style)

    def row(
        self, width: int, rows: Sequence[IncidentRow], row: IncidentRow, signs: str, style: StyleOf
    ) -> Strip:
        """Draw a row; under the cursor its cells are all alike.

        Args:
            width: Of the list.
            rows: What it holds.
            row: What is drawn.
            signs: Stand before the first cell and behind it.
            style: The styles, of which ``list--row`` is that of the plain cells.
        """
        columns = self.layout(width)
        plain = style("list--row")
        parts = [(signs[0], plain)]
        behind = signs[1]
        for column, given in zip(columns, self._widths(columns, width, rows), strict=True):
            why = column.stands_out(row) if column.stands_out else None
            whole = fit(column.text(row), given)
            # Blanks behind a text are of the row: a chip ends with its word.
            shown = whole.rstrip() if why else whole
            parts.append((shown, style(why.value) if why else plain))
            parts.append((f"{whole[len(shown) :]}{behind}", plain))
            behind = " "
        return Strip(_segments(parts[:-1])).adjust_cell_length(width, plain)

    def _widths(
        self, columns: Sequence[Column], width: int, rows: Sequence[IncidentRow]
    ) -> list[int]:
        fixed = sum(column.width for column in columns) + len(columns)
        room = max(0, width - fixed)
        if self._room is None or self._room[0] != room:
            wanted = [_longest(each, rows) for each in columns if not each.width]
            self._room = room, shares(wanted, room)
        given = iter(self._room[1])
        return [column.width or next(given) for column in columns]


def _longest(column: Column, rows: Sequence[IncidentRow]) -> int:
    """Return how many cells a column wants for all that it shows."""
    return max(cell_len(text) for text in (column.title, *map(column.text, rows)))


def _segments(parts: Sequence[tuple[str, Style]]) -> list[Segment]:
    """Join what has the same style, so that a line costs no more than it must."""
    joined: list[Segment] = []
    for text, style in parts:
        if joined and joined[-1].style == style:
            joined[-1] = Segment(joined[-1].text + text, style)
        else:
            joined.append(Segment(text, style))
    return joined
