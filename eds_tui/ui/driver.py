"""How keys come in: whatever bytes a terminal sends, none of them ends the program.

Textual's own reader stops at a byte that is not UTF-8. This one replaces private parts of Textual,
which is pinned; ``tests/ui/test_bytes_invalid.py`` and ``tests/ui/test_pty_input.py`` keep it
honest.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from typing import Any

from textual import constants
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from eds_tui.terminals import ASCII, UTF_8
from eds_tui.ui.keyboard import KioskParser
from eds_tui.ui.output import Output

_READ = 4096
_TICK = 0.1
_COLUMNS, _ROWS = 80, 24
"""Of a terminal that does not know its size."""
_OVER_SSH = 0.3
"""Seconds in which the rest of an arrow key comes, on a line that stutters."""


class KioskDriver(LinuxDriver):
    """Reads what the terminal sends, and writes, in its own character set.

    Bytes that are none of it become replacement characters. What goes to the terminal never holds
    the program up.
    """

    _charset = UTF_8
    heard = b""
    """What came last, as it came."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._output: Output | None = None
        self.deaf: Callable[[Exception], object] = app._handle_exception
        """Called with the error that ended the reading: nobody can type any more."""

    def speak(self, charset: str) -> None:
        """Read and write in a character set from now on."""
        self._charset = charset
        if isinstance(self._file, TextIOWrapper):
            self._file.reconfigure(encoding=charset, errors="replace")

    @property
    def is_behind(self) -> bool:
        """Whether the terminal does not keep up: what is painted now would only wait."""
        return self._output is not None and self._output.is_behind

    def write(self, data: str) -> None:
        """Have text written to the terminal."""
        if self._output is None:
            assert self._file is not None
            self._output = Output(
                self._file.fileno(), self._charset, self._caught_up, self._hung_up
            )
            self._output.start()
        self._output.write(data)

    def _get_terminal_size(self) -> tuple[int, int]:
        """Return columns and rows as the terminal has them, whatever the environment says."""
        try:
            columns, rows = os.get_terminal_size(self.fileno)
        except OSError:
            columns, rows = 0, 0
        return columns or _COLUMNS, rows or _ROWS

    def close(self) -> None:
        """Let what has been written arrive, if it can."""
        super().close()
        if self._output is not None:
            self._output.end()

    def _caught_up(self) -> None:
        self._app.call_later(self._app.run_action, "app.redraw")

    def _hung_up(self) -> None:
        self._app.call_later(self._app.run_action, "app.hang_up")

    def _run_input_thread(self) -> None:
        """Read until the program ends, or hand it the error that ended the reading."""
        try:
            self.run_input_thread()
        except Exception as error:
            self._app.call_later(self.deaf, error)

    def run_input_thread(self) -> None:
        """Read until the program ends."""
        parser = KioskParser(_escape_seconds())
        # Who says that a terminal knows ASCII alone is often wrong, and its letters would be lost.
        heard = UTF_8 if self._charset == ASCII else self._charset
        decode = getincrementaldecoder(heard)("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                for _ in selector.select(_TICK):
                    data = self._read()
                    if not data:
                        self._hung_up()
                        return
                    self.heard = data
                    # A character of which only a part has come is no text yet.
                    if text := decode(data):
                        self._process(parser.feed(text))
                self._process(parser.tick())

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _READ)
        except OSError:
            # The other end of the terminal is gone.
            return b""

    def _process(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)


def _escape_seconds() -> float:
    if "ESCDELAY" not in os.environ and "SSH_CONNECTION" in os.environ:
        return _OVER_SSH
    return constants.ESCAPE_DELAY
