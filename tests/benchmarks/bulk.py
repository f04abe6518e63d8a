"""Writes very many rows at once, past all that the program does for a few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, text

from eds_tui.repository import postgres
from eds_tui.repository.engine import is_postgres
from eds_tui.repository.sqlite import FOLDED_TEXT, folded_text

_INDEXES = text(
    """
SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid
WHERE c.relname = ANY(:tables) AND c.relnamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
"""
)
_INDEX_MEMORY = "1GB"
"""What PostgreSQL may use to make an index anew."""


class Rows:
    """Rows of a table as the driver takes them, added by the quickest way that it has.

    Args:
        connection: Of the transaction.
        table: The table.
        names: The columns that each of them has.
    """

    def __init__(self, connection: Connection, table: Table, names: Iterable[str]) -> None:
        self._connection = connection
        self._table = table
        known = set(names)
        self.names = [column.name for column in table.columns if column.name in known]
        """The columns in their order."""
        self.converters = [_converter(connection, table, name) for name in self.names]
        """What makes of a value of each column what the driver takes."""

    def prepared(self, row: Mapping[str, Any]) -> list[Any]:
        """Return a row as it is added."""
        return [
            convert(row[name]) for name, convert in zip(self.names, self.converters, strict=True)
        ]

    def add(self, values: Iterable[Sequence[Any]]) -> None:
        """Add rows that are prepared."""
        if is_postgres(self._connection):
            columns = ", ".join(self.names)
            copying = f"COPY {self._table.name} ({columns}) FROM STDIN"
            _copy(self._connection, copying, values)
            return
        adding = insert(self._table).values(dict.fromkeys(self.names))
        statement = str(adding.compile(dialect=self._connection.dialect))
        driver: Any = self._connection.connection.driver_connection
        driver.executemany(statement, values)


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows, all with the columns of the first."""
    writer = Rows(connection, table, rows[0])
    writer.add(map(writer.prepared, rows))


def _copy(connection: Connection, statement: str, values: Iterable[Sequence[Any]]) -> None:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(statement) as copying:
        for row in values:
            copying.write_row(row)


def _converter(connection: Connection, table: Table, name: str) -> Callable[[Any], Any]:
    """Return what turns a value of a column into what the driver takes."""
    kind = table.c[name].type.dialect_impl(connection.dialect)
    processor = kind.bind_processor(connection.dialect)
    if not is_postgres(connection):
        return processor or _as_it_is
    if kind.python_type in {dict, list} or "JSON" in type(kind).__name__.upper():
        return _json
    return processor or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _json(value: Any) -> Any:
    from json import dumps

    return dumps(value)


def hurry(connection: Connection) -> None:
    """Let SQLite keep in memory what it writes again and again, and fold no line twice."""
    connection.exec_driver_sql("PRAGMA cache_size = -800000")
    driver: Any = connection.connection.driver_connection
    driver.create_function(FOLDED_TEXT, 1, _folded, deterministic=True)


def _folded(text: str) -> str:
    return "\n".join(map(_folded_line, text.split("\n")))


@lru_cache(maxsize=10_000)
def _folded_line(line: str) -> str:
    return folded_text(line)


@contextmanager
def without_indexes(connection: Connection, *tables: str) -> Iterator[None]:
    """Take the indexes off tables of PostgreSQL meanwhile, and make them anew."""
    if not is_postgres(connection):
        yield
        return
    # An index of very many texts takes longer than any statement of a kiosk may.
    postgres.take_time(connection)
    connection.exec_driver_sql(f"SET LOCAL maintenance_work_mem = '{_INDEX_MEMORY}'")
    found = connection.execute(_INDEXES, {"tables": list(tables)}).all()
    for index in found:
        connection.exec_driver_sql(f"DROP INDEX {index.name}")
    yield
    for index in found:
        connection.exec_driver_sql(index.definition)


def vacuum(engine: Engine, table: str = "") -> None:
    """Have PostgreSQL clear up after very many changes, as a server that runs on does by itself."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql(f"VACUUM ANALYZE {table}")
        connection.exec_driver_sql("RESET statement_timeout")


def go_on_from(connection: Connection, table: Table, last: int) -> None:
    """Let the ids that the database gives out go on behind those that were given to it."""
    if is_postgres(connection):
        values = {"table": table.name, "last": last}
        statement = "SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)"
        connection.execute(text(statement), values)
