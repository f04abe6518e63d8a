"""What a session over a real SSH server costs: bytes, processor time, memory, and the lag.

*Bytes* are those that the client writes to its terminal; *processor* is what the kiosk used of it,
beside a bare Textual program with an input and a table on the same server.

*On the slow line* (64 kbit/s, 200 ms there and back): from a key to the last byte that it causes.
The *lag* is that of the last of the Downs of a key that is held for a second, against a table in
curses on the same line.

*Twenty at once*: all started together; their memory is proportional, shared pages shared out.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from tests import processes
from tests.benchmarks.bare import TABLE
from tests.benchmarks.baselines.curses_table import TITLE
from tests.benchmarks.figures import CannotMeasure, Figure, Reading
from tests.benchmarks.parts import Part
from tests.benchmarks.product import (
    DESCRIPTION,
    DETAILS,
    HOME,
    SCHOOL,
    SIGN_IN,
    Product,
    choose_school,
    open_new_call,
    sign_in,
    within_a_minute,
)
from tests.benchmarks.slow_line import slow_line
from tests.preloaded import Preloaded
from tests.ssh.server import SSHD, Sshd, serving_kiosk, serving_program
from tests.terminal import Answer, Terminal, idle_bytes

KEYS = 10
SCROLLS = 5
IDLE_SECONDS = 30.0
HELD_SECONDS, REPEATS_A_SECOND = 1.0, 30
SESSIONS = 20
_QUIET = 1.0
"""Seconds without a byte after which a key on the slow line counts as answered."""

START = Figure("ssh: start, in full paints", "times", at_most=1.5)
CHARACTER = Figure("ssh: character in the description", "bytes", at_most=200)
CHARACTER_CPU = Figure("ssh: character, processor", "ms", times=0.8)
DOWN = Figure("ssh: cursor down in the queue", "bytes", at_most=570)
SCROLL = Figure("ssh: full scroll of the queue", "bytes", at_most=4100)
CHANGE = Figure("ssh: change of screen", "bytes")
IDLE = Figure("ssh: idle in the queue, 30 s", "bytes", at_most=0)
PLAIN_KEY = Figure("ssh, slow line: cursor down", "ms")
PACKED_KEY = Figure("ssh, slow line, compressed: cursor down", "ms")
PLAIN_LAG = Figure("ssh, slow line: lag of a held Down", "ms", times=2)
PACKED_LAG = Figure("ssh, slow line, compressed: lag of a held Down", "ms", times=2)
MEMORY = Figure("ssh: each of twenty sessions", "MB", at_most=50)
ALL_UP = Figure("ssh: twenty sessions on the screen", "ms")


@contextmanager
def served(product: Product, preloaded: Preloaded | None = None) -> Iterator[Sshd]:
    """Run a server whose sessions are kiosks on a copy of the demonstration.

    Args:
        product: The kiosk.
        preloaded: What sessions begin from; without it each begins by itself.
    """
    if not SSHD.exists():
        raise CannotMeasure("There is no OpenSSH server here.")
    with TemporaryDirectory() as folder:
        home = Path(folder, "home")
        (home / "files").mkdir(parents=True)
        shutil.copy(product.database / "demo.db", home / "eds.db")
        with serving_kiosk(Path(folder, "ssh"), home, preloaded=preloaded) as sshd:
            yield sshd


@contextmanager
def _served_bare(name: str) -> Iterator[Sshd]:
    """Run a server whose sessions are one of the bare programs."""
    with TemporaryDirectory() as folder:
        program = Path(folder, "bare")
        root = Path(__file__).parents[2]
        program.write_text(
            f"#!/bin/sh\ncd {root} && exec {sys.executable} -m tests.benchmarks.baselines.{name}\n"
        )
        program.chmod(0o755)
        with serving_program(Path(folder, "ssh"), program) as sshd:
            yield sshd


def connect(sshd: Sshd, *options: str) -> Terminal:
    """Open a session over the line."""
    return Terminal([*sshd.ssh("-tt", *options), sshd.host])


def measure_keys(product: Product) -> Iterator[Reading]:
    """Do the job on a quick line, and count what comes."""
    with served(product) as sshd, connect(sshd) as terminal:
        terminal.wait_for(SIGN_IN)
        terminal.settle()
        start, whole = terminal.received, terminal.press("\x0c").size
        yield START.of(start / whole)
        sign_in(terminal)
        terminal.settle()
        within_a_minute(IDLE_SECONDS)
        (idle,) = idle_bytes([terminal], IDLE_SECONDS)
        yield IDLE.of(idle)
        yield DOWN.of(_bytes([terminal.press("down") for _ in range(KEYS)]))
        terminal.press("page down")
        scrolls = [terminal.press(key) for key in ("page up", "page down") * SCROLLS]
        yield SCROLL.of(max(scroll.size for scroll in scrolls))
        yield CHANGE.of(_change(terminal))
        open_new_call(terminal)
        terminal.fill_in(SCHOOL)
        choose_school(terminal)
        answers, used = _type(terminal, sshd.kiosk())
    yield CHARACTER.of(_bytes(answers))
    with _served_bare("table") as sshd, connect(sshd) as terminal:
        terminal.wait_for(TABLE)
        terminal.settle()
        _, bare = _type(terminal, _bare_program(sshd))
    yield CHARACTER_CPU.of(used, bare)


def _bare_program(sshd: Sshd) -> int:
    """Return the process of the bare program that is open."""
    for each in processes.family(sshd.process):
        if b"tests.benchmarks.baselines" in Path(f"/proc/{each}/cmdline").read_bytes():
            return each
    raise CannotMeasure("The bare program is not there.")


def _type(terminal: Terminal, program: int) -> tuple[list[Answer], float]:
    """Type a description; return the answers, and the processor's milliseconds for a character."""
    answers, used = [], []
    for character in DESCRIPTION:
        before = processes.cpu_ms((program,))
        answers.append(terminal.press(character))
        used.append(processes.cpu_ms((program,)) - before)
    return answers, median(used)


