"""How keys come in: whatever bytes a terminal sends, none of them ends the program.

Textual's own reader stops at a byte that is not UTF-8, and does what an escape character within a
paste seems to ask for. This one replaces private parts of Textual, which is pinned;
``tests/ui/test_bytes_invalid.py`` and ``tests/ui/test_pty_input.py`` keep it honest.
"""

from __future__ import annotations

import selectors
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from os import read

from textual._xterm_parser import BRACKETED_PASTE_END as END
from textual._xterm_parser import BRACKETED_PASTE_START as START
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Paste
from textual.message import Message

from eds_tui.terminals import UTF_8

_READ = 4096
_TICK = 0.1


class KioskParser(XTermParser):
    """Takes a paste for text to its end, whatever is in it."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pasted: list[str] | None = None
        self._held = ""

    def feed(self, data: str) -> Iterable[Message]:
        """Yield what the terminal said."""
        data, self._held = self._held + data, ""
        while data:
            if self._pasted is None:
                keys, mark, data = data.partition(START)
                if mark:
                    self._pasted = []
                else:
                    keys, self._held = _split(keys, START, 2)
                if keys:
                    yield from super().feed(keys)
            else:
                text, mark, data = data.partition(END)
                if not mark:
                    text, self._held = _split(text, END, 1)
                self._pasted.append(text)
                if mark:
                    yield from self._paste(self._pasted)

    def _paste(self, parts: list[str]) -> Iterator[Message]:
        self._pasted = None
        yield Paste("".join(parts).replace("\0", ""))


def _split(text: str, mark: str, shortest: int) -> tuple[str, str]:
    """Split off the end of a text that may be the beginning of a mark."""
    for length in range(len(mark) - 1, shortest - 1, -1):
        if text.endswith(mark[:length]):
            return text[:-length], text[-length:]
    return text, ""


class KioskDriver(LinuxDriver):
    """Reads what the terminal sends, and writes, in its own character set.

    Bytes that are none of it become replacement characters.
    """

    _charset = UTF_8
    heard = b""
    """What came last, as it came."""

    def speak(self, charset: str) -> None:
        """Read and write in a character set from now on."""
        self._charset = charset
        if isinstance(self._file, TextIOWrapper):
            self._file.reconfigure(encoding=charset, errors="replace")

    def _run_input_thread(self) -> None:
        """Read until the program ends, or hand it the error that ended the reading."""
        try:
            self.run_input_thread()
        except Exception as error:
            self._app.call_later(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Read until the program ends."""
        parser = KioskParser(self._debug)
        decode = getincrementaldecoder(self._charset)("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                for _ in selector.select(_TICK):
                    data = read(self.fileno, _READ)
                    if not data:
                        self._app.call_later(self._app.run_action, "app.hang_up")
                        return
                    self.heard = data
                    # A character of which only a part has come is no text yet.
                    if text := decode(data):
                        self._process(parser.feed(text))
                self._process(parser.tick())

    def _process(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)
