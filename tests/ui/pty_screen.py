"""A terminal's screen that treats wide characters as terminals do, and what it may be sent."""

from __future__ import annotations

import re
import unicodedata

import pyte

_SENT_BY_TEXTUAL = re.compile(
    r"\x1b\[\d+;\d+r\x1b\[\d+;1H(?:(?:\r?\n)+|(?:\x1bM)+)\x1b\[r"  # moving rows, as a whole
    r"|\x1b\[(?:"
    r"[\d;]*[mH]"  # colours, and moving the cursor
    r"|\?(?:7|25|1004|1049|2004|2026)[hl]"  # wrapping, cursor, focus, whole screen, paste, sync
    r"|\?(?:2026|2048)\$p"  # what the terminal knows of
    r"|>\d+u|<u"  # keys that leave no doubt
    r")"
)
_JOINERS = "\u200c\u200d"
_DANGEROUS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class TerminalScreen(pyte.Screen):
    """A screen on which overwriting one half of a wide character blanks its other half."""

    def draw(self, data: str) -> None:
        """Put characters on the screen; what has no width joins the character before it."""
        line = self.buffer[self.cursor.y]
        for char in data:
            width = _width(char)
            if width == 0:
                self._join(char)
                continue
            x = min(self.cursor.x, self.columns - width)
            self._part(x)
            self._part(x + width)
            line[x] = self.cursor.attrs._replace(data=char)
            if width == 2:
                line[x + 1] = self.cursor.attrs._replace(data="")
            self.cursor.x = x + width
        self.dirty.add(self.cursor.y)

    def _join(self, char: str) -> None:
        line = self.buffer[self.cursor.y]
        x = self.cursor.x - 1
        while x > 0 and not line[x].data:
            x -= 1
        if x >= 0:
            line[x] = line[x]._replace(data=line[x].data + char)

    def _part(self, x: int) -> None:
        """Blank the wide character that has its second half at a place."""
        line = self.buffer[self.cursor.y]
        if 0 < x < self.columns and not line[x].data:
            line[x - 1] = line[x - 1]._replace(data=" ")
            line[x] = line[x]._replace(data=" ")

    @property
    def display(self) -> list[str]:
        """The lines."""
        return ["".join(self.cells(y)) for y in range(self.lines)]

    def cells(self, y: int) -> list[str]:
        """Return the text of every cell of a line; the second half of a wide one has none."""
        return [self.buffer[y][x].data for x in range(self.columns)]


def stray(sent: bytes) -> list[str]:
    """Return all that was sent and is neither text nor what a Textual program says of itself.

    Args:
        sent: Whole characters in UTF-8.
    """
    text = _SENT_BY_TEXTUAL.sub("", sent.decode())
    return [
        text[max(0, place - 10) : place + 20]
        for place, char in enumerate(text)
        if char not in _JOINERS and unicodedata.category(char) in _DANGEROUS
    ]


def _width(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
