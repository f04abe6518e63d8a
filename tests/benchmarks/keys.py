"""What keys cost: bytes to the terminal, and how long until everything they changed is there.

*Bytes*: all that comes for one key until the line is quiet; the median of several keys, and the
most that any of them took. Bare: the input and the table of the bare program.

*Full scroll*: a Page down that shows other rows.

*Split view*: the incident stands beside the list, in a window of 120 by 40, and is part of it.

*Settled*: from the key to the last byte it causes. *Processor*: what the program used for it.

*IdleLimits*: bytes that come in ten seconds in which nobody touches a key.

*Number on the screen*: from the key that logs a call to the new incident's number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from statistics import median

from tests.benchmarks import bare
from tests.benchmarks.figures import CannotMeasure, Figure, Reading
from tests.benchmarks.parts import Part
from tests.benchmarks.product import (
    DESCRIPTION,
    LOGIN,
    SCHOOL,
    SIGN_IN,
    Product,
    choose_school,
    log_call,
    open_new_call,
    sign_in,
    within_a_minute,
)
from tests.terminal import Answer, Terminal, idle_bytes

DOWNS = 10
SCROLLS = 5
CALLS = 5
IDLE_SECONDS = 10.0
SPLIT = (120, 40)
BESIDE_SECONDS = 0.7
"""Seconds without a byte after which the incident beside the list has been read and shown."""

LOGIN_CHARACTER = Figure("character in the account name", "bytes", at_most=200)
SCHOOL_CHARACTER = Figure("character in the school", "bytes", at_most=200)
CHARACTER = Figure("character in the description", "bytes", at_most=200)
WORST_CHARACTER = Figure("character in the description, the most", "bytes")
CHARACTER_MS = Figure("character in the description, settled", "ms")
CHARACTER_CPU = Figure("character in the description, processor", "ms")
DOWN = Figure("cursor down in the queue", "bytes", at_most=570)
WORST_DOWN = Figure("cursor down in the queue, the most", "bytes")
DOWN_MS = Figure("cursor down in the queue, settled", "ms")
FOOT_DOWN = Figure("cursor down, the list moves", "bytes", at_most=650)
SPLIT_DOWN = Figure("cursor down in the split view", "bytes", at_most=1500)
WORST_SPLIT_DOWN = Figure("cursor down in the split view, the most", "bytes")
SCROLL = Figure("full scroll of the queue", "bytes", at_most=4100)
IDLE_SIGN_IN = Figure("idle at sign-in, 10 s", "bytes", at_most=0)
IDLE_QUEUE = Figure("idle in the queue, 10 s", "bytes", at_most=0)
CLOCK = Figure("the queue's clock turns", "bytes", at_most=60)
IDLE_NEW_CALL = Figure("idle in a new call, 10 s", "bytes", at_most=100)
NUMBER = Figure("number on the screen after the call", "ms", at_most=50)


def measure_typing(product: Product) -> Iterator[Reading]:
    """Type into the bare input, and into the fields of the kiosk."""
    with bare.table() as terminal:
        terminal.wait_for(bare.TABLE)
        terminal.settle()
        plain = terminal.type(DESCRIPTION)
    with product.start() as terminal:
        terminal.wait_for(SIGN_IN)
        terminal.settle()
        yield LOGIN_CHARACTER.of(_bytes(terminal.type(LOGIN)), _bytes(plain))
        terminal.fill_in("\x7f" * len(LOGIN))
        sign_in(terminal)
        open_new_call(terminal)
        yield SCHOOL_CHARACTER.of(_bytes(terminal.type(SCHOOL)), _bytes(plain))
        choose_school(terminal)
        answers = terminal.type(DESCRIPTION)
        terminal.wait_for(DESCRIPTION)
    yield CHARACTER.of(_bytes(answers), _bytes(plain))
    yield WORST_CHARACTER.of(_most_bytes(answers), _most_bytes(plain))
    yield CHARACTER_MS.of(_ms(answers), _ms(plain))
    yield CHARACTER_CPU.of(_cpu_ms(answers), _cpu_ms(plain))


def measure_list(product: Product) -> Iterator[Reading]:
    """Move down the bare table and the queue, row by row and page by page."""
    with bare.table() as terminal:
        terminal.wait_for(bare.TABLE)
        terminal.press("tab")
        plain, plain_scrolls = _move(terminal)
        plain_foot = _move_at_foot(terminal)
    with product.start() as terminal:
        sign_in(terminal)
        terminal.settle()
        answers, scrolls = _move(terminal)
        foot = _move_at_foot(terminal)
    yield DOWN.of(_bytes(answers), _bytes(plain))
    yield WORST_DOWN.of(_most_bytes(answers), _most_bytes(plain))
    yield FOOT_DOWN.of(_bytes(foot), _bytes(plain_foot))
    yield DOWN_MS.of(_ms(answers), _ms(plain))
    yield SCROLL.of(_bytes(scrolls), _bytes(plain_scrolls))


def measure_split(product: Product) -> Iterator[Reading]:
    """Move down the queue with the incident beside it, and wait each time until that is shown."""
    with product.start(SPLIT) as terminal:
        sign_in(terminal)
        terminal.settle()
        answers = [terminal.press("down", quiet=BESIDE_SECONDS) for _ in range(DOWNS)]
    yield SPLIT_DOWN.of(_bytes(answers))
    yield WORST_SPLIT_DOWN.of(_most_bytes(answers))


def measure_idle(product: Product) -> Iterator[Reading]:
    """Leave the bare program and three places of the kiosk alone, all at once."""
    with ExitStack() as opened:
        plain = opened.enter_context(bare.table())
        plain.wait_for(bare.TABLE)
        places = [opened.enter_context(product.start()) for _ in range(3)]
        at_sign_in, in_queue, in_call = places
        at_sign_in.wait_for(SIGN_IN)
        sign_in(in_queue)
        sign_in(in_call)
        open_new_call(in_call)
        within_a_minute(IDLE_SECONDS)
        baseline, *sent = idle_bytes([plain, *places], IDLE_SECONDS)
        (turned,) = idle_bytes([in_queue], 60)
    figures = (IDLE_SIGN_IN, IDLE_QUEUE, IDLE_NEW_CALL)
    for figure, size in zip(figures, sent, strict=True):
        yield figure.of(size, baseline)
    yield CLOCK.of(turned)


def measure_number(product: Product) -> Iterator[Reading]:
    """Log several calls."""
    took = []
    with product.start() as terminal:
        sign_in(terminal)
        for _ in range(CALLS):
            open_new_call(terminal)
            terminal.fill_in(SCHOOL)
            choose_school(terminal)
            terminal.fill_in(DESCRIPTION)
            terminal.wait_for(DESCRIPTION)
            pressed, shown = log_call(terminal)
            took.append((shown - pressed) * 1000)
    yield NUMBER.of(median(took))


PARTS = (
    Part(
        measure_typing,
        (
            LOGIN_CHARACTER,
            SCHOOL_CHARACTER,
            CHARACTER,
            WORST_CHARACTER,
            CHARACTER_MS,
            CHARACTER_CPU,
        ),
    ),
    Part(measure_list, (DOWN, WORST_DOWN, FOOT_DOWN, DOWN_MS, SCROLL)),
    Part(measure_split, (SPLIT_DOWN, WORST_SPLIT_DOWN)),
    Part(measure_idle, (IDLE_SIGN_IN, IDLE_QUEUE, IDLE_NEW_CALL, CLOCK)),
    Part(measure_number, (NUMBER,)),
)


def _move(terminal: Terminal) -> tuple[list[Answer], list[Answer]]:
    """Return the answers to some cursor downs, and to some scrolls from the top of the list."""
    downs = [terminal.press("down") for _ in range(DOWNS)]
    for _ in range(DOWNS):
        terminal.press("up")
    return downs, [_scroll(terminal) for _ in range(SCROLLS)]


def _move_at_foot(terminal: Terminal) -> list[Answer]:
    """Return the answers to some cursor downs at the foot of the page, and leave it there."""
    terminal.press("page down")
    return [terminal.press("down") for _ in range(DOWNS)]


def _scroll(terminal: Terminal) -> Answer:
    """Return the answer to a page down that turned the page, and go back to the top."""
    # Some lists go to the foot of the page before they turn it.
    terminal.press("page down")
    before = terminal.text().splitlines()
    answer = terminal.press("page down")
    after = terminal.text().splitlines()
    if sum(map(str.__ne__, before, after)) < len(before) / 2:
        raise CannotMeasure("The page was not turned; the list may be too short.")
    for _ in range(3):
        terminal.press("page up")
    return answer


def _bytes(answers: Sequence[Answer]) -> float:
    return median(answer.size for answer in answers)


def _most_bytes(answers: Sequence[Answer]) -> float:
    return max(answer.size for answer in answers)


def _ms(answers: Sequence[Answer]) -> float:
    return median(answer.ms for answer in answers)


def _cpu_ms(answers: Sequence[Answer]) -> float:
    return median(answer.cpu_ms for answer in answers)
