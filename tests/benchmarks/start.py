"""How soon the kiosk is there, and what it holds in memory.

*Sign-in painted*: from starting the program to the password field on the screen; bare: to the text
of the hello world program.

*Queue painted*: the sign-in painted as above, plus from Enter on the password to the first row of
the queue, so what a person waits for without the time they type; the password check is part of
it and is also shown alone. Bare: from starting the program to the first row of its table.

*Memory*: resident, of the program and all it started, when nothing more is painted.

*Schema check*: the first question to the database in a fresh process, connecting included.

Each is the median of several starts, the kiosk and the bare programs in turn; the first start of
each only warms the caches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from tests.benchmarks import bare, probes
from tests.benchmarks.figures import Figure, Reading
from tests.benchmarks.parts import Part
from tests.benchmarks.product import SIGN_IN, Product, database_url, sign_in
from tests.terminal import Terminal

ROUNDS = 5

SIGN_IN_PAINTED = Figure("sign-in painted (bare: hello world)", "ms", times=1.5)
QUEUE_PAINTED = Figure("queue with data painted (bare: table)", "ms", times=2.5)
SIGN_IN_MEMORY = Figure("memory at sign-in (bare: hello world)", "MB", times=1.8)
QUEUE_MEMORY = Figure("memory in the queue (bare: table)", "MB", times=1.8)
PASSWORD = Figure("password check alone", "ms")
SCHEMA = Figure("schema check at start", "ms", at_most=5)


def measure_starts(product: Product) -> Iterator[Reading]:
    """Start the kiosk and the bare programs in turn."""
    kiosk: defaultdict[Figure, list[float]] = defaultdict(list)
    plain: defaultdict[Figure, list[float]] = defaultdict(list)
    for turn in range(ROUNDS + 1):
        if turn == 1:
            kiosk.clear()
            plain.clear()
        with bare.hello() as terminal:
            shown = terminal.wait_for(bare.HELLO)
            plain[SIGN_IN_PAINTED].append((shown - terminal.started) * 1000)
            terminal.settle()
            plain[SIGN_IN_MEMORY].append(terminal.resident_mb())
        with bare.table() as terminal:
            plain[QUEUE_PAINTED].append(table_painted(terminal))
            terminal.settle()
            plain[QUEUE_MEMORY].append(terminal.resident_mb())
        with product.start() as terminal:
            painting = terminal.wait_for(SIGN_IN) - terminal.started
            kiosk[SIGN_IN_PAINTED].append(painting * 1000)
            terminal.settle()
            kiosk[SIGN_IN_MEMORY].append(terminal.resident_mb())
            pressed, shown = sign_in(terminal)
            kiosk[QUEUE_PAINTED].append((painting + shown - pressed) * 1000)
            terminal.settle()
            kiosk[QUEUE_MEMORY].append(terminal.resident_mb())
    for figure, values in kiosk.items():
        yield figure.of(median(values), median(plain[figure]))


def table_painted(terminal: Terminal) -> float:
    """Return the milliseconds from starting the bare table to its first row."""
    return (terminal.wait_for(bare.TABLE) - terminal.started) * 1000


def queue_painted(terminal: Terminal) -> float:
    """Sign in to a kiosk that has just been started, and return how long it had somebody wait."""
    painting = terminal.wait_for(SIGN_IN) - terminal.started
    terminal.settle()
    pressed, shown = sign_in(terminal)
    return (painting + shown - pressed) * 1000


def measure_password(_: Product) -> Iterator[Reading]:
    """Check a password several times."""
    yield PASSWORD.of(median(probes.ask("password") for _ in range(ROUNDS)))


def measure_schema(product: Product) -> Iterator[Reading]:
    """Check the schema of the demonstration database several times."""
    url = database_url(product.database)
    yield SCHEMA.of(median(probes.ask("schema", url) for _ in range(ROUNDS)))


PARTS = (
    Part(measure_starts, (SIGN_IN_PAINTED, QUEUE_PAINTED, SIGN_IN_MEMORY, QUEUE_MEMORY)),
    Part(measure_password, (PASSWORD,)),
    Part(measure_schema, (SCHEMA,)),
)
