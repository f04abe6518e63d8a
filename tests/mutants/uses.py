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
        self._holders: defaultdict[str, set[str]] = defaultdict(set)
        for path, source in sources.items():
            for function in _functions(source.tree):
                for name, line in mentions(function):
                    self._lines[name].add((path, line))
            for statement in _loaded(source.tree.body):
                for name, _ in mentions(statement):
                    self._onward[name].update(defined(statement) - {name})
                for name in defined(statement):
                    self._holders[name].update(_given(statement))

    def of(self, names: Iterable[str]) -> frozenset[Line]:
        """Return the lines that use one of the names, or one that is made of them."""
        return frozenset(line for name in self.made_of(names) for line in self._lines[name])

    def made_of(self, names: Iterable[str]) -> frozenset[str]:
        """Return some names, with those of what is made of what they name."""
        known = set(names)
        for _ in range(_STEPS):
            known |= {each for name in known for each in self._onward.get(name, ())}
        return frozenset(known)

    def holders(self, names: Iterable[str]) -> frozenset[str]:
        """Return what things were made with that may hold them since, as a table's metadata."""
        return frozenset(each for name in names for each in self._holders.get(name, ()))


def defined(statement: ast.stmt) -> frozenset[str]:
    """Return the names that a statement gives to something."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return frozenset({statement.name})
    return frozenset(
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )


def _given(statement: ast.stmt) -> Iterator[str]:
    value = getattr(statement, "value", None)
    if isinstance(value, ast.Call):
        yield from (each.id for each in value.args if isinstance(each, ast.Name))


def callers(module: ast.Module, names: Iterable[str]) -> frozenset[str]:
    """Return some names, with those of the functions that call the private ones of them."""
    known = set(names)
    of = {node: {name for name, _ in mentions(node)} for node in _functions(module)}
    for _ in range(_STEPS):
        private = {name for name in known if name.startswith("_")}
        known |= {
            node.name
            for node, mentioned in of.items()
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and mentioned & private
        }
    return frozenset(known)


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


def mentions(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield every name that some code has, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute):
            yield node.attr, node.lineno
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg, node.lineno
