"""Pieces of source text, by line and column."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

Position = tuple[int, int]
"""A line, counted from 1, and a column in characters, counted from 0."""

Located = ast.expr | ast.stmt | ast.arg | ast.keyword


@dataclass(frozen=True, order=True)
class Span:
    """A piece of source text from one position up to another."""

    start: Position
    end: Position

    def holds(self, other: Span) -> bool:
        """Return whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end


class Source:
    """The text of a module, its syntax tree, and where each node stands in it."""

    def __init__(self, text: str) -> None:
        """Parse the text."""
        self.text = text
        self.tree = ast.parse(text)
        self._lines = text.splitlines()

    def span(self, node: Located) -> Span:
        """Return where a node stands."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return Span(
            (node.lineno, self._column(node.lineno, node.col_offset)),
            (node.end_lineno, self._column(node.end_lineno, node.end_col_offset)),
        )

    def between_operands(self) -> Iterator[Span]:
        """Return where the operators of two operands stand, each with the space around it."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.BinOp):
                yield Span(self.span(node.left).end, self.span(node.right).start)
            elif isinstance(node, ast.AugAssign):
                yield Span(self.span(node.target).end, self.span(node.value).start)

    def _column(self, line: int, offset: int) -> int:
        # The tree counts bytes.
        return len(self._lines[line - 1].encode()[:offset].decode())
