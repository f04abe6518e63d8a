"""Where the terminal's own cursor stands: screen readers and magnifiers follow it."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.geometry import Offset
from textual.widget import Widget


@runtime_checkable
class Typed(Protocol):
    """A widget that text is typed in."""

    @property
    def cursor_screen_offset(self) -> Offset:
        """The place of its cursor on the screen."""


@runtime_checkable
class Marked(Protocol):
    """A widget with something to choose from."""

    @property
    def cursor_cell(self) -> Offset:
        """The cell, within what it shows, at which the marked one begins."""


def cursor_of(focused: Widget | None) -> Offset | None:
    """Return where on the screen the cursor belongs, or ``None`` where it can't be seen."""
    if focused is None:
        return None
    if isinstance(focused, Typed):
        place = focused.cursor_screen_offset
    elif isinstance(focused, Marked):
        place = focused.content_region.offset + focused.cursor_cell
    else:
        place = focused.content_region.offset
    # Behind the last letter of a full field it stands at the edge.
    around = focused.region.grow((0, 1, 0, 0)).intersection(focused.screen.region)
    return place if around.contains_point(place) else None
