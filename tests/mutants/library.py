"""The one way to the mutation library, Cosmic Ray: where its operators act, and what they make."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

from tests.mutants.spans import Source, Span

_BINARY = "ReplaceBinaryOperator"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A mutant that an operator could make of a module."""

    operator: str
    occurrence: int
    span: Span


@cache
def _operators() -> Mapping[str, Operator]:
    # An operator with arguments wants names of variables, which would make it one of ours.
    classes = {name: get_operator(name) for name in operator_names()}
    return {name: made() for name, made in sorted(classes.items()) if not made.arguments()}


def candidates(source: Source) -> Iterator[Candidate]:
    """Return every mutant that the library's operators could make of a module."""
    nodes = list(ast_nodes(get_ast(source.text)))
    operated = list(source.between_operands())
    for name, operator in _operators().items():
        positions = (each for node in nodes for each in operator.mutation_positions(node))
        for occurrence, (start, end) in enumerate(positions):
            span = Span(start, end)
            # The library takes the star of an argument for a multiplication.
            if _BINARY not in name or any(each.holds(span) for each in operated):
                yield Candidate(operator=name, occurrence=occurrence, span=span)


def mutate(text: str, operator: str, occurrence: int) -> str | None:
    """Return a module's text with one mutation; None if it would be no other program, or none."""
    mutated = cast("str | None", mutate_code(text, _operators()[operator], occurrence))
    if mutated is None:
        return None
    try:
        other = ast.parse(mutated)
    except SyntaxError:
        return None
    return None if ast.dump(other) == ast.dump(ast.parse(text)) else mutated


def diff(path: str, text: str, mutated: str) -> str:
    """Return the difference between a module and a mutant of it, with a line around it."""
    lines = difflib.unified_diff(
        text.splitlines(), mutated.splitlines(), f"a/{path}", f"b/{path}", n=1, lineterm=""
    )
    return "\n".join(lines)
