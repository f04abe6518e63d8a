"""What the migrations make is what the tables are declared to be, to the letter."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from eds_tui.repository.engine import for_writing
from eds_tui.repository.indexes import metadata
from eds_tui.repository.unit_of_work import Database
from tests.stores import Store

OPTIONS = {
    "compare_type": True,
    # The full text is SQLite's own, and no table of ours.
    "include_name": lambda name, kind, _: (
        kind != "table" or not str(name).startswith("incident_search")
    ),
}


COLUMNS = {
    "sqlite": 'SELECT t.name, t.wr, c.name, c.type, c."notnull", c.pk FROM pragma_table_list t,'
    " pragma_table_xinfo(t.name) c WHERE t.schema = 'main' AND t.type = 'table'",
    "postgresql": "SELECT table_name, column_name, data_type, character_maximum_length,"
    " is_nullable, collation_name FROM information_schema.columns WHERE table_schema = 'public'",
}
INDEXES = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_schema WHERE type = 'index'",
    "postgresql": "SELECT tablename, indexname, indexdef FROM pg_indexes"
    " WHERE schemaname = 'public'",
}


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based")
def test_the_migrated_schema_is_that_of_the_tables(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        assert compare_metadata(context, metadata) == []
        # Of all things it does not compare what tells the rows of a table apart.
        keys = inspect(connection).get_multi_pk_constraint()
    made = {name: set(key["constrained_columns"]) for (_, name), key in keys.items()}
    declared = {
        table.name: set(table.primary_key.columns.keys()) for table in metadata.tables.values()
    }
    assert {name: made[name] for name in declared} == declared


def test_every_column_and_index_is_that_of_the_tables_to_the_letter(
    database: Database, store: Store, dialect: str
) -> None:
    """Lengths and conditions too, of which the comparison of whole schemas knows nothing."""
    url = store.empty()
    made = Database.at(url, make=True)
    metadata.create_all(for_writing(made.engine))
    found = []
    for one in (database, made):
        with one.engine.connect() as connection:
            columns = connection.exec_driver_sql(COLUMNS[dialect]).all()
            indexes = connection.exec_driver_sql(INDEXES[dialect]).all()
        rows = [row for row in (*columns, *indexes) if row[0] in metadata.tables]
        found.append({tuple(str(each).replace("\n", "") for each in row) for row in rows})
    made.close()
    store.drop(url)
    assert found[0] == found[1]
