"""A few lines about what the cursor is on."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class Preview(Widget):
    """Lines of visible text, each cut to the width; a change repaints it and nothing else."""

    lines: reactive[tuple[str, ...]] = reactive(())

    def render(self) -> Content:
        """Draw the lines."""
        width = self.content_size.width
        return Content("\n").join(
            Content(line).truncate(width, ellipsis=True) for line in self.lines
        )
