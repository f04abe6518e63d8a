"""Where the code of a tree uses what is given a name when a module is loaded."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from tests.mutants.spans import Source

_STEPS = 3
"""How many names are followed from one to the next."""

Line = tuple[str, int]
"""A file and a line of it."""

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Uses:
    """Names, with the lines that use each while the program runs."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        """Read the modules of a tree."""
        self._lines: defaultdict[str, set[Line]] = defaultdict(set)
        self._onward: defaultdict[str, set[str]] = defaultdict(set)
        for path, source in sources.items():
            for function in _functions(source.tree):
                for name, line in _mentions(function):
                    self._lines[name].add((path, line))
            for statement in _loaded(source.tree.body):
                for name, _ in _mentions(statement):
                    self._onward[name].update(defined(statement) - {name})

    def of(self, names: Iterable[str]) -> frozenset[Line]:
        """Return the lines that use one of the names, or one that is made of them."""
        known = set(names)
        for _ in range(_STEPS):
            known |= {each for name in known for each in self._onward[name]}
        return frozenset(line for name in known for line in self._lines[name])


def defined(statement: ast.stmt) -> frozenset[str]:
    """Return the names that a statement gives to something."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return frozenset({statement.name})
    return frozenset(
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )


def _functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, _FUNCTIONS):
            yield node
        else:
            yield from _functions(node)


def _loaded(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Return the statements of a module that give a name, those in its classes too."""
    for statement in body:
        if isinstance(statement, ast.ClassDef):
            yield from _loaded(statement.body)
        elif not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            yield statement


def _mentions(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute):
            yield node.attr, node.lineno
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg, node.lineno
