"""The themes: a dark one, one of high contrast, and the terminal's own 16 colours."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="eds-dark",
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
        "quiet": "#9e9e9e",
        "chosen-background": "#87afd7",
        "chosen-foreground": "#121212",
        "field": "#303030",
        "input-cursor-background": "#d0d0d0",
        "input-cursor-foreground": "#1c1c1c",
        "input-selection-background": "#005f87",
        "block-cursor-background": "#87afd7",
        "block-cursor-foreground": "#121212",
    },
)
CONTRAST = Theme(
    name="eds-contrast",
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
        "input-cursor-background": "#ffff00",
        "input-cursor-foreground": "#000000",
        "input-selection-background": "#0000af",
        "block-cursor-background": "#ffff00",
        "block-cursor-foreground": "#000000",
    },
)
TERMINAL = Theme(
    name="eds-terminal",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_cyan",
    accent="ansi_yellow",
    warning="ansi_yellow",
    error="ansi_bright_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    variables={
        **BUILTIN_THEMES["ansi-dark"].variables,
        "quiet": "ansi_default",
        "chosen-background": "ansi_cyan",
        "chosen-foreground": "ansi_black",
        "field": "ansi_default",
        "input-cursor-background": "ansi_white",
        "input-cursor-foreground": "ansi_black",
        "input-selection-background": "ansi_blue",
        "block-cursor-background": "ansi_cyan",
        "block-cursor-foreground": "ansi_black",
    },
)
THEMES = (DARK, CONTRAST, TERMINAL)
"""All of them, in the order in which they are offered."""

LABELS = {
    DARK.name: "Dark",
    CONTRAST.name: "High contrast",
    TERMINAL.name: "The terminal's own colours",
}
"""What people read for each."""

DEFAULTS = {name: value for name, value in DARK.variables.items() if "-" not in name} | {
    "chosen-background": DARK.variables["chosen-background"],
    "chosen-foreground": DARK.variables["chosen-foreground"],
}
"""The tokens of our own that a theme from elsewhere would lack."""
