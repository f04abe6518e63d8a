"""The kiosk in a pseudo-terminal, with somebody at it who types and looks."""

from __future__ import annotations

import os
import re
import select
import sys
import termios
from codecs import getincrementaldecoder
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Self

import pyte

from tests.factories import PASSWORD
from tests.loaded import start_loaded
from tests.terminal import PATIENCE, QUIET, Start, Terminal
from tests.ui.pty_screen import TerminalScreen

ROOT = Path(__file__).parents[2]
QUEUE = "n New call"
"""At the foot of the queue, and nowhere else."""
SIGN_IN = "Password"
CALL = "Log call"
"""At the foot of the form of a call."""

KIOSK = ("-m", "eds_tui")

_TAKEN_AT_START = ("LANG", "LC_", "PYTHON")
"""How the names begin of what the interpreter reads before a line of the program is run."""


class Person(Terminal):
    """Somebody at a terminal in which a program runs.

    Args:
        command: The program and its arguments.
        environment: More variables.
        charset: The character set of the terminal.
        start: Starts it, in another way than executing it.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        charset: str = "utf-8",
        start: Start | None = None,
    ) -> None:
        self.sent = b""
        """All that the program has sent to the terminal."""
        super().__init__(command, environment, start=start)
        os.set_blocking(self._line, False)
        self._screen = TerminalScreen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        vars(self._stream)["utf8_decoder"] = getincrementaldecoder(charset)("replace")

    def __enter__(self) -> Self:
        """Give whoever sits there."""
        return self

    @property
    def screen(self) -> TerminalScreen:
        """What the terminal shows."""
        assert isinstance(self._screen, TerminalScreen)
        return self._screen

    def _take(self, timeout: float) -> bool:
        before = len(self._undrawn)
        taken = super()._take(timeout)
        self.sent += b"".join(data for _, data in self._undrawn[before:])
        return taken

    def settle(self, quiet: float = QUIET, longest: float = PATIENCE, *, draw: bool = True) -> None:
        """Wait until nothing has come for a while, and not because the program waits for its turn.

        Args:
            quiet: The while, in seconds.
            longest: Seconds after which to go on although bytes still come.
            draw: Put what came on the screen, too; only then is the program's turn waited for.
        """
        end = monotonic() + longest
        super().settle(quiet, longest, draw=draw)
        while draw and self._is_at_work() and (left := end - monotonic()) > 0:
            super().settle(quiet, left)

    def _is_at_work(self) -> bool:
        """Return whether a thread of the program runs, waits for a processor or for the disk."""
        return any(map(_is_at_work, Path(f"/proc/{self.process}/task").glob("*/stat")))

    def write(self, data: bytes | str) -> None:
        """Type, however much, taking what the program sends meanwhile."""
        left = data.encode() if isinstance(data, str) else data
        end = monotonic() + PATIENCE
        while left:
            assert monotonic() < end, "The program takes no more keys."
            readable, writable, _ = select.select([self._line], [self._line], [], 1)
            if readable:
                self._take(0)
            if writable:
                left = left[os.write(self._line, left[:4096]) :]

    def reads_keys(self) -> None:
        """Wait until the terminal is set up for keys; nothing is painted yet."""
        end = monotonic() + PATIENCE
        while b"\x1b[?2004h" not in self.sent:
            assert monotonic() < end, "The program does not begin."
            self._take(0.05)

    def see(self, *texts: str) -> None:
        """Wait until texts are on the screen, each within a line."""
        for text in texts:
            self.wait_for(re.escape(text))

    def see_no_more(self, text: str) -> None:
        """Wait until a text is gone from the screen."""
        self.wait_for(rf"(?s)\A(?!.*{re.escape(text)})")

    def ask(self, keys: bytes | str, *texts: str) -> None:
        """Type, and wait until texts are on the screen."""
        self.write(keys)
        self.see(*texts)

    def sign_in(self, login: str = "handler", sees: str = QUEUE) -> None:
        """Sign in and wait until home is painted."""
        self.see(SIGN_IN)
        self.ask(f"{login}\r{PASSWORD}\r", sees)

    def begin_call(self) -> None:
        """Sign in and go to the form of a call."""
        self.sign_in()
        self.ask("n", CALL)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self.settle()
        self._screen.resize(rows, columns)
        termios.tcsetwinsize(self._line, (rows, columns))

    def hung_up(self) -> int:
        """Let the terminal vanish, wait until the program has ended and return its exit code."""
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, self._line)
        os.close(nothing)
        return self.ended()

    def resize_now(self, columns: int, rows: int) -> None:
        """Change the size of the window while the program paints; what it sends is not drawn."""
        self._take(0)
        termios.tcsetwinsize(self._line, (rows, columns))

    def cells(self) -> list[list[str]]:
        """Return the text of every cell."""
        return [self.screen.cells(y) for y in range(self.screen.lines)]

    def picture(self) -> list[list[str]]:
        """Return the text of every cell, but no digit of the top line: a minute may have passed."""
        top, *rest = self.cells()
        return [["#" if cell.isdigit() else cell for cell in top], *rest]

    def ended(self) -> int:
        """Wait until the program has ended and return its exit code, or -1 when it was killed."""
        end = monotonic() + PATIENCE
        while monotonic() < end:
            self._take(0.05)
            options = os.WEXITED | os.WNOHANG | os.WNOWAIT
            if (status := os.waitid(os.P_PID, self.process, options)) is not None:
                while self._take(0.05):
                    pass
                self._draw()
                return status.si_status if status.si_code == os.CLD_EXITED else -1
        raise AssertionError("The program goes on.")


def _is_at_work(thread: Path) -> bool:
    with suppress(OSError):
        return thread.read_text().rpartition(")")[2].split()[0] in "RD"
    # It has ended in the meantime.
    return False


class Seat(Person):
    """A kiosk on a database of its own in the home folder of whoever sits at it.

    Args:
        home: The folder for database, log and files; it may hold a database already.
        environment: More variables.
        command: Arguments of Python that start the kiosk.
        charset: The character set of the terminal.
    """

    def __init__(
        self,
        home: Path,
        environment: Mapping[str, str] | None = None,
        command: Sequence[str] = KIOSK,
        charset: str = "utf-8",
    ) -> None:
        variables = {
            "HOME": str(home),
            "XDG_STATE_HOME": str(home / "state"),
            "PYTHONPATH": str(ROOT),
            "EDS_TUI_DATABASE_URL": url(home),
            "EDS_TUI_FILES": str(home / "files"),
        }
        given = variables | dict(environment or {})
        is_plain = not any(name.startswith(_TAKEN_AT_START) for name in environment or ())
        start = start_loaded if is_plain and command == KIOSK else None
        super().__init__([sys.executable, *command], given, charset, start)


def url(home: Path) -> str:
    """Return the URL of the database in a home folder."""
    return f"sqlite:///{home / 'eds.db'}"
