"""Reads what a terminal sends, as far as there is room for it, until it is gone."""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from select import POLLIN, poll
from threading import Event

from textual.message import Message

from eds_tui.ui.textual_ext.backlog import Backlog
from eds_tui.ui.textual_ext.keyboard import KioskParser
from eds_tui.ui.textual_ext.typed import weight

_READ = 4096
"""Bytes, as many as the kernel keeps of a line."""
_MUCH = 1024
"""Bytes at once that nobody types: more of them comes, if at all, in no time."""
_MORE_MS = 5
_MOST = 32_768
"""Bytes of plain text that are taken together."""
_TICK = 0.1
"""Seconds between two looks at what only time decides."""


class KeyReader:
    """Turns bytes into messages. Bytes of no character become replacement characters.

    Args:
        fileno: The terminal.
        charset: The terminal's character set.
        escape_seconds: After how long a silence an escape character that came alone is the key.
        backlog: What has been read and has had no effect yet; while it is full nothing is read.
        say: Takes each message, in the thread that reads.
    """

    def __init__(
        self,
        fileno: int,
        charset: str,
        escape_seconds: float,
        backlog: Backlog,
        say: Callable[[Message], None],
    ) -> None:
        self._fileno = fileno
        self._charset = charset
        self._escape_seconds = escape_seconds
        self._backlog = backlog
        self._say = say
        self._forgets = False
        self.heard = b""
        """What came last, as it came."""
        self._begin()

    def _begin(self) -> None:
        self._parser = KioskParser(self._escape_seconds)
        # A character of which only a part has come is no text yet.
        self._decode = getincrementaldecoder(self._charset)("replace").decode

    def forget(self) -> None:
        """Take no notice of what has been sent up to now and could not be read yet.

        That is what comes without a pause, where reading has stopped: the kernel holds some of it,
        and those who sent it hold the rest.
        """
        self._forgets = self._forgets or self._backlog.is_full

    def run(self, ends: Event) -> bool:
        """Read until the program ends, or the terminal is gone.

        Args:
            ends: Set when the program ends.

        Returns:
            Whether the terminal is gone.
        """
        any_data, gone_alone = poll(), poll()
        any_data.register(self._fileno, POLLIN)
        gone_alone.register(self._fileno, 0)
        while not ends.is_set():
            if self._backlog.is_full:
                if gone_alone.poll(0):
                    return True
                self._backlog.wait(_TICK)
                self._parser.go_on()
            elif any_data.poll(_TICK * 1000):
                if not self._take(any_data):
                    return True
            elif self._forgets:
                # A pause: what comes from now on is typed by somebody who sees what is shown.
                self._forgets = False
                self._begin()
            else:
                self._pass_on(self._parser.tick())
        return False

    def _take(self, any_data: poll) -> bool:
        """Read what is there; return whether there is a terminal."""
        data = more = self._read()
        # Control characters are keys, of which each costs as much as a page of text.
        while len(more) >= _MUCH and min(more) >= 0x20 and len(data) < _MOST:
            more = self._read() if any_data.poll(_MORE_MS) else b""
            data += more
        if not self._forgets and (text := self._decode(data)):
            self.heard = data
            self._pass_on(self._parser.feed(text))
            self._pass_on(self._parser.tick())
        return bool(data)

    def _read(self) -> bytes:
        try:
            return os.read(self._fileno, _READ)
        except OSError:
            # The other end of the terminal is gone.
            return b""

    def _pass_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            if self._forgets:
                return
            if weight(message):
                self._backlog.came(message)
            self._say(message)
