"""Reaching below a unit of work, and how long what others change is waited for."""

from __future__ import annotations

from sqlalchemy import text

from eds_tui.repository.unit_of_work import UnitOfWork

PATIENCE = 60


def run(work: UnitOfWork, statement: str) -> list[tuple[object, ...]]:
    """Run a statement on the connection of a unit of work."""
    return [tuple(row) for row in work._connection.execute(text(statement))]
