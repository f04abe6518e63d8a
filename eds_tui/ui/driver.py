"""How keys come in: whatever bytes a terminal sends, none of them ends the program.

Textual's own reader stops at a byte that is not UTF-8. This one replaces private parts of Textual,
which is pinned; ``tests/ui/test_bytes_invalid.py`` and ``tests/ui/test_pty_input.py`` keep it
honest.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Iterable

from textual import constants
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from eds_tui.ui.keyboard import KioskParser

_READ = 4096
_TICK = 0.1
_OVER_SSH = 0.3
"""Seconds in which the rest of an arrow key comes, on a line that stutters."""


class KioskDriver(LinuxDriver):
    """Reads what the terminal sends; bytes that are no UTF-8 become replacement characters."""

    def _run_input_thread(self) -> None:
        """Read until the program ends, or hand it the error that ended the reading."""
        try:
            self.run_input_thread()
        except Exception as error:
            self._app.call_later(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Read until the program ends."""
        parser = KioskParser(_escape_seconds())
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                for _ in selector.select(_TICK):
                    data = os.read(self.fileno, _READ)
                    if not data:
                        self._app.call_later(self._app.run_action, "app.hang_up")
                        return
                    # A character of which only a part has come is no text yet.
                    if text := decode(data):
                        self._process(parser.feed(text))
                self._process(parser.tick())

    def _process(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)


def _escape_seconds() -> float:
    if "ESCDELAY" not in os.environ and "SSH_CONNECTION" in os.environ:
        return _OVER_SSH
    return constants.ESCAPE_DELAY
