"""A program in a pseudo-terminal, as a person at a plain old 80x24 terminal meets it.

The terminal answers no query (size reports, modes, colours, kitty keys), which is how a terminal
that does not know them behaves; what a program asks is counted with the bytes it sends.

Nothing is drawn while bytes still come: they are taken off the line and stamped, and put on the
screen when the line is quiet, so that drawing here does not slow what is measured.
"""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import termios
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter
from types import TracebackType
from typing import Self

import pyte

from tests import processes
from tests.processes import CannotMeasure

COLUMNS, ROWS = 80, 24
QUIET = 0.15
"""Seconds without a byte after which a key counts as answered."""
PATIENCE = 60.0
"""Seconds that a text is waited for."""

_PULSE = 0.03
_LONGEST_UNDRAWN = 1.0
_GRACE = 2.0
_INHERITED = ("HOME", "PATH", "USER", "VIRTUAL_ENV", "TMPDIR", "TZ")

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "page down": "\x1b[6~",
    "page up": "\x1b[5~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "ctrl+s": "\x13",
    # In the form that leaves no doubt, so that no program waits whether more of a sequence comes.
    "escape": "\x1b[27u",
}
"""What the keys with a name send; any other key sends its own character."""


Start = Callable[[Sequence[str], Mapping[str, str], int], int]
"""Starts a program with arguments and variables in a terminal, as a child of this process."""


def _executed(command: Sequence[str], environment: Mapping[str, str], terminal: int) -> int:
    if (process := os.fork()) == 0:  # pragma: no cover - this is the other process
        try:
            os.login_tty(terminal)
            os.execvpe(command[0], list(command), environment)
        finally:
            os._exit(127)
    return process


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one key."""

    size: int
    """Bytes until the line was quiet."""
    ms: float
    """From the key to the last of them; 0 where nothing came."""
    cpu_ms: float
    """Processor time the program used."""


class Terminal:
    """A started program; use it in a ``with``, which also ends it."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        size: tuple[int, int] = (COLUMNS, ROWS),
        *,
        start: Start | None = None,
    ):
        """Start a program.

        Args:
            command: The program and its arguments.
            environment: Added to a small plain one, in which no setting of the caller's counts.
            size: Columns and rows of the window.
            start: Starts it, in another way than executing it.
        """
        kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        plain = kept | {"TERM": "xterm-256color", "LANG": "C.UTF-8"} | dict(environment or {})
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._undrawn: list[tuple[float, bytes]] = []
        self._ended = False
        self.received = 0
        """Bytes that came so far."""
        self.started = perf_counter()
        """The moment before the program was started."""
        self._line, theirs = pty.openpty()
        try:
            termios.tcsetwinsize(theirs, size[::-1])
            self.process = (start or _executed)(command, plain, theirs)
        finally:
            os.close(theirs)

    def __enter__(self) -> Self:
        """Give the started program."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the program: asked first, made to after a few seconds."""
        for wanted in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.kill(self.process, wanted)
            end = perf_counter() + _GRACE
            while perf_counter() < end:
                # Reading on, since a program whose output nobody takes may be unable to leave.
                self._take(_PULSE)
                if os.waitpid(self.process, os.WNOHANG) != (0, 0):
                    os.close(self._line)
                    return
        raise CannotMeasure(f"Process {self.process} could not be ended.")

    def send(self, key: str) -> float:
        """Press a key without waiting for anything, and return the moment it was pressed."""
        moment = perf_counter()
        os.write(self._line, KEYS.get(key, key).encode())
        return moment

    def press(self, key: str, quiet: float = QUIET, longest: float = 3.0) -> Answer:
        """Press a key and measure what comes.

        Args:
            key: A character, or one of the keys with a name.
            quiet: Seconds without a byte after which it counts as answered.
            longest: Seconds to wait for the first byte.

        Raises:
            CannotMeasure: The program ended.
        """
        self._draw()
        family = processes.family(self.process)
        used, before = processes.cpu_ms(family), self.received
        moment = self.send(key)
        self._take(longest)
        self.settle(quiet, draw=False)
        self.require_alive()
        last = self._undrawn[-1][0] if self._undrawn else moment
        used = processes.cpu_ms(family) - used
        self._draw()
        return Answer(self.received - before, (last - moment) * 1000, used)

    def type(self, text: str) -> list[Answer]:
        """Press the key of each character in turn."""
        return [self.press(character) for character in text]

    def fill_in(self, text: str) -> None:
        """Type a text ahead, without measuring, and wait until the program has followed."""
        for character in text:
            self.send(character)
        self.settle()

    def wait_for(self, pattern: str) -> float:
        """Wait until a text is on the screen.

        Args:
            pattern: A regular expression over the lines of the screen.

        Returns:
            The moment at which the bytes that completed it came; the present one if it was there.

        Raises:
            CannotMeasure: It did not come, or the program ended.
        """
        wanted = re.compile(pattern)
        if not self._undrawn and wanted.search(self.text()):
            return perf_counter()
        end = perf_counter() + PATIENCE
        while perf_counter() < end:
            self.settle(_PULSE, _LONGEST_UNDRAWN, draw=False)
            while self._undrawn:
                moment = self._draw_one()
                if wanted.search(self.text()):
                    return moment
            if self._ended:
                break
        raise CannotMeasure(f"No {pattern!r} on the screen, which shows:\n{self._shown()}")

    def settle(self, quiet: float = QUIET, longest: float = PATIENCE, *, draw: bool = True) -> None:
        """Wait until nothing has come for a while.

        Args:
            quiet: The while, in seconds.
            longest: Seconds after which to go on although bytes still come.
            draw: Put what came on the screen, too.
        """
        end = perf_counter() + longest
        while perf_counter() < end and self._take(quiet):
            pass
        if draw:
            self._draw()

    def text(self) -> str:
        """Return the lines of the screen as they are drawn."""
        return "\n".join(self._screen.display)

    def resident_mb(self) -> float:
        """Return the resident memory of the program and what it started, in MB."""
        return processes.resident_mb(processes.family(self.process))

    def _take(self, timeout: float) -> bool:
        """Take what is on the line, waiting so many seconds for it; return whether any came."""
        if self._ended or not select.select([self._line], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self._line, 65536)
        except OSError:
            data = b""
        if not data:
            self._ended = True
            return False
        self._undrawn.append((perf_counter(), data))
        self.received += len(data)
        return True

    def require_alive(self) -> None:
        """Raise where the program has ended: what it no longer sends is no good figure."""
        if self._ended:
            raise CannotMeasure(f"The program ended, and left:\n{self._shown()}")

    def _shown(self) -> str:
        lines = (line.rstrip() for line in self.text().splitlines())
        return "\n".join(filter(None, lines))

    def _draw_one(self) -> float:
        moment, data = self._undrawn.pop(0)
        self._stream.feed(data)
        return moment

    def _draw(self) -> None:
        while self._undrawn:
            self._draw_one()


def idle_bytes(terminals: Sequence[Terminal], seconds: float) -> list[int]:
    """Return what each program sends while nobody touches any of them for so many seconds."""
    for terminal in terminals:
        terminal.settle(quiet=0.6, longest=1.5, draw=False)
    before = [terminal.received for terminal in terminals]
    end = perf_counter() + seconds
    while (left := end - perf_counter()) > 0:
        for terminal in terminals:
            terminal.settle(min(_PULSE, left), _PULSE, draw=False)
            terminal.require_alive()
    return [now.received - then for now, then in zip(terminals, before, strict=True)]
