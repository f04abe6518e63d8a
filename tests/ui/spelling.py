"""Spelling out what the bytes of a terminal are read as, on a line on which time is set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.events import Key, Paste
from textual.message import Message

from eds_tui.ui.textual_ext.keyboard import KioskParser
from eds_tui.ui.textual_ext.typed import TypedText

APART = 0.05
"""Seconds between two keys of somebody quick."""

START, END = "\x1b[200~", "\x1b[201~"

KEYS = {
    "a": "a",
    "\r": "enter",
    "\x1b[A": "up",
    "\x1bOA": "up",
    "\x1b[1;5A": "ctrl+up",
    "\x1bOP": "f1",
    "\x1b[11~": "f1",
    "\x1b[[A": "f1",
    "\x1b[17~": "f6",
    "\x1b[Z": "shift+tab",
    "\x1b[3~": "delete",
    "\x1b[H": "home",
    "\x1b[1~": "home",
    "\x1b[27u": "escape",
    "\x1b[13u": "enter",
    "\x1b[115;5u": "ctrl+s",
    "\x1b[115:83;5u": "ctrl+s",
    "\x1b[115;5:1u": "ctrl+s",
    "\x1b[115;5:2u": "ctrl+s",
    "\x1b[27;5;115~": "ctrl+s",
    "\x1b[57358u": "caps_lock",
    "\x1b\x7f": "ctrl+w",
}
"""What terminals send, and the key that it is: of xterm, PuTTY, the Linux console, kitty."""

NOTHING = (
    "\x1b[99A",
    "\x1b[u",
    "\x1b[19u",
    "\x1b[1114112u",
    "\x1b[55296u",
    "\x1b[99999999999999u",
    "\x1b[57344999u",
    "\x1b[115;5:3u",
    "\x1b[97;1;19u",
    "\x1b[97::;;:u",
    "\x1b[<0;1;1M",
    "\x1b[<0;1;1m",
    "\x1b[M \x84!",
    "\x1b[?1;2c",
    "\x1b[>41;354;0c",
    "\x1b[999z",
    "\x1b[1;2;3;4;5;6;7;8;9;10m",
    "\x1b[0 q",
    "\x1b]11;rgb:0000/0000/0000\x1b\\",
    "\x1b]52;c;cm0gLXJmIC8=\x07",
    "\x1bP>|xterm(370)\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1bOz",
    "\x1b[?2026;2$y",
    "\x1b[" + "1;" * 300 + "m",
    "\x1b]0;" + "n" * 5000 + "\x07",
    "\x1b[48;10000;10000;1;1t",
    "\x1b[48;24;80;480;800t",
    "\x1b[?2048;1$y",
    "\x1b[?2048;2$y",
    "\x1b[12;40R",
    "\x1b[" + "9" * 4400 + ";1R",
    "\x1b[?" + "9" * 40 + ";2$y",
    "\x1b[" + "9" * 5000 + "~",
)
"""Answers of terminals, sizes of windows, reports of the mouse, keys let go, numbers of no key."""


class Clock:
    """A clock that stands still until it is told otherwise."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def spelt(parser: KioskParser, pieces: Iterable[str]) -> list[str]:
    """Return the names of the keys in pieces of input, and what was pasted in quotes."""
    return [name for piece in pieces for name in _names(parser.feed(piece))]


def after_a_silence(parser: KioskParser) -> list[str]:
    """Return what is spelt when nothing more comes."""
    return list(_names(parser.tick()))


def _names(messages: Iterable[Message]) -> Iterator[str]:
    for message in messages:
        if isinstance(message, Paste):
            yield repr(message.text)
        elif isinstance(message, TypedText):
            yield from (key.key for key in message.each())
        elif isinstance(message, Key):
            yield message.key


class Line:
    """A reader, and the time at which something comes."""

    def __init__(self) -> None:
        self._clock = Clock()
        self._parser = KioskParser(0.1, self._clock)

    def hears(self, data: str, after: float = 0.0) -> list[str]:
        """Return what is spelt by what comes after so many seconds."""
        return self.waits(after) + spelt(self._parser, [data])

    def waits(self, seconds: float) -> list[str]:
        """Return what is spelt while nothing comes and the program looks now and then."""
        said = []
        for _ in range(round(seconds * 100)):
            self._clock.now += 0.01
            said += after_a_silence(self._parser)
        return said
