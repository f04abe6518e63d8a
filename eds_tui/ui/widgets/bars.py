"""The lines around a place: its heading, what it has to say, and the row of keys."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from eds_tui.domain.text import one_line, visible
from eds_tui.ui.commands.base import Command

_GAP = 2


class Heading(Widget):
    """The top line: where one is on the left, who and when on the right."""

    left: reactive[Content] = reactive(Content(""))
    right: reactive[str] = reactive("")

    def __init__(self, left: str = "") -> None:
        super().__init__()
        self.set_reactive(Heading.left, Content(left))

    def title(self, text: str) -> None:
        """Put a text of any origin on the left."""
        self.left = Content(visible(text))

    def render(self) -> Content:
        """Draw the line."""
        right = Content(visible(self.right))
        room = max(0, self.content_size.width - right.cell_length - 1)
        left = self.left.truncate(room, ellipsis=True, pad=True)
        return Content.assemble(left, " ", right)


class Notice(Static):
    """What the place has to say just now; it is gone with the next key that is pressed.

    It stands in the place of the row of keys, so that the lists above it do not move.
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self.display = False

    def say(self, text: str, *, bad: bool = False) -> None:
        """Say something, in place of what was said before."""
        self.set_class(bad, "-bad")
        self.update(Content(visible(("! " if bad else "") + text, lines=True)))
        self._stand_in(bool(text))

    @property
    def text(self) -> str:
        """What it says."""
        return str(self.visual) if self.display else ""

    def hush(self) -> None:
        """Say nothing more."""
        if self.display:
            self._stand_in(False)

    def _stand_in(self, on: bool) -> None:
        self.display = on
        for keys in self.screen.query(KeyBar):
            keys.display = not on


class KeyBar(Widget):
    """The keys that matter here, as many as there is room for; the last one, help, always is."""

    def __init__(self, commands: Sequence[type[Command]]) -> None:
        super().__init__()
        self._commands = [command for command in commands if command.shown]

    def render(self) -> Content:
        """Draw the keys."""
        room = self.content_size.width
        last = self._pair(self._commands[-1])
        drawn: list[Content] = []
        for command in self._commands[:-1]:
            pair = self._pair(command)
            if (
                sum(part.cell_length for part in drawn) + pair.cell_length + last.cell_length - _GAP
                > room
            ):
                break
            drawn.append(pair)
        return Content("").join([*drawn, last]).rstrip()

    @staticmethod
    def _pair(command: type[Command]) -> Content:
        return Content.assemble((command.key(), "bold"), f" {one_line(command.label)}{' ' * _GAP}")
