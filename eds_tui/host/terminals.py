"""Finds out at the start what the terminal can show, from the environment alone.

A terminal is asked nothing: an old one would print the question, a slow line delays the answer.
"""

from __future__ import annotations

import codecs
import locale
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from eds_tui.domain.appearance import ColoursSent
from eds_tui.settings import Characters, InvalidSetting

UNUSABLE = frozenset({"", "dumb", "unknown"})
"""Values of TERM of which nothing is known: not even how to move the cursor."""

_MOVING = (
    "xterm", "linux", "screen", "tmux", "vt1", "vt2", "vt3", "vt4", "vt51", "vt520", "vt525",
    "rxvt", "putty", "konsole", "gnome", "vte", "alacritty", "foot", "kitty", "st-", "wezterm",
    "ghostty", "contour", "mintty", "mlterm", "nsterm", "iterm", "teraterm", "ms-terminal",
)  # fmt: skip
"""How the names of terminals begin that move the rows between two margins, as a VT100 does. Of any
other the old ones do not, and what is taken for moved would stand in the wrong place."""

LEAST_COLUMNS, LEAST_ROWS = 60, 20
"""The smallest window in which a call can be taken."""
MOST_COLUMNS, MOST_ROWS = 500, 200
"""The largest that is drawn: more than a wall of screens shows in letters that can be read."""

UTF_8 = "utf-8"
ASCII = "ascii"
_CONSOLE = "linux"
_BEGAN_AS = os.getpid()


class Colours(Enum):
    """How many colours are sent; the value is Textual's name for it."""

    NONE = "none"
    SIXTEEN = "standard"
    MANY = "256"
    ALL = "truecolor"

    @property
    def label(self) -> str:
        """What people read for it."""
        return _COLOUR_LABELS[self]


_COLOUR_LABELS = {
    Colours.NONE: "None",
    Colours.SIXTEEN: "Sixteen",
    Colours.MANY: "256",
    Colours.ALL: "16 million",
}


_SENT = {
    ColoursSent.NONE: Colours.NONE,
    ColoursSent.SIXTEEN: Colours.SIXTEEN,
    ColoursSent.MANY: Colours.MANY,
    ColoursSent.ALL: Colours.ALL,
}


@dataclass(frozen=True, slots=True)
class Found:
    """Something found of the terminal, and what says so."""

    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What the terminal can show."""

    charset: str
    """Python's name of the character set that bytes are in, both ways."""
    own: str
    """The character set that the characters on the screen are chosen from."""
    console: bool
    """Whether it is a Linux console, whose font lacks most symbols."""
    colours: Colours
    charset_why: str
    colours_why: str
    moves_rows: bool
    """Whether it moves rows by itself."""

    @property
    def is_plain(self) -> bool:
        """Whether there is any character that it can't be sent."""
        return self.own != UTF_8 or self.console


MODERN = Kind(UTF_8, UTF_8, False, Colours.ALL, "", "", True)
"""A terminal that shows everything; what a screen without a terminal is drawn for."""


def kind(
    environment: Mapping[str, str],
    characters: Characters = Characters.AUTO,
    stream: str = UTF_8,
    colours: ColoursSent = ColoursSent.AUTO,
) -> Kind:
    """Return what a terminal can show.

    Args:
        environment: As the program was started in; see ``started_in``.
        characters: The setting: ``ascii`` shows nothing else whatever the terminal knows,
            ``unicode`` takes it for one that knows all, anything else finds out.
        stream: The character set that Python writes to the terminal in.
        colours: The setting, for a terminal whose environment says what is not so.
    """
    found = _charset(environment, stream)
    own, console, why = found.value, environment.get("TERM") == _CONSOLE, found.why
    if characters is Characters.UNICODE:
        found, own, console, why = Found(UTF_8, ""), UTF_8, False, "the setting says so"
    elif characters is Characters.ASCII:
        own = ASCII if own == UTF_8 else own
        why = f"{found.why}; the setting wants plain characters"
    sent = _SENT.get(colours)
    many = _colours(environment) if sent is None else Found(sent.value, "the setting says so")
    moves_rows = environment.get("TERM", "").startswith(_MOVING)
    return Kind(found.value, own, console, Colours(many.value), why, many.why, moves_rows)


def here(
    characters: Characters | InvalidSetting,
    colours: ColoursSent | InvalidSetting = ColoursSent.AUTO,
) -> Kind:
    """Return what the terminal can show that the program runs in.

    Args:
        characters: The setting; one that can't be finds out what there is, like ``auto``.
        colours: The setting for these, likewise.
    """
    if isinstance(characters, InvalidSetting):
        characters = Characters.AUTO
    if isinstance(colours, InvalidSetting):
        colours = ColoursSent.AUTO
    stream = sys.__stderr__.encoding if sys.__stderr__ is not None else UTF_8
    return kind(started_in(), characters, stream, colours)


def started_in() -> dict[str, str]:
    """Return the environment as it was at the start.

    Where LANG is C, Python sets LC_CTYPE to C.UTF-8 for itself and what it starts: that says
    nothing about the terminal. A process that was forked from a preloaded one has its environment
    from its client, and what Linux knows of is the other's.
    """
    if os.getpid() != _BEGAN_AS:
        return dict(os.environ)
    try:
        data = Path("/proc/self/environ").read_bytes()
    except OSError:
        return dict(os.environ)
    before = [os.fsdecode(entry).partition("=") for entry in data.split(b"\0")]
    language = {name: value for name, _, value in before if name == "LC_CTYPE"}
    return {name: value for name, value in os.environ.items() if name != "LC_CTYPE"} | language


def _charset(environment: Mapping[str, str], stream: str) -> Found:
    written = _python_name(stream)
    if written != UTF_8:
        return Found(written, f"the program writes {stream}")
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        if value := environment.get(name):
            return Found(_of_locale(value), f"{name} is {value}")
    return Found(UTF_8, "neither LC_ALL, LC_CTYPE nor LANG says otherwise")


def _of_locale(name: str) -> str:
    """Return the character set of a locale; one that names none has the one it is known for."""
    plain = name.partition("@")[0]
    if plain in {"C", "POSIX"}:
        return ASCII
    _, _, charset = plain.partition(".")
    if not charset:
        _, _, charset = locale.normalize(name).partition("@")[0].partition(".")
    return _python_name(charset or ASCII)


def _python_name(charset: str) -> str:
    """Return Python's name, or ASCII for a set in which ASCII is no part or that steers."""
    try:
        name = codecs.lookup(charset).name
        plain = all(chr(byte).encode(name) == bytes([byte]) for byte in range(27, 127))
        steers = b"\x1b" in "日é".encode(name, "ignore")
    except (LookupError, UnicodeError):
        return ASCII
    return name if plain and not steers else ASCII


def _colours(environment: Mapping[str, str]) -> Found:
    if environment.get("NO_COLOR"):
        return Found(Colours.NONE.value, "NO_COLOR is set")
    term = environment.get("TERM", "")
    if environment.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return Found(Colours.ALL.value, f"COLORTERM is {environment['COLORTERM']}")
    if term.endswith("-direct"):
        return Found(Colours.ALL.value, f"TERM is {term}")
    if "256color" in term or term.endswith("-kitty"):
        return Found(Colours.MANY.value, f"TERM is {term}")
    return Found(Colours.SIXTEEN.value, f"TERM is {term}")
