"""Databases as programs of an earlier schema revision left them."""

from __future__ import annotations

from sqlalchemy import MetaData, insert, select

from eds_tui.repository import schema
from eds_tui.repository.unit_of_work import Database
from tests.stores import Store

_MADE_WITH_THE_SCHEMA = frozenset({"alembic_version", "sequences"})


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
    with earlier.engine.connect() as connection, source.engine.connect() as reading:
        there.reflect(connection)
        here.reflect(reading)
        for table in there.sorted_tables:
            name = table.name
            if name in _MADE_WITH_THE_SCHEMA or name.startswith("incident_search"):
                continue
            common = [here.tables[name].c[each] for each in table.c.keys()]
            rows = [row._asdict() for row in reading.execute(select(*common))]
            if rows:
                connection.execute(insert(table), rows)
        connection.commit()
    earlier.close()
    return url
