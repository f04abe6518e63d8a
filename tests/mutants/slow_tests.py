"""Which tests of a tree are long by nature, and so would leave no time for any other."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Set
from pathlib import Path

from tests.parts import LONG


def slow_tests(tree: Path) -> frozenset[str]:
    """Return the tests of the second part, by the names that pytest takes."""
    options = ["--collect-only", "-q", "-n0", "-m", LONG, "-p", "no:cacheprovider"]
    # Whatever can't be loaded is told by the tests that are run first without a mutant.
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options], cwd=tree, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return frozenset(line for line in done.stdout.splitlines() if "::" in line)


def without_slow(tests: Set[str], slow: Set[str]) -> Set[str]:
    """Leave out the slow tests, unless there is no other."""
    return tests - slow or tests
