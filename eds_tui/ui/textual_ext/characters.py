"""Characters for terminals that lack some: each in as many cells as the one it stands for.

Own symbols, and the marks that word processors put into what people paste, have a lookalike. Any
other character that the terminal's set lacks is a question mark: what it was is not guessed.

A Linux console takes UTF-8, but its font has 256 or 512 glyphs. Every such font has those of
code page 437, with the lines of frames and the arrows; symbols that it lacks get their lookalike
there, too, while letters are left to the font.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from rich.cells import split_graphemes

from eds_tui.host.terminals import UTF_8, Kind

_LOOKALIKES = str.maketrans(
    "│┃║┆┊─━═┄┈┌┐└┘├┤┬┴┼╔╗╚╝╭╮╰╯▸▶►◂◀◄…·•●»«–—\u2010\u2011\u2212‘’\u201a“”„↑↓←→×✓\u00a0▔▁▂▃▄▅▆▇█▉▊▋▌▍▎▏▀",
    "|||||-----+++++++++++++++++>>><<<~.**#<-----''," + '"""' + "^v<>xx -___#######|||||#",
)
_CONSOLE_ARROWS = "↑↓←→"
"""In the fonts of consoles at places that Python's code page has no characters at."""


def shown(text: str, kind: Kind) -> str:
    """Return a text as a terminal is to be sent it; every character keeps its cells."""
    if not kind.is_plain or text.isascii():
        return text
    return _shown(text, kind.own, kind.console)


@lru_cache(maxsize=2048)
def _shown(text: str, own: str, console: bool) -> str:
    return "".join(
        _cluster(text[start:end], width, own, console)
        for start, end, width in split_graphemes(text)[0]
    )


def _cluster(cluster: str, width: int, own: str, console: bool) -> str:
    composed = normalize("NFC", cluster)
    alike = composed.translate(_LOOKALIKES)
    if console and alike != composed:
        known = composed in _CONSOLE_ARROWS if own == UTF_8 else False
        if not known and not _has(composed, "cp437"):
            return alike
    if _has(composed, own):
        return composed if own != UTF_8 else cluster
    return alike if _has(alike, own) else "?" * width


def _has(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
