"""What the bytes of a terminal spell: keys, pasted text, answers of the terminal, or nothing.

Textual reads on until it knows a sequence, and types out what it does not know, an Escape first.
Here a sequence ends where the standard says that it ends (ECMA-48), and one that is not known does
nothing. It uses private parts of Textual, which is pinned; ``tests/ui/test_keyboard.py`` and
``tests/ui/test_pty_fuzz.py`` keep it honest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from time import monotonic

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import BRACKETED_PASTE_END as END
from textual._xterm_parser import BRACKETED_PASTE_START as START
from textual._xterm_parser import (
    FOCUSIN,
    FOCUSOUT,
    XTermParser,
    _re_cursor_position,
    _re_in_band_window_resize,
    _re_terminal_mode_response,
)
from textual.events import Key, Paste
from textual.keys import Keys
from textual.message import Message

PASTE_SECONDS = 1.0
"""After how long a silence a paste is shown as far as it has come."""
LONGEST_PASTE = 8_000_000
"""Characters of a paste that are kept."""
_BY_HAND = 8
"""Characters that come at once when somebody types."""
_LONGEST = 256
"""Characters of a sequence that are looked at."""

ESC = "\x1b"
_WHOLE = re.compile(
    r"""\x1b(?:
        \[\[[A-E]                           # function keys of the Linux console
      | \[M[^\x00-\x1f]{3}                  # an old report of the mouse
      | \[[0-?]*[ -/]*[@-~]                 # control sequence
      | O[0-?]*[ -~]                        # keypad and function keys
      | [\]PX^_][^\x00-\x1f]*(?:\x07|\x1b\\)   # answers that are strings
      | [^\x1b\[OPX^_\]]                    # Alt and a key
    )""",
    re.VERBOSE,
)
_BEGUN = re.compile(
    r"""\x1b(?:
        \[\[?
      | \[M[^\x00-\x1f]{0,2}
      | \[[0-?]*[ -/]*
      | O[0-?]*
      | [\]PX^_][^\x00-\x1f]*\x1b?
    )?\Z""",
    re.VERBOSE,
)
_BROKEN = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O[0-?]*|[\]PX^_][^\x00-\x1f]*)")
_ANSWERS = (_re_cursor_position, _re_in_band_window_resize, _re_terminal_mode_response)
_KEY = re.compile(
    r"""\x1b\[
    (?P<code>\d{0,7}) (?::[\d:]*)?              # the key, and what it is with Shift
    (?:;(?P<modifiers>\d{0,3}) (?::(?P<event>\d))?
    (?:;(?P<text>\d{1,7}(?::\d{1,7})*))?)?
    (?P<end>[u~ABCDEFHPQRS])""",
    re.VERBOSE,
)
_LET_GO = "3"
_OTHER_KEYS = re.compile(r"\x1b\[27;(?P<modifiers>\d{1,3});(?P<code>\d{1,7})~")
"""How xterm sends what has no sequence of its own."""
_CONTROLS = frozenset(map(ord, "\t\r\x1b"))


class KioskParser(XTermParser):
    """Reads what a terminal sends.

    Args:
        escape_seconds: After how long a silence an escape character that came alone is the key.
    """

    def __init__(self, escape_seconds: float = 0.1) -> None:
        super().__init__()
        self._escape_seconds = escape_seconds
        self._held = ""
        self._pasted: list[str] | None = None
        self._room = 0
        self._quiet_since = monotonic()

    def feed(self, data: str) -> Iterable[Message]:
        """Yield what the terminal said."""
        if self._pasted is not None and self._has_been_quiet(PASTE_SECONDS):
            yield from self._go_on_after_a_silence(data)
        self._quiet_since = monotonic()
        data, self._held = self._held + data, ""
        while data:
            if self._pasted is None:
                typed, mark, data = data.partition(START)
                yield from self._read(typed, more_comes=not mark)
                if mark:
                    self._pasted, self._room = [], LONGEST_PASTE
            else:
                text, mark, data = data.partition(END)
                if not mark:
                    text, self._held = _split(text)
                self._pasted.append(text[: self._room])
                self._room -= len(self._pasted[-1])
                if mark:
                    yield from self._paste()

    def tick(self) -> Iterable[Message]:
        """Yield what has been said, now that nothing more has come for a while."""
        if self._pasted is not None:
            if any(self._pasted) and self._has_been_quiet(PASTE_SECONDS):
                yield from self._paste()
                self._pasted = []
        elif self._held and self._has_been_quiet(self._escape_seconds):
            held, self._held = self._held, ""
            if held == ESC:
                yield Key("escape", ESC)
            elif held in ANSI_SEQUENCES_KEYS:
                yield from self._keys(held)

    def _has_been_quiet(self, seconds: float) -> bool:
        return monotonic() - self._quiet_since >= seconds

    def _go_on_after_a_silence(self, data: str) -> Iterator[Message]:
        """Take a paste for ended whose end has been lost, when somebody types again."""
        if len(data) <= _BY_HAND and END not in self._held + data:
            text, self._held = self._held, ""
            assert self._pasted is not None
            self._pasted.append(text)
            yield from self._paste()

    def _paste(self) -> Iterator[Message]:
        assert self._pasted is not None
        text, self._pasted = "".join(self._pasted), None
        if text:
            yield Paste(text.replace("\0", ""))

    def _read(self, data: str, *, more_comes: bool) -> Iterator[Message]:
        """Yield the keys of what was typed; what may go on is held until it does."""
        while data:
            plain, mark, rest = data.partition(ESC)
            if plain:
                yield from super().feed(plain)
            data = mark + rest
            if not data:
                return
            if more_comes and _BEGUN.match(data):
                # Of one that goes on and on no more is kept than tells what it is.
                cut = data[_LONGEST:]
                self._held = data[:_LONGEST] + (ESC if cut.endswith(ESC) else "")
                return
            if found := _WHOLE.match(data):
                yield from self._sequence(found[0])
                data = data[found.end() :]
            elif broken := _BROKEN.match(data):
                # What breaks a sequence off is not part of it.
                data = data[broken.end() :]
            else:
                yield Key("escape", ESC)
                data = data[1:]

    def _sequence(self, sequence: str) -> Iterable[Message]:
        if sequence in {FOCUSIN, FOCUSOUT} or any(each.match(sequence) for each in _ANSWERS):
            return super().feed(sequence)
        if sequence in ANSI_SEQUENCES_KEYS:
            return self._keys(sequence)
        if (key := _key(sequence)) is not None:
            return self._keys(key)
        if len(sequence) == 2:
            return self._sequence_to_key_events(sequence[1], alt=True)
        return ()

    def _keys(self, sequence: str) -> Iterable[Message]:
        return (key for key in self._sequence_to_key_events(sequence) if key.key != Keys.Ignore)


def _key(sequence: str) -> str | None:
    """Return the sequence of a key as Textual reads it; ``None`` where none is pressed."""
    if other := _OTHER_KEYS.fullmatch(sequence):
        sequence = f"\x1b[{other['code']};{other['modifiers']}u"
    found = _KEY.fullmatch(sequence)
    if found is None or found["event"] == _LET_GO:
        return None
    code, modifiers, _, text, end = found.groups()
    if end == "u":
        if not code or not _is_key(int(code)):
            return None
    elif f"{code or 1}{end}" not in FUNCTIONAL_KEYS:
        return None
    if text is None:
        return f"\x1b[{code};{modifiers or ''}{end}"
    if not all(_is_text(int(each)) for each in text.split(":")):
        return None
    return f"\x1b[{code};{modifiers};{text}{end}"


def _is_key(code: int) -> bool:
    return code in _CONTROLS or f"{code}u" in FUNCTIONAL_KEYS or _is_text(code)


def _is_text(code: int) -> bool:
    """Return whether a number is that of a character that can be typed."""
    return code == 0x7F or (code <= 0x10FFFF and unicodedata.category(chr(code)) not in _NO_TEXT)


_NO_TEXT = frozenset({"Cc", "Cs", "Co", "Cn"})


def _split(text: str) -> tuple[str, str]:
    """Split off the end of a text that may be the beginning of the end of a paste."""
    for length in range(len(END) - 1, 0, -1):
        if text.endswith(END[:length]):
            return text[:-length], text[-length:]
    return text, ""
