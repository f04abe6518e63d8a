"""Choosing the theme, how many colours the terminal is sent, and whether it rings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from eds_tui.domain.appearance import ThemeName
from eds_tui.host.terminals import Colours
from eds_tui.ui.dialogs.dialog import Dialog


@dataclass(frozen=True)
class Look:
    """How the program looks, and whether it is heard."""

    theme: str
    """The name of the theme."""
    colours: Colours
    """How many colours the terminal is sent."""
    bell: bool
    """Whether the terminal rings when an incident becomes unread (rule 41)."""


_THEMES = tuple(ThemeName)
_COLOURS = tuple(Colours)
_FIRST = len(_THEMES) + 1
_KEYS = f"1 to {len(_THEMES) + len(_COLOURS)} Choose   b Bell   Esc Close"


class AppearanceDialog(Dialog[Look]):
    """A digit chooses a theme or how many colours are sent, b turns the bell; returns the look.

    Args:
        now: How it looks.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(place), f"choose({place})", show=False)
            for place in range(1, _FIRST + len(_COLOURS))
        ),
        Binding("b", "turn_bell", show=False),
    ]

    def __init__(self, now: Look) -> None:
        super().__init__("Colours and bell", _KEYS)
        self._now = now

    def content(self) -> ComposeResult:
        """Draw what can be chosen."""
        for place, theme in enumerate(_THEMES, 1):
            yield self._row(place, theme.label, is_on=self._now.theme == theme)
        yield Static("", markup=False)
        yield Static("Where this terminal's colours can't be read", markup=False)
        for place, colours in enumerate(_COLOURS, _FIRST):
            yield self._row(place, colours.label, is_on=self._now.colours is colours)
        yield Static("Ctrl+L twice, anywhere, sends none.", markup=False)
        state = "on" if self._now.bell else "off"
        yield Static(f"  b  Bell when an incident becomes unread: {state}", markup=False)

    @staticmethod
    def _row(place: int, label: str, *, is_on: bool) -> Static:
        mark = "▸" if is_on else " "
        return Static(Content.styled(f"{mark} {place}  {label}", "bold" if is_on else ""))

    def action_choose(self, place: int) -> None:
        """Return what a digit stands for."""
        if place < _FIRST:
            self.dismiss(replace(self._now, theme=_THEMES[place - 1].value))
        else:
            self.dismiss(replace(self._now, colours=_COLOURS[place - _FIRST]))

    def action_turn_bell(self) -> None:
        """Let the bell ring, or be silent."""
        self.dismiss(replace(self._now, bell=not self._now.bell))
