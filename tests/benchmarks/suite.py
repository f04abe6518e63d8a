"""How long the README's test command takes, and what its time goes into."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from xml.etree import ElementTree as ET

from tests.benchmarks.figures import CannotMeasure, Figure, Reading
from tests.benchmarks.parts import Part
from tests.benchmarks.product import Product
from tests.counting import KIOSK_STARTED

GROUPS = ("benchmarks", "cli", "demo", "domain", "guide", "mail", "repository", "services", "ssh",
          "ui")  # fmt: skip
"""The folders of the tests."""
ROOT = Path(__file__).parents[2]

WALL = Figure("README's test command, wall time", "s", at_most=360)
TESTS = Figure("tests", "tests")
STARTS = Figure("starts of the kiosk in its own process", "times")
SECONDS = {name: Figure(f"tests/{name}, all its tests", "s") for name in GROUPS}


def measure_suite(_product: Product) -> Iterator[Reading]:
    """Run the tests once as the README says, and add up what each says of itself."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}"]
        without_ci = {name: value for name, value in os.environ.items() if name != "CI"}
        began = perf_counter()
        done = subprocess.run(
            command, cwd=ROOT, env=without_ci, stdout=subprocess.PIPE, text=True, check=False
        )
        wall = perf_counter() - began
        if done.returncode != 0:
            raise CannotMeasure(f"The tests did not pass: {done.stdout.splitlines()[-1]}")
        yield from readings(wall, ET.parse(report).iter("testcase"))


def readings(wall: float, cases: Iterator[ET.Element]) -> Iterator[Reading]:
    """Give the readings of a run.

    Args:
        wall: Seconds that it took.
        cases: Its tests, as JUnit's XML has them.
    """
    seconds, starts, tests = dict.fromkeys(GROUPS, 0.0), 0, 0
    for case in cases:
        tests += 1
        group = case.attrib["classname"].split(".")[1]
        seconds[group] += float(case.attrib["time"])
        starts += sum(each.attrib["name"] == KIOSK_STARTED for each in case.iter("property"))
    yield WALL.of(wall)
    yield TESTS.of(tests)
    yield STARTS.of(starts)
    for name, figure in SECONDS.items():
        yield figure.of(seconds[name])


PARTS = (Part(measure_suite, (WALL, TESTS, STARTS, *SECONDS.values())),)
