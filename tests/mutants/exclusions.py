"""Which pieces of a module no mutant is drawn from: no test of behaviour could tell."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TypeGuard

from tests.mutants.spans import Source, Span

_DECORATORS = frozenset(
    {"abstractmethod", "cache", "final", "lru_cache", "overload", "override", "runtime_checkable"}
)
"""Decorators that say something to the type checker, or only save time."""

_LOGS = frozenset({"log", "logger", "logging"})
_TYPE_MAKERS = frozenset({"NewType", "ParamSpec", "TypeVar"})


def exclusions(source: Source) -> tuple[Span, ...]:
    """Return the spans that no mutant is drawn from.

    They are annotations, type aliases, what only the type checker reads, docstrings, ``__all__``,
    what is written to the log, and decorators that change nothing but time.
    """
    return tuple(span for node in ast.walk(source.tree) for span in _of_node(source, node)) + tuple(
        source.span(each) for each in source.tree.body if _is_alias(each)
    )


def _of_node(source: Source, node: ast.AST) -> Iterator[Span]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield from _of_definition(source, node)
    elif isinstance(node, ast.arg) and node.annotation:
        yield source.span(node.annotation)
    elif isinstance(node, ast.AnnAssign):
        whole = _name(node.annotation) == "TypeAlias"
        yield source.span(node if whole else node.annotation)
    elif _is_for_tools(node):
        yield source.span(node)
    elif isinstance(node, ast.Call):
        yield from _of_call(source, node)


def _is_for_tools(node: ast.AST) -> TypeGuard[ast.Assign | ast.If]:
    """Return whether a statement says something to readers and tools, and does nothing."""
    if isinstance(node, ast.Assign):
        return "__all__" in _names(node.targets)
    return isinstance(node, ast.If) and _name(node.test) == "TYPE_CHECKING"


def _of_definition(
    source: Source, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
) -> Iterator[Span]:
    if ast.get_docstring(node, clean=False) is not None:
        yield source.span(node.body[0])
    if not isinstance(node, ast.ClassDef) and node.returns:
        yield source.span(node.returns)
    for decorator in node.decorator_list:
        if _name(decorator) in _DECORATORS:
            whole = source.span(decorator)
            # The library's span of a decorator goes from its sign to the next line.
            yield Span((whole.start[0], 0), (whole.end[0] + 1, 0))
        elif _name(decorator) == "dataclass" and isinstance(decorator, ast.Call):
            yield from (source.span(each) for each in decorator.keywords)


def _of_call(source: Source, node: ast.Call) -> Iterator[Span]:
    called = node.func
    logs = isinstance(called, ast.Attribute) and _name(called.value).strip("_") in _LOGS
    if logs or _name(called) in _TYPE_MAKERS:
        yield source.span(node)
    elif _name(called) == "cast" and node.args:
        yield source.span(node.args[0])


def _is_alias(statement: ast.stmt) -> bool:
    """Return whether a statement of a module gives a type another name."""
    if not isinstance(statement, ast.Assign):
        return False
    names = _names(statement.targets)
    if len(names) != 1 or any(
        name.isupper() or not name.strip("_")[:1].isupper() for name in names
    ):
        return False
    return isinstance(statement.value, ast.Subscript | ast.BinOp)


def _names(nodes: Iterable[ast.expr]) -> frozenset[str]:
    return frozenset(name for name in map(_name, nodes) if name)


def _name(node: ast.expr) -> str:
    """Return the last part of a dotted name, of one that is called too; "" for anything else."""
    if isinstance(node, ast.Call):
        return _name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