def _change(terminal: Terminal) -> int:
    before = terminal.received
    terminal.send("enter")
    terminal.wait_for(DETAILS)
    terminal.settle()
    size = terminal.received - before
    terminal.send("escape")
    terminal.wait_for(HOME)
    terminal.settle()
    return size


def measure_slow_line(
    product: Product, *, key: Figure, lag: Figure, options: Sequence[str]
) -> Iterator[Reading]:
    """Press Down and hold it, far away, in the kiosk and in the table."""
    with _served_bare("curses_table") as bare, _far(bare, options) as terminal:
        terminal.wait_for(TITLE)
        terminal.settle(_QUIET)
        plain, plain_lag = _down(terminal)
    with served(product) as sshd, _far(sshd, options) as terminal:
        sign_in(terminal)
        terminal.settle(_QUIET)
        ours, our_lag = _down(terminal)
    yield key.of(ours, plain)
    yield lag.of(our_lag, plain_lag)


@contextmanager
def _far(sshd: Sshd, options: Sequence[str]) -> Iterator[Terminal]:
    with slow_line(sshd.port) as port, connect(replace(sshd, port=port), *options) as terminal:
        yield terminal


def _down(terminal: Terminal) -> tuple[float, float]:
    """Return milliseconds: of a single Down, and from the last of a held one to its last byte."""
    single = median(terminal.press("down", _QUIET).ms for _ in range(KEYS // 2))
    for _ in range(round(HELD_SECONDS * REPEATS_A_SECOND) - 1):
        terminal.send("down")
        sleep(1 / REPEATS_A_SECOND)
    return single, terminal.press("down", _QUIET).ms


def measure_many(product: Product) -> Iterator[Reading]:
    """Start twenty sessions at once, and let all come to the sign-in."""
    with served(product) as sshd, ExitStack() as opened:
        began = perf_counter()
        terminals = [opened.enter_context(connect(sshd)) for _ in range(SESSIONS)]
        last = max(terminal.wait_for(SIGN_IN) for terminal in terminals)
        for terminal in terminals:
            terminal.settle()
        yield MEMORY.of(mean(map(processes.proportional_mb, sshd.kiosks())))
    yield ALL_UP.of((last - began) * 1000)


def _bytes(answers: Sequence[Answer]) -> float:
    return median(answer.size for answer in answers)


_PLAIN, _PACKED = ("-o", "Compression=no"), ("-o", "Compression=yes")
PARTS = (
    Part(measure_keys, (START, IDLE, DOWN, SCROLL, CHANGE, CHARACTER, CHARACTER_CPU)),
    Part(
        partial(measure_slow_line, key=PLAIN_KEY, lag=PLAIN_LAG, options=_PLAIN),
        (PLAIN_KEY, PLAIN_LAG),
    ),
    Part(
        partial(measure_slow_line, key=PACKED_KEY, lag=PACKED_LAG, options=_PACKED),
        (PACKED_KEY, PACKED_LAG),
    ),
    Part(measure_many, (MEMORY, ALL_UP)),
)
