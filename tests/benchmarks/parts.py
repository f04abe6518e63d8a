"""A part of a benchmark: figures that are measured together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.benchmarks.figures import CannotMeasure, Figure, Reading
from tests.benchmarks.product import Product


@dataclass(frozen=True, slots=True)
class Part:
    """Figures, and what gives a reading of each; a failure loses no figure of another part."""

    measure: Callable[[Product], Iterator[Reading]]
    figures: tuple[Figure, ...]

    def run(self, product: Product, complain: Callable[[str], None]) -> Iterator[Reading]:
        """Give a reading of every figure, without a value for those that could not be measured.

        Args:
            product: The kiosk.
            complain: Takes the reason why something could not be measured.
        """
        left = list(self.figures)
        try:
            for reading in self.measure(product):
                left.remove(reading.figure)
                yield reading
        except (CannotMeasure, OSError) as error:
            complain(str(error))
        for figure in left:
            yield figure.of(None)
