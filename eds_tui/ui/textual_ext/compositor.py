"""Draws no more than the rows in which something changed.

Textual asks every widget that lies in the same container as the change for all of its lines, and
then throws away what it has no use for: for each key that is most of the work. This uses private
parts of Textual, which is pinned; ``tests/ui/test_compositor.py`` keeps it honest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip


class RowCompositor(Compositor):
    """A compositor that goes by rows."""

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterator[tuple[Region, Region, list[Strip]]]:
        """Yield of each widget in the rows of a region: where it is, what is seen, its lines.

        Those in front come first, and what they cover is not asked for.
        """
        rows = self.size.region if crop is None else crop
        # As wide as the screen: what is cut out further is cut at the edges of the widgets.
        rows = Region(0, rows.y, self.size.width, rows.height)
        covered = [0] * self.size.height
        for widget, (region, clip) in self.visible_widgets.items():
            seen = clip.intersection(rows)
            drawn = region.intersection(seen)
            columns = (1 << drawn.right) - (1 << drawn.x)
            lines = drawn.line_range
            if any(columns & ~covered[y] for y in lines):
                for y in lines:
                    covered[y] |= columns
                yield region, seen, widget.render_lines(drawn.translate(-region.offset))


def draw_by_rows(screen: Screen[Any]) -> None:
    """Have a screen drawn by rows; called before it comes up."""
    screen._compositor = RowCompositor()


def forget_drawn_widgets() -> None:
    """Let go of what Textual remembers of every widget that it ever drew."""
    StylesCache.get_inner_outer.cache_clear()
