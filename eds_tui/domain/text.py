"""Stores text from people as it came, and makes it harmless for a terminal when it is shown.

Text is kept byte for byte; what a terminal would act on is made visible on the way out, by
:func:`visible`, which everything that shows or prints text goes through.
"""

from __future__ import annotations

import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Stands for a character that can't be stored or must not reach a terminal."""

LONGEST_LINE = 200
"""Characters that a one-line field (caller, telephone) may have."""
LONGEST_TEXT = 8_000
"""Characters that a text of many lines may have (rule 5)."""

_JOINERS = frozenset({0x200C, 0x200D})
_INVISIBLE = {
    *(0x00AD, 0x061C, 0x180E, 0xFEFF),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE0080),
} - _JOINERS
_UNSEEN: dict[int, None] = dict.fromkeys({*_INVISIBLE, *range(0x80, 0xA0)} - {0x85})
_LINE_BREAKS = (0x0A, 0x85, 0x2028, 0x2029)
_ONE_LINE = {
    **dict.fromkeys([*range(0x80, 0xA0), *_INVISIBLE], REPLACEMENT),
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys(_LINE_BREAKS[1:], " "),
}
_MANY_LINES = {**_ONE_LINE, **dict.fromkeys(_LINE_BREAKS, "\n")}
_UNSTEADY_WIDTH: dict[int, None] = dict.fromkeys(
    [*range(0xFE00, 0xFE10), 0x20E3, *_JOINERS, *range(0x1F3FB, 0x1F400)]
)
_UNASSIGNED = frozenset({"Cn", "Co"})


def storable(text: str) -> str:
    """Replace the two things that no Unicode database holds: NUL and lone surrogates.

    Everything else, control characters included, is kept as it came.
    """
    if "\0" in text:
        text = text.replace("\0", REPLACEMENT)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = "".join(REPLACEMENT if "\ud800" <= char <= "\udfff" else char for char in text)
    return text


def without_unseen(text: str) -> str:
    """Leave out what nobody sees: what is pasted from a page or a mail is full of it.

    Characters that join others, as in some scripts and signs, are kept.
    """
    return text if text.isascii() else text.translate(_UNSEEN)


def visible(text: str, *, lines: bool = False) -> str:
    """Make control, invisible and direction-changing characters visible and harmless.

    Args:
        text: Any text at all, lone surrogates and escape sequences included.
        lines: Keep line breaks as line breaks; otherwise each becomes a visible sign.

    Returns:
        Text of the same reading in which nothing is left that a terminal would act on, but line
        breaks where they were asked for. A tab becomes one space; CR LF counts as one line break.
    """
    text = storable(text)
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\t", " ")
    if lines:
        return text.replace("\r\n", "\n").translate(_MANY_LINES)
    return text.translate(_ONE_LINE)


def one_line(text: str) -> str:
    """Return text as it goes into a list cell: one line, visible, of the same width everywhere.

    Line breaks and runs of blanks become one blank. Marks whose width terminals disagree on
    (variation selectors, joiners, skin tones, unassigned characters) are left out or replaced.
    """
    text = visible(" ".join(text.split()))
    if text.isascii():
        return text
    text = text.translate(_UNSTEADY_WIDTH)
    return "".join(
        REPLACEMENT if unicodedata.category(char) in _UNASSIGNED else char for char in text
    )


def first_line(text: str, limit: int = 200) -> str:
    """Return the start of a text as one line, at most ``limit`` characters long."""
    return one_line(text[: limit * 4])[:limit]
