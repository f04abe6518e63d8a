"""Reads text from bytes: by their byte-order mark, else as UTF-8, and never half of it."""

from __future__ import annotations

import codecs

from eds_tui.domain.text import REPLACEMENT

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
"""The longer before those that they begin with."""
_SAVE = "Save it as UTF-8 and try again."
_NUL = 0x00


class NotText(ValueError):
    """Bytes are not the text that they are to be; the words say of which line, and why."""


def decoded(data: bytes, what: str) -> str:
    """Return the text that bytes spell, without a byte-order mark, its line breaks as they came.

    Args:
        data: In UTF-8, or in what a byte-order mark at their beginning says.
        what: What they are, as the beginning of a sentence: ``Standard input``.

    Raises:
        NotText: They spell none.
    """
    mark, codec, name = _encoding(data)
    body = data[len(mark) :]
    try:
        text = body.decode(codec)
    except UnicodeDecodeError as error:
        line = body[: error.start].decode(codec, "replace").count("\n") + 1
        raise NotText(f"{_why(what, body, error.start, line, name)} {_SAVE}") from None
    if "\0" in text:
        line = text.partition("\0")[0].count("\n") + 1
        also = " It looks like UTF-16 without a byte-order mark." if _is_half_empty(body) else ""
        raise NotText(f"{what} is no text: line {line} has a NUL character.{also} {_SAVE}")
    return text


def argument_text(argument: str, what: str) -> str:
    """Return the text of an argument of a program, in which bytes that spell none are escaped.

    Args:
        argument: As Python gives it, with a surrogate for each such byte.
        what: What it is, as the beginning of a sentence.

    Raises:
        NotText: There are such bytes in it.
    """
    argument = argument.removeprefix("\ufeff")
    escaped = next((place for place, char in enumerate(argument) if _is_surrogate(char)), None)
    if escaped is None:
        return argument
    line = argument[:escaped].count("\n") + 1
    shown = f"{ord(argument[escaped]) & 0xFF:02X}"
    raise NotText(f"{what} is not UTF-8: line {line} has the byte {shown}. Give it in UTF-8.")


def why_not_typed(text: str, charset: str) -> str:
    """Return why what came from a terminal can't be taken, in a sentence; empty where it can.

    Args:
        text: With a replacement character for each byte that was none.
        charset: The terminal's character set.
    """
    before, found, _ = text.partition(REPLACEMENT)
    if not found:
        return ""
    line = before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    return (
        f"Line {line} of that is not in {charset.upper()}, the encoding of this terminal. Nothing"
        " of it was taken; copy it anew, or type it."
    )


def _encoding(data: bytes) -> tuple[bytes, str, str]:
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return mark, codec, name
    return b"", "utf-8", ""


def _why(what: str, body: bytes, start: int, line: int, name: str) -> str:
    if name and name != "UTF-8":
        return f"{what} begins as {name} and is not: line {line} breaks off."
    return f"{what} is not UTF-8: line {line} has the byte {body[start]:02X}."


def _is_half_empty(body: bytes) -> bool:
    """Return whether every other byte of the beginning is NUL, as in Latin letters of UTF-16."""
    return any(set(body[side:64:2]) == {_NUL} for side in (0, 1))


def _is_surrogate(char: str) -> bool:
    return "\ud800" <= char <= "\udfff"
