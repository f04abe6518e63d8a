"""Which tests name what a mutant changes, and so are likely to be about it."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.mutants.coverage_data import Tests
from tests.mutants.uses import defined, mentions

_MANY = 30
"""Test functions from which on a name says nothing of what they are about."""
_STEPS = 3
"""How many helpers of a test's module are followed from one to the next."""


class Naming:
    """Names, with the tests that have each in their text, or in that of their helpers."""

    def __init__(self, tree: Path, known: Tests) -> None:
        """Read the tests of a tree.

        Args:
            tree: Its folder.
            known: The tests that may be chosen, a name for each case.
        """
        self._cases: defaultdict[str, set[str]] = defaultdict(set)
        for test in known:
            self._cases[test.partition("[")[0]].add(test)
        self._tests: defaultdict[str, set[str]] = defaultdict(set)
        for path in sorted(tree.glob("tests/**/test_*.py")):
            file = str(path.relative_to(tree))
            for test, names in _named_in(ast.parse(path.read_text("utf-8"))):
                for name in names:
                    self._tests[name].add(f"{file}::{test}")

    def tests(self, names: Iterable[str]) -> Mapping[str, int]:
        """Return the tests that have one of some names, each with its rank.

        The fewer tests have a name, the more likely they are about it: their rank is the lower.
        """
        ranks: dict[str, int] = {}
        for name in names:
            found = self._tests.get(name, set())
            if len(found) <= _MANY:
                for case in (case for test in found for case in self._cases[test]):
                    ranks[case] = min(len(found), ranks.get(case, _MANY))
        return ranks


def _named_in(module: ast.Module) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the tests of a module, each with all names that it and its helpers have."""
    helpers: Mapping[str, frozenset[str]] = {
        name: _names(statement) for statement in module.body for name in defined(statement)
    }
    for statement in module.body:
        for test, node in _tests(statement):
            names = _names(node)
            for _ in range(_STEPS):
                names = names.union(*(helpers.get(name, frozenset()) for name in names))
            yield test, names


def _tests(statement: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        if statement.name.startswith("test"):
            yield statement.name, statement
    elif isinstance(statement, ast.ClassDef):
        for each in statement.body:
            yield from ((f"{statement.name}::{name}", node) for name, node in _tests(each))


def _names(node: ast.AST) -> frozenset[str]:
    return frozenset(name for name, _ in mentions(node))
