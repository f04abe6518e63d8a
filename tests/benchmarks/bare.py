"""The bare Textual programs, started and waited for."""

from __future__ import annotations

import sys

from tests.terminal import Terminal

HELLO = r"Hello, world"
TABLE = r"Row 0001"


def hello() -> Terminal:
    """Start the program that says hello."""
    return Terminal([sys.executable, "-m", "tests.benchmarks.baselines.hello"])


def table() -> Terminal:
    """Start the program with an input, which has the focus, and a table."""
    return Terminal([sys.executable, "-m", "tests.benchmarks.baselines.table"])
