"""The incident that stands beside a list where there is room for both (rule 46)."""

from __future__ import annotations

from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class Beside(Widget):
    """A text that is cut where its room ends; a change repaints it and nothing else."""

    shown: reactive[Content] = reactive(Content(""))

    def render(self) -> Content:
        """Draw the text."""
        return self.shown


class SideBySide(Horizontal):
    """A list with the incident under its cursor beside it."""
