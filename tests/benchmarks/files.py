"""What attaching the largest allowed file takes in memory.

The most memory of a process while it logs an incident with a file of 20 MiB, less what it held
just before, when it had logged one without.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks import probes
from tests.benchmarks.figures import Figure, Reading
from tests.benchmarks.parts import Part
from tests.benchmarks.product import Product, database_url

ROUNDS = 3
LARGEST = 20 * 1024 * 1024

ATTACHING = Figure("attaching 20 MiB, extra memory", "MB", at_most=60)


def measure_attaching(product: Product) -> Iterator[Reading]:
    """Attach a file of the largest allowed size, each time in a fresh process."""
    yield ATTACHING.of(median(_attach(product.database) for _ in range(ROUNDS)))


def _attach(database: Path) -> float:
    with TemporaryDirectory() as name:
        folder = Path(name) / "copy"
        shutil.copytree(database, folder)
        file = folder / "screenshot.bin"
        file.touch()
        os.truncate(file, LARGEST)
        return probes.ask("attaching", database_url(folder), str(file))


PARTS = (Part(measure_attaching, (ATTACHING,)),)
