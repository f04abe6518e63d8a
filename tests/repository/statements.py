"""The statements that reach a database, and how SQLite goes about one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event

from eds_tui.repository.unit_of_work import Database

Statement = tuple[str, tuple[object, ...]]


@contextmanager
def statements(database: Database) -> Iterator[list[Statement]]:
    """Collect every statement that reaches the database, with its values."""
    found: list[Statement] = []

    def keep(
        _connection: Connection, _cursor: object, statement: str, values: tuple[object, ...],
        _context: object, _many: bool,
    ) -> None:  # fmt: skip
        found.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", keep)
    yield found
    event.remove(database.engine, "before_cursor_execute", keep)


def plan(database: Database, statement: Statement) -> list[str]:
    """Return how SQLite goes about a statement."""
    connection = sqlite3.connect(str(database.engine.url.database))
    rows = connection.execute(f"EXPLAIN QUERY PLAN {statement[0]}", statement[1]).fetchall()
    connection.close()
    return [row[3] for row in rows]
