"""The lines around a place: its heading, what it has to say, and the row of keys."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import Key
from textual.geometry import Offset, Size
from textual.reactive import reactive
from textual.widget import Widget

from eds_tui.domain.text import one_line, visible
from eds_tui.ui.commands.base import Command
from eds_tui.ui.widgets.buttons import Button, Buttons

_GAP = 2
BUTTON_KEYS = (
    "Tab  Enter",
    "Behind the last field: go along the buttons in the bottom line, and press one.",
)
"""For the help of a place that has buttons."""


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


class KeyBar(Widget):
    """The bottom line: the keys that matter here, or what the place has to say just now.

    As many keys are shown as there is room for; the last one, help, always is. What is said is gone
    with the next key that is pressed. The lists above move only when it takes more than one line.
    Where there are buttons the focus comes here behind the last field, and they take the place of
    the keys for as long as it stays.
    """

    def __init__(self) -> None:
        super().__init__()
        self._commands: tuple[type[Command], ...] = ()
        self._buttons = Buttons()
        self._said: Content | None = None
        self._standing: Content | None = None
        self._of_outage = False
        self._lines = 1

    def offer(
        self, commands: Sequence[type[Command]], buttons: Sequence[type[Command]] = ()
    ) -> None:
        """Show the keys of other commands from now on.

        Args:
            commands: Those whose keys are shown, the help last.
            buttons: Those that can be done by Tab and Enter alone.
        """
        offered = tuple(commands)
        if offered != self._commands:
            self._commands = offered
            self.refresh()
        self._buttons.offer([Button(each.label, each.action()) for each in buttons])
        if self.has_focus and not self._buttons:
            self.screen.focus_next()
        self.can_focus = bool(self._buttons)

    def on_focus(self) -> None:
        """Begin with the most wanted button."""
        self._buttons.begin()

    async def on_key(self, event: Key) -> None:
        """Move among the buttons, or press one; other keys go on to the screen."""
        if await self._buttons.take(event, self):
            self.refresh()

    @property
    def cursor_cell(self) -> Offset:
        """The cell at which the button under the cursor begins."""
        return Offset(self._buttons.cell(self.content_size.width), 0)

    def stand(self, text: str) -> None:
        """Say below all else what is so until it is taken off again by an empty text."""
        standing = Content.styled(visible(f"! {text}"), "bold") if text else None
        if standing != self._standing:
            self._standing = standing
            self._draw()

    @property
    def standing(self) -> str:
        """What is said below all else."""
        return "" if self._standing is None else str(self._standing)

    def say(self, text: str, *, bad: bool = False, of_outage: bool = False) -> None:
        """Say something, in place of the keys and of what was said before.

        Args:
            text: What.
            bad: Whether it says that something failed.
            of_outage: Whether it says that the database can't be reached.
        """
        self._of_outage = of_outage
        self.set_class(not bad, "-said")
        self.set_class(bad, "-bad")
        self._show(Content(visible(("! " if bad else "") + text, lines=True)) if text else None)

    @property
    def text(self) -> str:
        """What it says."""
        return "" if self._said is None else str(self._said)

    @property
    def is_of_outage(self) -> bool:
        """Whether it says just now that the database can't be reached."""
        return self._said is not None and self._of_outage

    def hush(self) -> None:
        """Say nothing more."""
        if self._said is not None:
            self.remove_class("-said", "-bad")
            self._show(None)

    def _show(self, said: Content | None) -> None:
        self._said = said
        self._draw()

    def _draw(self) -> None:
        lines = self._height(self.content_size.width)
        # A layout costs another paint of the screen: most of what is said does without.
        self.refresh(layout=lines != self._lines)
        self._lines = lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines are wanted; drawing them would ask for the layout being made."""
        return self._height(width)

    def _height(self, width: int) -> int:
        shown = (self._said, self._below())
        lines = sum(len(each.wrap(max(1, width))) for each in shown if each is not None)
        return lines + (self._said is None)

    def _below(self) -> Content | None:
        """Return what stands in the last line, which no dialog covers, unless the rest says it."""
        return None if self.is_of_outage or self.standing in self.text else self._standing

    def render(self) -> Content:
        """Draw what is said, or the keys."""
        rest = self._keys_or_buttons() if self._said is None else self._said
        below = self._below()
        return rest if below is None else Content("\n").join([rest, below])

    def _keys_or_buttons(self) -> Content:
        room = self.content_size.width
        return self._buttons.render(room) if self.has_focus else self._keys(room)

    def _keys(self, room: int) -> Content:
        if not self._commands:
            return Content("")
        last = self._pair(self._commands[-1])
        drawn: list[Content] = []
        for command in self._commands[:-1]:
            pair = self._pair(command)
            if sum(part.cell_length for part in (*drawn, pair, last)) - _GAP > room:
                break
            drawn.append(pair)
        return Content("").join([*drawn, last]).rstrip()

    @staticmethod
    def _pair(command: type[Command]) -> Content:
        return Content.assemble((command.key(), "bold"), f" {one_line(command.label)}{' ' * _GAP}")
