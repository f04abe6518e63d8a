"""The themes: dark, light, high contrast, and the terminal's own colours.

Where few colours are sent, a theme is named in those sixteen instead of being brought near them:
only so is it known what stands before what. ``tests/ui/contrast.py`` measures each as terminals
paint it.
"""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

from eds_tui.domain.appearance import ThemeName
from eds_tui.host.terminals import Colours

_FEW = "-16"
"""Ends the name of what is put on where sixteen colours are sent."""

DARK = Theme(
    name=ThemeName.DARK,
    primary="#7aa2c8",
    secondary="#5f87af",
    accent="#d7af5f",
    warning="#d7af5f",
    error="#ff8787",
    success="#87af87",
    foreground="#d0d0d0",
    background="#1c1c1c",
    surface="#262626",
    panel="#303030",
    dark=True,
    variables={
        "quiet": "#a8a8a8",
        "chosen-background": "#87afd7",
        "chosen-foreground": "#121212",
        "field": "#303030",
        "late": "#ff8787",
        "late-background": "#1c1c1c",
        "unread": "#87d7ff",
        "critical-background": "#af0000",
        "critical-foreground": "#ffffff",
        "confidential-background": "#5f5faf",
        "confidential-foreground": "#ffffff",
        "input-cursor-background": "#d0d0d0",
        "input-cursor-foreground": "#1c1c1c",
        "input-selection-background": "#005f87",
        "block-cursor-background": "#87afd7",
        "block-cursor-foreground": "#121212",
    },
)
LIGHT = Theme(
    name=ThemeName.LIGHT,
    primary="#005f87",
    secondary="#005f87",
    accent="#00005f",
    warning="#5f0000",
    error="#af0000",
    success="#005f00",
    foreground="#1c1c1c",
    background="#eeeeee",
    surface="#e4e4e4",
    panel="#dadada",
    dark=False,
    variables={
        "quiet": "#4e4e4e",
        "chosen-background": "#005f87",
        "chosen-foreground": "#ffffff",
        "field": "#ffffff",
        "late": "#af0000",
        "late-background": "#eeeeee",
        "unread": "#005faf",
        "critical-background": "#af0000",
        "critical-foreground": "#ffffff",
        "confidential-background": "#5f00af",
        "confidential-foreground": "#ffffff",
        "input-cursor-background": "#1c1c1c",
        "input-cursor-foreground": "#eeeeee",
        "input-selection-background": "#afd7ff",
        "block-cursor-background": "#005f87",
        "block-cursor-foreground": "#ffffff",
    },
)
CONTRAST = Theme(
    name=ThemeName.CONTRAST,
    primary="#ffffff",
    secondary="#ffffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ffff00",
    success="#ffffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables={
        "quiet": "#ffffff",
        "chosen-background": "#ffff00",
        "chosen-foreground": "#000000",
        "field": "#000000",
        "late": "#ffff00",
        "late-background": "#000000",
        "unread": "#00ffff",
        "critical-background": "#ffffff",
        "critical-foreground": "#000000",
        "confidential-background": "#00ffff",
        "confidential-foreground": "#000000",
        "input-cursor-background": "#ffff00",
        "input-cursor-foreground": "#000000",
        "input-selection-background": "#0000af",
        "block-cursor-background": "#ffff00",
        "block-cursor-foreground": "#000000",
    },
)
_CHIPS = {
    "critical-background": "ansi_red",
    "critical-foreground": "ansi_bright_white",
    "confidential-background": "ansi_magenta",
    "confidential-foreground": "ansi_bright_white",
}


def _of_sixteen(
    name: str,
    *,
    text: str,
    ground: str,
    chosen: tuple[str, str],
    marks: dict[str, str],
    selection: str = "ansi_blue",
    dark: bool = True,
) -> Theme:
    """Return a theme in the sixteen colours.

    Args:
        name: Its name.
        text: The colour of text.
        ground: What it stands before.
        chosen: Text and ground of what the cursor is on.
        marks: The colours that lead the eye: ``line``, ``accent``, ``error``, ``unread``, and
            those of chips where they are others.
        selection: What marked text stands before.
        dark: Whether the ground is.
    """
    front, behind = chosen
    cursors = {
        f"{kind}-{part}": colour
        for kind in ("chosen", "block-cursor", "input-cursor")
        for part, colour in (("foreground", front), ("background", behind))
    }
    return Theme(
        name=name, ansi=True, dark=dark, primary=marks["line"], secondary=marks["line"],
        accent=marks["accent"], warning=marks["accent"], success=text,
        error=marks["error"], foreground=text, background=ground, surface=ground, panel=ground,
        boost=ground,
        variables={
            **BUILTIN_THEMES["ansi-dark"].variables,
            **_CHIPS,
            **{key: value for key, value in marks.items() if "-" in key or key == "unread"},
            **cursors,
            "quiet": text,
            "field": ground,
            "late": marks.get("late-foreground", marks["error"]),
            "late-background": marks.get("late-background", ground),
            "input-selection-background": selection,
        },
    )  # fmt: skip


TERMINAL = _of_sixteen(
    ThemeName.TERMINAL,
    text="ansi_default",
    ground="ansi_default",
    chosen=("ansi_black", "ansi_cyan"),
    marks=dict.fromkeys(("line", "accent", "error", "unread"), "ansi_default"),
    selection="ansi_cyan",
)
"""What is before the terminal's ground is in its own text colour: nothing else is known to show."""
_DARK_16 = _of_sixteen(
    f"{DARK.name}{_FEW}",
    text="ansi_white",
    ground="ansi_black",
    chosen=("ansi_black", "ansi_cyan"),
    marks={
        "line": "ansi_cyan",
        "accent": "ansi_bright_yellow",
        "error": "ansi_bright_red",
        "unread": "ansi_bright_cyan",
    },
)
_LIGHT_16 = _of_sixteen(
    f"{LIGHT.name}{_FEW}",
    text="ansi_black",
    ground="ansi_white",
    chosen=("ansi_bright_white", "ansi_blue"),
    marks={
        "line": "ansi_black",
        "accent": "ansi_blue",
        "error": "ansi_black",
        "unread": "ansi_blue",
        "late-foreground": "ansi_bright_white",
        "late-background": "ansi_black",
    },
    selection="ansi_cyan",
    dark=False,
)
"""No red can be read before a Linux console's white: what is late is a chip there."""
_CONTRAST_16 = _of_sixteen(
    f"{CONTRAST.name}{_FEW}",
    text="ansi_bright_white",
    ground="ansi_black",
    chosen=("ansi_black", "ansi_white"),
    marks={
        "line": "ansi_bright_white",
        "accent": "ansi_bright_yellow",
        "error": "ansi_bright_yellow",
        "unread": "ansi_bright_cyan",
        "critical-background": "ansi_cyan",
        "critical-foreground": "ansi_black",
        "confidential-background": "ansi_blue",
    },
)
THEMES = (DARK, LIGHT, CONTRAST, TERMINAL)
"""All of them, in the order in which they are offered."""
EVERY = (*THEMES, _DARK_16, _LIGHT_16, _CONTRAST_16)
"""All that can be put on, those of sixteen colours too."""


def worn(name: str, colours: Colours) -> str:
    """Return the name of what is put on for a theme where so many colours are sent."""
    few = f"{name}{_FEW}"
    is_few = colours is Colours.SIXTEEN and any(each.name == few for each in EVERY)
    return few if is_few else name


DEFAULTS = {name: value for name, value in DARK.variables.items() if "cursor" not in name}
"""The tokens of our own that a theme from elsewhere would lack."""
