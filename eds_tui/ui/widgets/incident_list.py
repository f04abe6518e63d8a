"""A list of incidents that holds a window of rows, whatever the length of the list."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import ClassVar, TypeAlias

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size
from textual.strip import Strip
from textual.widget import Widget

from eds_tui.domain.views import IncidentRow, Page
from eds_tui.ui.presentation.cells import cut
from eds_tui.ui.presentation.columns import Layout
from eds_tui.ui.presentation.emphasis import Emphasis
from eds_tui.ui.presentation.signs import signs_of
from eds_tui.ui.widgets import list_messages
from eds_tui.ui.widgets.row_drawing import RowDrawing
from eds_tui.ui.widgets.ticks import Ticks

NEAR_THE_EDGE = 5
"""Rows before the end of the window at which more are asked for."""

NOT_READ_YET = "Not read yet: the database does not answer. It is tried again by itself."


class IncidentList(Widget, can_focus=True):
    """Rows of incidents under a line of titles, with a cursor that stays on its incident.

    Args:
        layout: What is shown of each, by the width of the list.
        empty: What is said when there are none.
        follow: Called with the row under the cursor whenever that is another one or has changed,
            or other rows are in sight; at once, so that both are painted together.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--title",
        "list--row",
        "list--cursor",
        *(each.value for each in Emphasis),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "end(-1)", show=False),
        Binding("end", "end(1)", show=False),
        Binding("enter,ctrl+j", "select", show=False),
    ]

    Selected: TypeAlias = list_messages.Selected
    EdgeNear: TypeAlias = list_messages.EdgeNear

    def __init__(
        self,
        layout: Layout,
        *,
        empty: str,
        follow: Callable[[IncidentRow | None], None] | None = None,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._follow = follow
        self._drawing = RowDrawing(layout)
        self.empty = empty
        """What is said when there are no rows."""
        self._page: Page | None = None
        self._unread = False
        self._cursor = 0
        self._top = 0
        self._ticks = Ticks()
        self.fed_by: object | None = None
        """What its rows come from, where several take turns."""
        self.marked_always = False
        """Whether the cursor is drawn as with the focus, where another field steers the list."""

    @property
    def page(self) -> Page | None:
        """The window of rows that it holds; ``None`` before the first one came."""
        return self._page

    @property
    def rows(self) -> tuple[IncidentRow, ...]:
        """The rows that it holds."""
        return self._page.rows if self._page else ()

    @property
    def row(self) -> IncidentRow | None:
        """The row under the cursor."""
        return self.rows[self._cursor] if self.rows else None

    @property
    def rows_below(self) -> int:
        """How many of the rows that it holds are below what is seen of it."""
        return max(0, len(self.rows) - self._top - self._height)

    def cannot_be_read(self) -> None:
        """Say so where nothing has been read so far: that is not an empty list (rule 38)."""
        self._unread = True
        self.refresh()

    def lay_out(self, layout: Layout) -> None:
        """Show other columns."""
        if layout is not self._drawing.layout:
            self._drawing = RowDrawing(layout)
            self.refresh()

    def show(self, page: Page, *, fresh: bool = False, ticks: Ticks | None = None) -> None:
        """Show a window of rows.

        Args:
            page: The rows.
            fresh: It is another list: the cursor goes to its top. Else it stays on its incident,
                or where it was when that is gone; a list that shows its top goes on doing so.
            ticks: What is ticked of another list; nothing by default.
        """
        if fresh:
            self._ticks = Ticks() if ticks is None else ticks
        self._ticks.update(page.rows, whole=not (page.newer or page.older))
        if page == self._page and not fresh:
            return
        before = None if fresh else self.row
        height = self._cursor - self._top
        self._page = page
        self._drawing.other_rows()
        numbers = [row.number for row in page.rows]
        if before is not None and before.number in numbers:
            self._cursor = numbers.index(before.number)
            if self._top or page.newer:
                self._top = self._cursor - height
        elif fresh:
            self._cursor = self._top = 0
        if self.styles.auto_dimensions:
            self.refresh(layout=True)
        self._settle()
        self._tell()

    def go_to(self, number: int) -> None:
        """Put the cursor on an incident, where the list holds it."""
        numbers = [row.number for row in self.rows]
        if number in numbers:
            self._go(numbers.index(number))

    def beside(self, number: int, step: int) -> IncidentRow | None:
        """Return the row before or behind an incident; one that is gone was above the cursor."""
        return self._page.beside(number, step, self._cursor) if self._page else None

    def put(self, row: IncidentRow) -> None:
        """Show a row as it is now, where the list holds it."""
        self._ticks.update((row,))
        if self._page is not None:
            rows = tuple(
                replace(row, rank=each.rank) if each.number == row.number else each
                for each in self.rows
            )
            self._page = replace(self._page, rows=rows)
            self._drawing.other_rows()
            self.refresh()
            self._tell()

    @property
    def ticks(self) -> Ticks:
        """What is ticked, whichever rows it holds."""
        return self._ticks

    @property
    def ticked(self) -> tuple[IncidentRow, ...]:
        """The rows that are ticked: those it holds in their order, then the others."""
        return self._ticks.in_order(self.rows)

    def tick(self) -> None:
        """Tick or untick the row under the cursor and go on to the next."""
        if self.row is not None:
            self._ticks.turn(self.row)
            self.refresh()
            self.action_move(1)

    def untick(self, numbers: Collection[int]) -> None:
        """Untick some incidents."""
        self._ticks.untick(numbers)
        self.refresh()

    def action_move(self, step: int) -> None:
        """Move the cursor by rows."""
        self._go(self._cursor + step)

    def action_page(self, step: int) -> None:
        """Move the cursor by screenfuls."""
        self._go(self._cursor + step * max(1, self._height - 1))

    def action_end(self, step: int) -> None:
        """Move the cursor to an end of the list, of which it may hold only a part."""
        page, newer = self._page, step < 0
        if page is not None and page.goes_beyond(newer=newer):
            self.post_message(self.EdgeNear(self, newer=newer, to_end=True))
        else:
            self._go(0 if newer else len(self.rows) - 1)

    def action_select(self) -> None:
        """Open the row under the cursor."""
        if self.row is not None:
            self.post_message(self.Selected(self, self.row))

    def _go(self, place: int) -> None:
        before = self._cursor, self._top
        self._cursor = place
        self._settle()
        if self._page is not None:
            goes_on = self._page.older or self._page.goes_on is not None
            if goes_on and self._cursor >= len(self.rows) - NEAR_THE_EDGE:
                self.post_message(self.EdgeNear(self, newer=False))
            elif self._page.newer and self._cursor < NEAR_THE_EDGE:
                self.post_message(self.EdgeNear(self, newer=True))
        if before != (self._cursor, self._top):
            self._tell()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Tell that another list is the one to be steered."""
        super().watch_has_focus(has_focus)
        if has_focus:
            self._tell()

    def _tell(self) -> None:
        if self._follow is not None:
            self._follow(self.row)

    @property
    def cursor_cell(self) -> Offset:
        """The cell at which the row under the cursor begins."""
        return Offset(0, self._cursor - self._top + 1)

    @property
    def _height(self) -> int:
        return max(1, self.size.height - 1)

    def _settle(self) -> None:
        """Keep the cursor on a row and the row on the screen."""
        last = max(0, len(self.rows) - 1)
        self._cursor = min(max(self._cursor, 0), last)
        lowest = max(0, len(self.rows) - self._height)
        self._top = min(max(self._top, self._cursor - self._height + 1, 0), self._cursor, lowest)
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height of all that it holds, for a list that is as high as it is long."""
        return 1 + max(1, len(self.rows))

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._settle()
        self._tell()

    def render_line(self, y: int) -> Strip:
        """Draw the titles, a row, or what an empty list says."""
        width = self.size.width
        plain = self.get_component_rich_style("list--row")
        if y == 0:
            said = f"{len(self._ticks)} ticked" if self._ticks else ""
            return self._drawing.titles(
                width, self.rows, self.get_component_rich_style("list--title"), said
            )
        place = self._top + y - 1
        if place < len(self.rows):
            return self._row(place)
        if y == 1 and (self._page is not None or self._unread):
            mark = "▸" if self.has_focus else " "
            text = NOT_READ_YET if self._page is None else self.empty
            return Strip([Segment(cut(f"{mark}{text}", width), plain)])
        return Strip.blank(width, plain)

    def _row(self, place: int) -> Strip:
        row = self.rows[place]
        marked = place == self._cursor and (self.has_focus or self.marked_always)
        signs = signs_of(marked=marked, ticked=row.number in self._ticks, unread=row.unread)
        under_cursor = self.get_component_rich_style("list--cursor")
        style = (lambda _: under_cursor) if marked else self.get_component_rich_style
        return self._drawing.row(self.size.width, self.rows, row, signs, style)
