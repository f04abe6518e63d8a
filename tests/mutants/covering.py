"""Which tests cover a piece of code: those that run it, or run what uses it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.mutants.coverage_data import CoverageRun, Tests
from tests.mutants.naming import Naming
from tests.mutants.spans import Located, Source, Span
from tests.mutants.uses import Uses, callers, defined

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, kw_only=True)
class _Place:
    """What must be run for a piece of code to count."""

    lines: range
    """The lines themselves: of its statement, or of the function that it decorates."""
    names: frozenset[str] = frozenset()
    """Names of what it makes while the module is loaded."""


class Covering:
    """Knows the tests that cover each piece of a tree's code."""

    def __init__(self, tree: Path, run: CoverageRun) -> None:
        """Read the modules of a tree, and take the coverage data that was measured on it."""
        paths = sorted(tree.glob("eds_tui/**/*.py"))
        self.sources = {
            str(path.relative_to(tree)): Source(path.read_text("utf-8")) for path in paths
        }
        self._tree = tree
        self._run = run
        self._uses = Uses(self.sources)

    def tests(self, path: str, span: Span) -> Tests:
        """Return the tests that cover a piece of a module.

        What runs while the module is loaded is covered by the tests that run a line which uses
        what it makes; where there is none, by all that run anything of the module.
        """
        place = _place(self.sources[path], span)
        lines = self._run.lines(path)
        own = _united(lines, place.lines)
        if not place.names:
            return own
        used: set[str] = set(own)
        for file, line in self._uses.of(place.names):
            used |= self._run.lines(file).get(line, frozenset())
        return frozenset(used) or _united(lines, lines)

    def ranks(self, path: str, span: Span) -> Mapping[str, int]:
        """Return the tests that name what stands around a piece of a module, each with its rank.

        Of a private function they may also name who calls it in its module; of what is made while
        the module is loaded, what is made of it or holds it.
        """
        source = self.sources[path]
        nodes = _chain(source, source.tree, span)
        around = [node for node in nodes if isinstance(node, _Function | ast.ClassDef)]
        owners = {node.name for node in around}
        if any(_runs_later(source, node, span) for node in nodes):
            ranks = self._naming.tests(callers(source.tree, owners))
            covering = self.tests(path, span)
            return {test: rank for test, rank in ranks.items() if test in covering}
        statements = [node for node in nodes if isinstance(node, ast.stmt)]
        made = self._uses.made_of(owners or defined(statements[-1]))
        return self._naming.tests(made | self._uses.holders(made))

    @cached_property
    def _naming(self) -> Naming:
        return Naming(self._tree, self._run.tests())


def _united(tests: Mapping[int, Tests], lines: Iterable[int]) -> Tests:
    return frozenset().union(*(tests.get(line, frozenset()) for line in lines))


def _place(source: Source, span: Span) -> _Place:
    chain = _chain(source, source.tree, span)
    statements = [node for node in chain if isinstance(node, ast.stmt)]
    if any(_runs_later(source, node, span) for node in chain):
        return _Place(lines=_header(statements[-1]))
    inner = statements[-1]
    if isinstance(inner, _Function | ast.ClassDef):
        assert inner.end_lineno is not None
        lines = range(inner.body[0].lineno, inner.end_lineno + 1)
        return _Place(lines=lines, names=defined(inner))
    owners = [node.name for node in statements if isinstance(node, ast.ClassDef)]
    return _Place(lines=_header(inner), names=defined(inner) or frozenset(owners[-1:] or [""]))


def _chain(source: Source, node: ast.AST, span: Span) -> list[ast.AST]:
    """Return the nodes that hold a span, from the outermost to the innermost."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Located) and _whole(source, child).holds(span):
            return [child, *_chain(source, child, span)]
        # Such as a function's arguments, a handler of exceptions or the loop of a comprehension.
        inside = [] if isinstance(child, Located) else _chain(source, child, span)
        if inside:
            return inside
    return []


def _whole(source: Source, node: Located) -> Span:
    """Return where a node stands, with its decorators."""
    span = source.span(node)
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    if decorators:
        return Span((decorators[0].lineno, 0), span.end)
    return span


def _runs_later(source: Source, node: ast.AST, span: Span) -> bool:
    """Return whether a span is in the body of a function, which runs when it is called."""
    if isinstance(node, ast.Lambda):
        return source.span(node.body).holds(span)
    if isinstance(node, _Function):
        return any(source.span(each).holds(span) for each in node.body) or (
            span.start >= source.span(node.body[0]).start
        )
    return False


def _header(statement: ast.stmt) -> range:
    """Return the lines of a statement without those of the statements in it."""
    assert statement.end_lineno is not None
    body: list[ast.stmt] = getattr(statement, "body", [])
    last = max(body[0].lineno - 1, statement.lineno) if body else statement.end_lineno
    return range(statement.lineno, last + 1)
