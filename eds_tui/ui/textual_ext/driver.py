"""How keys come in: whatever bytes a terminal sends, none of them ends the program.

Textual's own reader stops at a byte that is not UTF-8. This one replaces private parts of Textual,
which is pinned; ``tests/ui/test_bytes_invalid.py`` and ``tests/ui/test_pty_input.py`` keep it
honest.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from io import TextIOWrapper
from typing import Any

from textual import constants
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from eds_tui.host.terminals import ASCII, MOST_COLUMNS, MOST_ROWS, UTF_8
from eds_tui.ui.textual_ext.backlog import Backlog
from eds_tui.ui.textual_ext.key_reader import KeyReader
from eds_tui.ui.textual_ext.output import Output

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
    _reader: KeyReader | None = None

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
        self.backlog = Backlog()
        """What has been read and has had no effect yet; told of the effect by the program."""

    def speak(self, charset: str) -> None:
        """Read and write in a character set from now on."""
        self._charset = charset
        if isinstance(self._file, TextIOWrapper):
            self._file.reconfigure(encoding=charset, errors="replace")

    @property
    def heard(self) -> bytes:
        """What came last, as it came."""
        return self._reader.heard if self._reader is not None else b""

    def forget_keys(self) -> None:
        """Take no notice of what was typed up to now and could not be read yet."""
        if self._reader is not None:
            self._reader.forget()

    @property
    def is_behind(self) -> bool:
        """Whether the terminal does not keep up: what is painted now would only wait."""
        return self._output is not None and self._output.is_behind

    @property
    def can_suspend(self) -> bool:
        """Whether the program may be suspended: never, for behind it there is a shell."""
        return False

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
        """Return columns and rows as the terminal has them, whatever the environment says.

        Of a larger window no more is drawn than the most: its cells cost memory and time.
        """
        try:
            columns, rows = os.get_terminal_size(self.fileno)
        except OSError:
            columns, rows = 0, 0
        return min(columns or _COLUMNS, MOST_COLUMNS), min(rows or _ROWS, MOST_ROWS)

    def _query_in_band_window_resize(self) -> None:
        """Ask for no sizes among the keys: the kernel tells them, and nobody can type them in."""

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
        # Who says that a terminal knows ASCII alone is often wrong, and its letters would be lost.
        heard = UTF_8 if self._charset == ASCII else self._charset
        self._reader = KeyReader(
            self.fileno, heard, _escape_seconds(), self.backlog, self.process_message
        )
        if self._reader.run(self.exit_event):
            self._hung_up()


def _escape_seconds() -> float:
    if "ESCDELAY" not in os.environ and "SSH_CONNECTION" in os.environ:
        return _OVER_SSH
    return constants.ESCAPE_DELAY
