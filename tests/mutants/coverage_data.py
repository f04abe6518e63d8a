"""Which tests ran which line, as a coverage run with contexts has recorded it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from coverage import CoverageData

Tests = frozenset[str]
"""Tests by the names that pytest takes, such as ``tests/domain/test_clock.py::test_moves``."""


class CoverageRun:
    """The lines of a tree, with the tests that ran each."""

    def __init__(self, data_file: Path) -> None:
        """Open the data of a run with ``--cov-context=test``.

        Raises:
            ValueError: The data has no contexts.
        """
        self._data = CoverageData(str(data_file))
        self._data.read()
        self._files = {Path(name).parts: name for name in self._data.measured_files()}
        self._same: dict[Tests, Tests] = {}
        self.lines = cache(self._lines)
        if not any("|" in context for context in self._data.measured_contexts()):
            raise ValueError(f"{data_file} has no contexts: measure with --cov-context=test.")

    def tests(self) -> Tests:
        """Return all tests that ran anything."""
        contexts = self._data.measured_contexts()
        return frozenset(each.rpartition("|")[0] for each in contexts if "|" in each)

    def _lines(self, path: str) -> Mapping[int, Tests]:
        """Return the lines of a file that a test ran, each with its tests.

        Args:
            path: The file, from the tree's folder; the run's tree may stand elsewhere.
        """
        wanted = Path(path).parts
        names = [name for parts, name in self._files.items() if parts[-len(wanted) :] == wanted]
        found: defaultdict[int, set[str]] = defaultdict(set)
        for name in names:
            for line, contexts in self._data.contexts_by_lineno(name).items():
                # The context is "" where no test was running, such as while modules were loaded.
                found[line].update(each.rpartition("|")[0] for each in contexts if "|" in each)
        # Most lines of a function have the same tests: one set serves them all.
        return {line: self._shared(frozenset(tests)) for line, tests in found.items() if tests}

    def _shared(self, tests: Tests) -> Tests:
        return self._same.setdefault(tests, tests)
