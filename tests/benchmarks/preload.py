"""What a session costs that begins from ``eds-tui preload``, beside one that begins by itself.

*Sign-in painted*: from starting the front to the password field on the screen, without the line;
bare: to the text of the hello world program.

*Twenty at once*: as for the plain ones, over a real SSH server. The memory is that of the session
and its front, and the twentieth part of the preloaded program's, of shared pages their shares.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tests import processes
from tests.benchmarks import bare
from tests.benchmarks.figures import CannotMeasure, Figure, Reading
from tests.benchmarks.parts import Part
from tests.benchmarks.product import SIGN_IN, Product, database_url, sign_in
from tests.benchmarks.ssh import SESSIONS, connect, served
from tests.preloaded import PROGRAM, Preloaded, preloading
from tests.terminal import Terminal

ROUNDS = 9

PAINTED = Figure("preloaded: sign-in painted (bare: hello world)", "ms", times=0.5)
PLAIN = Figure("plain: sign-in painted (bare: hello world)", "ms", times=1.5)
MEMORY = Figure("preloaded, ssh: each of twenty sessions", "MB", at_most=50)
QUEUE_MEMORY = Figure("preloaded, ssh: each of twenty in the queue", "MB", at_most=50)
ALL_UP = Figure("preloaded, ssh: twenty sessions on the screen", "ms")


@contextmanager
def _preloaded(product: Product) -> Iterator[Preloaded]:
    with TemporaryDirectory() as folder:
        try:
            with preloading(Path(folder), database_url=database_url(product.database)) as found:
                yield found
        except AssertionError as error:
            raise CannotMeasure(str(error)) from error


def measure_starts(product: Product) -> Iterator[Reading]:
    """Start both ways and the bare program in turn; the first of each only warms the caches."""
    with _preloaded(product) as preloaded, TemporaryDirectory() as home:
        settings = Path(home, "settings.toml")
        settings.write_text(f'database_url = "{database_url(product.database)}"\n')
        ways = {
            PAINTED: preloaded.client_command(settings),
            PLAIN: [PROGRAM, "kiosk", "--config", str(settings)],
        }
        times: dict[Figure, list[float]] = {figure: [] for figure in ways}
        hello = []
        for _ in range(ROUNDS + 1):
            for figure, command in ways.items():
                with Terminal(command, {"HOME": home}) as terminal:
                    shown = terminal.wait_for(SIGN_IN)
                    times[figure].append((shown - terminal.started) * 1000)
            with bare.hello() as terminal:
                shown = terminal.wait_for(bare.HELLO)
                hello.append((shown - terminal.started) * 1000)
    for figure, values in times.items():
        yield figure.of(median(values[1:]), median(hello[1:]))


def measure_many(product: Product) -> Iterator[Reading]:
    """Start twenty sessions at once, let all come to the sign-in, and sign all in."""
    with (
        _preloaded(product) as preloaded,
        served(product, preloaded) as sshd,
        ExitStack() as opened,
    ):
        began = perf_counter()
        terminals = [opened.enter_context(connect(sshd)) for _ in range(SESSIONS)]
        last = max(terminal.wait_for(SIGN_IN) for terminal in terminals)
        for terminal in terminals:
            terminal.settle()
        fronts, sessions = sshd.begun(), sshd.kiosks()
        if not len(fronts) == len(sessions) == SESSIONS:
            raise CannotMeasure("Some sessions did not begin from the preloaded program.")
        everybody = (*fronts, *sessions, preloaded.process)
        yield MEMORY.of(sum(map(processes.proportional_mb, everybody)) / SESSIONS)
        for terminal in terminals:
            sign_in(terminal)
            terminal.settle()
        yield QUEUE_MEMORY.of(sum(map(processes.proportional_mb, everybody)) / SESSIONS)
    yield ALL_UP.of((last - began) * 1000)


PARTS = (
    Part(measure_starts, (PAINTED, PLAIN)),
    Part(measure_many, (MEMORY, QUEUE_MEMORY, ALL_UP)),
)
