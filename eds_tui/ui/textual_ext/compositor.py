"""Draws no more than the rows in which something changed.

Textual asks every widget that lies in the same container as the change for all of its lines, and
then throws away what it has no use for: for each key that is most of the work. Nor does it always
paint what has moved. This uses private
parts of Textual, which is pinned; ``tests/ui/test_scenes.py`` and ``test_compositor.py`` keep it
honest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual._compositor import Compositor, CompositorMap, ReflowResult
from textual._styles_cache import StylesCache
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget


class RowCompositor(Compositor):
    """A compositor that goes by rows."""

    _laid_out: CompositorMap | None = None
    """Where each widget was at the last layout, where Textual has looked ahead since."""

    @property
    def full_map(self) -> CompositorMap:
        """Where each widget is, or will be once what has changed is laid out."""
        before, scrolled = self._full_map, self._visible_map
        ahead = super().full_map
        if ahead is not before and self._laid_out is None:
            self._laid_out = {**before, **(scrolled or {})}
        return ahead

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay out, and have painted what has moved since the last layout.

        Textual compares with where it looked ahead to, in which everything has moved already: what
        is only moved stays painted where it was, until something else has it painted.
        """
        if self._laid_out is not None:
            self._full_map, self._laid_out = self._laid_out, None
        return super().reflow(parent, size)

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
