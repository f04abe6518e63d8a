"""The themes that a person can choose, and whether what they copy may go to their terminal."""

from __future__ import annotations

from enum import StrEnum

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.text import visible


class ThemeName(StrEnum):
    """A theme, as it is kept with an account and named by the setting."""

    DARK = "eds-dark"
    LIGHT = "eds-light"
    CONTRAST = "eds-contrast"
    TERMINAL = "eds-terminal"

    @property
    def label(self) -> str:
        """What people read for it."""
        return _LABELS[self]


_LABELS = {
    ThemeName.DARK: "Dark",
    ThemeName.LIGHT: "Light",
    ThemeName.CONTRAST: "High contrast",
    ThemeName.TERMINAL: "The terminal's own colours",
}


def theme_named(name: str) -> ThemeName:
    """Return the theme with a name.

    Raises:
        InvalidInput: There is none.
    """
    try:
        return ThemeName(name)
    except ValueError:
        known = ", ".join(ThemeName)
        sentence = f"There is no theme named {visible(name)}; there are {known}."
        raise InvalidInput({"theme": sentence}) from None


class Copying(StrEnum):
    """Which terminals are sent what is copied (OSC 52), as the setting says."""

    OFF = "off"
    OWN = "own"
    """Only where the program was started by whoever sits there, not by ``eds-tui kiosk``."""
    ALL = "all"


class ColoursSent(StrEnum):
    """How many colours the terminal is sent, as the setting says."""

    AUTO = "auto"
    """What the environment says that it has."""
    NONE = "none"
    SIXTEEN = "16"
    MANY = "256"
    ALL = "all"
