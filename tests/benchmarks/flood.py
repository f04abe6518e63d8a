"""What a session over SSH costs when its terminal sends too much, or says that it is huge.

*Peak* is the most memory that the session's process had from then on, as a multiple of what it had
before. *Key after* is from a key behind all that, to its letter on the screen of the sign-in.
"""

from __future__ import annotations

import os
import select
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests import processes
from tests.benchmarks.figures import CannotMeasure, Figure, Reading
from tests.benchmarks.parts import Part
from tests.benchmarks.product import SIGN_IN, Product, database_url
from tests.benchmarks.ssh import connect, served
from tests.preloaded import Preloaded, preloading
from tests.terminal import COLUMNS, PATIENCE, ROWS, Terminal

_LETTER = "z"
_TYPED = rf"Account +{_LETTER} "
_EMPTY_IT = "\x15"
_AT_ONCE = 4096
_LOADING = 2.0
"""Seconds in which a session that still loads takes more memory."""
WINDOW = (2000, 5000)
"""Rows and columns of a window that nobody has."""
MOST_TIMES, MOST_MS = 1.3, 2_000


@dataclass(frozen=True)
class Kind:
    """Something that comes from a terminal, and the figures of it."""

    name: str
    do: Callable[[Terminal], None]
    way: str

    @property
    def peak(self) -> Figure:
        """The most memory."""
        return Figure(f"{self.way}: {self.name}, peak", "MB", times=MOST_TIMES)

    @property
    def key(self) -> Figure:
        """The key behind it."""
        return Figure(f"{self.way}: {self.name}, key after", "ms", at_most=MOST_MS)


def write(terminal: Terminal, data: bytes) -> None:
    """Type however much, taking what comes back meanwhile.

    Raises:
        CannotMeasure: The line takes no more.
    """
    os.set_blocking(terminal._line, False)
    end = perf_counter() + PATIENCE
    while data:
        if perf_counter() > end:
            raise CannotMeasure("The line takes no more keys.")
        if select.select([], [terminal._line], [], 0.01)[1]:
            with suppress(BlockingIOError):
                data = data[os.write(terminal._line, data[:_AT_ONCE]) :]
        terminal._take(0)


def _resize(terminal: Terminal, rows: int, columns: int) -> None:
    termios.tcsetwinsize(terminal._line, (rows, columns))


def _in_band(terminal: Terminal) -> None:
    write(terminal, b"\x1b[48;10000;10000;1;1t")


def _huge_window(terminal: Terminal) -> None:
    _resize(terminal, *WINDOW)
    # What is painted for it is not drawn here.
    terminal.settle(quiet=1.0, draw=False)
    _resize(terminal, ROWS, COLUMNS)
    terminal.settle(quiet=0.5, draw=False)
    terminal._undrawn.clear()
    write(terminal, b"\x0c")


def _letters(terminal: Terminal) -> None:
    write(terminal, b"x" * 300_000)


def _no_characters(terminal: Terminal) -> None:
    write(terminal, b"\xff" * 1_000_000)


def _resized_meanwhile(terminal: Terminal) -> None:
    for size in ((ROWS + 6, COLUMNS + 20), (ROWS, COLUMNS)):
        write(terminal, b"x" * 800_000)
        _resize(terminal, *size)


_WHAT = {
    "in-band size": _in_band,
    "window 5000x2000": _huge_window,
    "300 KB of x": _letters,
    "1 MB of 0xff": _no_characters,
    "resize, 1.6 MB": _resized_meanwhile,
}
PLAIN = tuple(Kind(name, do, "ssh") for name, do in _WHAT.items())
PRELOADED = tuple(Kind(name, do, "preloaded, ssh") for name, do in _WHAT.items())


def measure(product: Product, *, kinds: tuple[Kind, ...], preload: bool) -> Iterator[Reading]:
    """Do each to a session of its own, at the sign-in."""
    with _preloaded(product, preload) as preloaded, served(product, preloaded) as sshd:
        for kind in kinds:
            with connect(sshd) as terminal:
                terminal.wait_for(SIGN_IN)
                session = sshd.kiosk()
                _wait_until_loaded(terminal, session)
                own = processes.forget_peak_mb(session)
                kind.do(terminal)
                pressed = perf_counter()
                write(terminal, f"{_EMPTY_IT}{_LETTER}".encode())
                shown = terminal.wait_for(_TYPED)
                yield kind.peak.of(processes.peak_mb(session), own)
                yield kind.key.of((shown - pressed) * 1000)


def _wait_until_loaded(terminal: Terminal, session: int) -> None:
    """Wait until what comes in behind the first paint has come: its libraries take memory, too."""
    before, now = 0.0, processes.peak_mb(session)
    while now > before:
        terminal.settle(quiet=_LOADING, longest=_LOADING)
        before, now = now, processes.peak_mb(session)


@contextmanager
def _preloaded(product: Product, preload: bool) -> Iterator[Preloaded | None]:
    url = database_url(product.database)
    with TemporaryDirectory() as folder:
        way = preloading(Path(folder), database_url=url) if preload else nullcontext()
        with way as preloaded:
            yield preloaded


def _figures(kinds: tuple[Kind, ...]) -> tuple[Figure, ...]:
    return tuple(figure for kind in kinds for figure in (kind.peak, kind.key))


PARTS = tuple(
    Part(partial(measure, kinds=kinds, preload=preload), _figures(kinds))
    for kinds, preload in ((PLAIN, False), (PRELOADED, True))
)
