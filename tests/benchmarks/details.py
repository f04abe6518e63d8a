"""Whether the screen of one incident leaves anything behind when it is left.

It is opened and left 300 times; what counts is how the resident memory grows after the first 50,
or as many as there are until the first housekeeping is over.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.benchmarks.figures import Figure, Reading
from tests.benchmarks.parts import Part
from tests.benchmarks.product import Product, look_at_details, sign_in

WARM, TIMES = 50, 300
_WARM_SECONDS = 30

GROWTH = Figure("growth in opening 300 incidents after 50", "MB", at_most=1)


def measure_growth(product: Product) -> Iterator[Reading]:
    """Open and leave the first incident of the queue over and over."""
    with product.start() as terminal:
        sign_in(terminal)
        terminal.settle()
        # A first decision loads the bank holidays, once and whatever screen one is on.
        for key in ("p", "3"):
            terminal.press(key)
        # So does the first housekeeping, twenty seconds after the start.
        warm_at = time.monotonic() + _WARM_SECONDS
        for _ in range(WARM):
            look_at_details(terminal)
        while time.monotonic() < warm_at:
            look_at_details(terminal)
        before = terminal.resident_mb()
        for _ in range(TIMES - WARM):
            look_at_details(terminal)
        yield GROWTH.of(terminal.resident_mb() - before)


PARTS = (Part(measure_growth, (GROWTH,)),)
