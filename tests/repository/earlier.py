"""Databases as programs of an earlier schema revision left them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, MetaData, Table, delete, insert, select, update

from eds_tui.repository import schema
from eds_tui.repository.unit_of_work import Database
from tests.stores import Store


def of_revision(store: Store, revision: str, source: Database) -> str:
    """Return the URL of a new database of a revision with the rows of another, as far as it goes.

    Args:
        store: Where it is made.
        revision: The schema revision.
        source: Of the current one; tables and columns that came later are left out.
    """
    url = store.empty()
    earlier = Database.at(url, make=True)
    schema.upgrade(earlier.engine, revision)
    there, here = MetaData(), MetaData()
    # SQLite's own tables for the full text are made anew from the texts.
    is_sqlite = earlier.engine.dialect.name == "sqlite"
    with earlier.engine.connect() as connection, source.engine.connect() as reading:
        there.reflect(connection)
        here.reflect(reading)
        for table in there.sorted_tables:
            name = table.name
            if name == "alembic_version" or (is_sqlite and name.startswith("incident_search")):
                continue
            rows = [row._asdict() for row in reading.execute(select(*_common(here, table)))]
            # Some rows are made with the schema.
            connection.execute(delete(table))
            own = [fk.parent.name for fk in table.foreign_keys if fk.column.table is table]
            if rows:
                # What points within the table does so once all of it is there.
                connection.execute(insert(table), [row | dict.fromkeys(own) for row in rows])
            for row in rows if own else []:
                values = {each: row[each] for each in own}
                connection.execute(update(table).where(table.c.id == row["id"]).values(values))
        connection.commit()
    earlier.close()
    return url


def _common(current: MetaData, table: Table) -> list[Column[Any]]:
    """Return the columns of the current table that the earlier one had."""
    now = current.tables[table.name]
    return [now.c[column.name] for column in table.c]
