"""What the bytes of a terminal spell: keys, pasted text, answers of the terminal, or nothing.

Textual reads on until it knows a sequence, and types out what it does not know, an Escape first.
Here a sequence ends where the standard says that it ends (ECMA-48), and one that is not known does
nothing. It uses private parts of Textual, which is pinned; ``tests/ui/test_keyboard.py`` and
``tests/ui/test_pty_fuzz.py`` keep it honest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from time import monotonic

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import BRACKETED_PASTE_START as START
from textual._xterm_parser import FOCUSIN, FOCUSOUT, XTermParser
from textual.events import Key
from textual.keys import Keys
from textual.message import Message

from eds_tui.ui.textual_ext.pasting import BURST_SECONDS, BY_HAND, Pasting
from eds_tui.ui.textual_ext.typed import TypedText

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
      | [^\x1b\[OPX^_\]]                    # Escape and a key: no terminal's Alt is used
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
_SYNCHRONIZES = re.compile(r"\x1b\[\?2026;[0-4]\$y")
"""The one answer that has been asked for. Others, of sizes and places, would come from anybody."""
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
_STRING = re.compile(r"\x1b[\]PX^_]")
_CONTROLS = frozenset(map(ord, "\t\r\x1b"))


class KioskParser(XTermParser):
    """Reads what a terminal sends.

    Args:
        escape_seconds: After how long a silence an escape character that came alone is the key.
        clock: Seconds that pass.
    """

    def __init__(self, escape_seconds: float = 0.1, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._escape_seconds = escape_seconds
        self._clock = clock
        self._held = ""
        self._by_hand = 0
        self._answered = False
        self._pasting: Pasting | None = None
        self._heard_at = clock()

    def feed(self, data: str) -> Iterable[Message]:
        """Yield what the terminal said."""
        gap = self._gap()
        if self._pasting is None:
            self._give_up_string(data, gap)
            yield from self._typed(data)
        elif self._pasting.is_over(data, gap):
            yield from self._give_back(self._pasting, data, gap)
        elif not self._pasting.sets_aside(data, gap):
            yield from self._pasting.put(data)
        self.go_on()

    def _give_up_string(self, data: str, gap: float) -> None:
        """Forget a string without end, at the second time that somebody types by hand into it."""
        if not _STRING.match(self._held) or gap < BURST_SECONDS or not _is_by_hand(data):
            self._by_hand = 0
        elif self._by_hand:
            self._held, self._by_hand = "", 0
        else:
            self._by_hand = 1

    def go_on(self) -> None:
        """Count silence from now: what may have come before could not be read."""
        self._heard_at = self._clock()

    def tick(self) -> Iterable[Message]:
        """Yield what has been said, now that nothing more has come for a while."""
        if self._pasting is not None:
            yield from self._pasting.tick(self._gap())
        elif self._held and self._gap() >= self._escape_seconds:
            held, self._held = self._held, ""
            if held == ESC:
                yield Key("escape", ESC)
            elif held in ANSI_SEQUENCES_KEYS:
                yield from self._keys(held)

    def _gap(self) -> float:
        return self._clock() - self._heard_at

    def _give_back(self, pasting: Pasting, data: str, gap: float) -> Iterator[Message]:
        """End a paste, and take what has been typed since for keys."""
        self._pasting = None
        yield from pasting.rest()
        if gap >= self._escape_seconds:
            yield from self._read(pasting.aside, more_comes=False)
        else:
            data = pasting.aside + data
        yield from self._typed(data)

    def _typed(self, data: str) -> Iterator[Message]:
        data, self._held = self._held + data, ""
        typed, mark, pasted = data.partition(START)
        yield from self._read(typed, more_comes=not mark)
        if mark:
            self._pasting = Pasting()
            yield from self._pasting.put(pasted)

    def _read(self, data: str, *, more_comes: bool) -> Iterator[Message]:
        """Yield the keys of what was typed; what may go on is held until it does."""
        while data:
            plain, mark, rest = data.partition(ESC)
            if plain:
                yield from self._plain(plain)
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

    def _plain(self, text: str) -> Iterator[Message]:
        if len(text) > BY_HAND and text.isprintable():
            yield TypedText(text)
            return
        for printable, characters in groupby(text, str.isprintable):
            run = "".join(characters)
            if printable and len(run) > BY_HAND:
                yield TypedText(run)
            else:
                yield from super().feed(run)

    def _sequence(self, sequence: str) -> Iterable[Message]:
        if len(sequence) > _LONGEST:
            return ()
        if sequence in {FOCUSIN, FOCUSOUT}:
            return super().feed(sequence)
        if _SYNCHRONIZES.fullmatch(sequence):
            first, self._answered = not self._answered, True
            return super().feed(sequence) if first else ()
        if len(sequence) == len(ESC) + 1 and sequence[1].isprintable():
            return self._escape_and(sequence[1])
        if sequence in ANSI_SEQUENCES_KEYS:
            return self._keys(sequence)
        if (key := _key(sequence)) is not None:
            return self._keys(key)
        return self._escape_and(sequence[1]) if len(sequence) == len(ESC) + 1 else ()

    def _escape_and(self, following: str) -> Iterator[Message]:
        """Yield Escape and the key behind it, however fast they came (rule 53)."""
        yield Key("escape", ESC)
        yield from self._plain(following)

    def _keys(self, sequence: str) -> Iterable[Message]:
        return (key for key in self._sequence_to_key_events(sequence) if key.key != Keys.Ignore)


def _is_by_hand(data: str) -> bool:
    """Return whether somebody may have typed these characters, who means no sequence."""
    return len(data) <= BY_HAND and data.isprintable()


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
