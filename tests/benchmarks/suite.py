"""How long the README's test command and the second part take, and what the time goes into."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from xml.etree import ElementTree as ET

from tests.benchmarks.figures import CannotMeasure, Figure, Reading
from tests.benchmarks.parts import Part
from tests.benchmarks.product import Product
from tests.counting import KIOSK_STARTED
from tests.parts import LONG

ROOT = Path(__file__).parents[2]
GROUPS = tuple(sorted(each.parent.name for each in (ROOT / "tests").glob("*/__init__.py")))
"""The folders of the tests."""
OWN = "tests"
"""The group of the tests that are in none of them."""


@dataclass(frozen=True, kw_only=True)
class PartOfSuite:
    """A part of the tests, and the figures of a run of it."""

    arguments: tuple[str, ...]
    wall: Figure
    tests: Figure
    starts: Figure
    seconds: Mapping[str, Figure]

    @classmethod
    def called(cls, name: str, *arguments: str, at_most: float) -> PartOfSuite:
        """Return the part that arguments of pytest choose, with its target in seconds."""
        return cls(
            arguments=arguments,
            wall=Figure(f"{name}, wall time", "s", at_most=at_most),
            tests=Figure(f"{name}, tests", "tests"),
            starts=Figure(f"{name}, starts of the kiosk in its own process", "times"),
            seconds={
                group: Figure(f"{name}, all tests of {group}", "s") for group in (*GROUPS, OWN)
            },
        )

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of its figures, in the order of the readings."""
        return (self.wall, self.tests, self.starts, *self.seconds.values())


FIRST = PartOfSuite.called("README's test command", at_most=360)
SECOND = PartOfSuite.called("second part", "-m", LONG, at_most=270)


def measure_first(_product: Product) -> Iterator[Reading]:
    """Run the tests once as the README says, and add up what each says of itself."""
    return _measure(FIRST)


def measure_second(_product: Product) -> Iterator[Reading]:
    """Do the same with what is long by nature."""
    return _measure(SECOND)


def _measure(part: PartOfSuite) -> Iterator[Reading]:
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *part.arguments]
        without_ci = {name: value for name, value in os.environ.items() if name != "CI"}
        began = perf_counter()
        done = subprocess.run(
            command, cwd=ROOT, env=without_ci, stdout=subprocess.PIPE, text=True, check=False
        )
        wall = perf_counter() - began
        if done.returncode != 0:
            raise CannotMeasure(f"The tests did not pass: {done.stdout.splitlines()[-1]}")
        yield from readings(part, wall, ET.parse(report).iter("testcase"))


def readings(part: PartOfSuite, wall: float, cases: Iterator[ET.Element]) -> Iterator[Reading]:
    """Give the readings of a run.

    Args:
        part: What was run.
        wall: Seconds that it took.
        cases: Its tests, as JUnit's XML has them.
    """
    seconds, starts, tests = dict.fromkeys(part.seconds, 0.0), 0, 0
    for case in cases:
        tests += 1
        group = case.attrib["classname"].split(".")[1]
        seconds[group if group in GROUPS else OWN] += float(case.attrib["time"])
        starts += sum(each.attrib["name"] == KIOSK_STARTED for each in case.iter("property"))
    yield part.wall.of(wall)
    yield part.tests.of(tests)
    yield part.starts.of(starts)
    for name, figure in part.seconds.items():
        yield figure.of(seconds[name])


PARTS = (Part(measure_first, FIRST.figures), Part(measure_second, SECOND.figures))
