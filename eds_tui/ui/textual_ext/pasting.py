"""A paste that comes in, and where it ends.

A terminal sets marks around what is pasted (bracketed paste), and many do not look whether the text
itself holds such a mark: behind one in its middle the rest would be taken for keys. And a mark may
be lost on the way. So the marks alone do not count, but also what comes together with them, and
how: nobody types many characters at once, or within milliseconds of a paste.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual._xterm_parser import BRACKETED_PASTE_END as END
from textual._xterm_parser import BRACKETED_PASTE_START as START
from textual.events import Paste

from eds_tui.domain.text import LONGEST_TEXT, without_unseen
from eds_tui.ui.textual_ext.typed import CutPaste

BURST_SECONDS = 0.02
"""What comes within so short a time is one burst: quicker than a person is after a paste."""
PASTE_SECONDS = 1.0
"""After how long a silence a paste is shown as far as it has come."""
LONGEST_PASTE = 4 * LONGEST_TEXT
"""Characters of a paste that are kept: more than any field takes, however its lines end."""
BY_HAND = 8
"""Characters that come at once when somebody types."""
_END = re.compile(re.escape(END))
_EITHER = re.compile(f"{re.escape(START)}|{re.escape(END)}")


class Pasting:
    """What is pasted, from the first mark on.

    It is open until the mark of its end has come. Then it trails: what the same burst brings behind
    the mark is text, too, and what follows that, until somebody types by hand or there is silence.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._room = LONGEST_PASTE
        self._dropped = 0
        self._trails = False
        self._goes_on = False
        self._held = ""
        self.aside = ""
        """What may have been typed by hand, should the mark of the end have been lost."""

    def is_over(self, data: str, gap: float) -> bool:
        """Return whether what has come now are keys again.

        Args:
            data: What has come.
            gap: Seconds since something came before it.
        """
        if gap < BURST_SECONDS:
            return False
        long_silence = gap >= PASTE_SECONDS
        if self._trails:
            return not self._goes_on or long_silence or self._is_by_hand(data)
        return self._is_by_hand(data) and (long_silence or bool(self.aside))

    def sets_aside(self, data: str, gap: float) -> bool:
        """Put aside what may have been typed by hand; return whether it was."""
        if self._trails or self.aside or gap < BURST_SECONDS or not self._is_by_hand(data):
            return False
        self.aside = data
        return True

    def _is_by_hand(self, data: str) -> bool:
        return len(data) <= BY_HAND and END not in self._held + self.aside + data

    def put(self, data: str) -> Iterator[Paste]:
        """Take more of it, and yield what has come to its end."""
        data, self._held, self.aside = self._held + self.aside + data, "", ""
        while data:
            found = (_EITHER if self._trails else _END).search(data)
            if found is None:
                data, self._held = _split(data)
                self._keep(data)
                return
            self._keep(data[: found.start()])
            yield from self.taken()
            self._trails, self._goes_on = found[0] == END, False
            data = data[found.end() :]

    def _keep(self, text: str) -> None:
        self._goes_on = True
        kept = text[: self._room]
        self._room -= len(kept)
        self._dropped += len(text) - len(kept)
        if kept:
            self._parts.append(kept)

    def taken(self) -> Iterator[Paste]:
        """Yield what has come so far and has not been taken yet."""
        text, self._parts = without_unseen("".join(self._parts).replace("\0", "")), []
        dropped, self._dropped = self._dropped, 0
        self._room = LONGEST_PASTE
        if dropped:
            yield CutPaste(text, dropped)
        elif text:
            yield Paste(text)

    def rest(self) -> Iterator[Paste]:
        """Yield all that has come and is no key; nothing more will."""
        self._keep(self._held)
        self._held = ""
        return self.taken()

    def tick(self, gap: float) -> Iterator[Paste]:
        """Yield what has come so far, after a silence of so many seconds."""
        if gap >= PASTE_SECONDS:
            if self.aside:
                self._keep(self._held + self.aside)
                self._held = self.aside = ""
            yield from self.taken()
        elif self._trails and gap >= BURST_SECONDS:
            yield from self.taken()


def _split(text: str) -> tuple[str, str]:
    """Split off the end of a text that may be the beginning of a mark."""
    for length in range(len(END) - 1, 0, -1):
        if text.endswith((END[:length], START[:length])):
            return text[:-length], text[-length:]
    return text, ""
