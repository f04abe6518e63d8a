"""The wall before schools in PostgreSQL, tried with raw SQL on each server that people have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, Executable, delete, event, insert, select, table, text, update
from sqlalchemy import column as column_of
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.sql.elements import ColumnClause

from eds_tui import bootstrap
from eds_tui.repository import postgres, schema
from eds_tui.repository.unit_of_work import Database
from eds_tui.repository.wall import OPENINGS, POINTER_COLUMNS, POINTERS, pointers
from tests.factories import START, SetClock
from tests.installed import Installation
from tests.journeys import (
    BELOW_SECRET,
    CLOSED,
    LIKE_SECRET,
    PLAIN,
    SECRET,
    Journey,
)  # fmt: skip

Cell = tuple[str, str]

DECLARED = {(name, each) for name, opening in OPENINGS.items() for each in opening.columns} | {
    (POINTERS, each) for each in POINTER_COLUMNS
}
HIDDEN_WORDS = (
    "payroll", "Of the neighbours", "Next door", "A note between us", "secret.txt",
    "between us", "Draft of",
    "An engineer comes", "St Mary's", "Garstang", "O'Brien", "Neighbour", "S. Lead", "$argon2",
    "INC0000002", "INC0000003", "duplicate",
)  # fmt: skip
SEEN_WORDS = ("No internet", "Still none", "Thank you", "A. Handler", "Mrs Testing", "Error 5")
OF_AN_INCIDENT = {"incident_id", "parent_id", "duplicate_of_id"}


@contextmanager
def as_a_school(database: Database, installation: Installation) -> Iterator[Connection]:
    """Open a transaction that may write, as the role that reads for the head's school."""
    with database.writing() as work:
        work._connection.exec_driver_sql(postgres.confining(installation.people.school.id))
        yield work._connection


def tried(connection: Connection, statement: Executable) -> list[tuple[object, ...]] | None:
    """Return what a statement gives, or ``None`` where the server refuses it."""
    try:
        with connection.begin_nested():
            return [tuple(row) for row in connection.execute(statement)]
    except ProgrammingError as error:
        if not isinstance(error.orig, psycopg.errors.InsufficientPrivilege):
            raise
        return None


def cells(connection: Connection) -> list[Cell]:
    """Return every column of every table and view of the program."""
    rows = connection.execute(
        text(
            "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'v')"
            " AND a.attnum > 0 AND NOT a.attisdropped"
        )
    )
    return [(row[0], row[1]) for row in rows]


def test_rule_24_a_school_reaches_the_declared_columns_of_rows_that_it_may_see(
    installed: Database, installation: Installation
) -> None:
    reached: dict[Cell, list[object]] = {}
    with as_a_school(installed, installation) as connection:
        for name, column in cells(connection):
            values = tried(connection, select(column_of(column)).select_from(table(name)))
            if values is not None:
                reached[name, column] = [value for (value,) in values]
        assert tried(connection, text("SELECT ctid FROM incidents")) is None

    assert reached.keys() == DECLARED
    everything = repr(list(reached.values()))
    assert [words for words in HIDDEN_WORDS if words.casefold() in everything.casefold()] == []
    assert [words for words in SEEN_WORDS if words not in everything] == []
    visible = {PLAIN, BELOW_SECRET, LIKE_SECRET, CLOSED}
    assert set(reached["incidents", "number"]) == visible
    for cell, found in reached.items():
        if cell[1] in OF_AN_INCIDENT or cell == ("incidents", "id"):
            assert set(found) - {None} <= visible, cell
    assert set(reached[POINTERS, "parent_id"]) == {None, PLAIN}
    assert reached["schools", "id"] == [installation.people.school.id]


def test_a_school_changes_nothing(installed: Database, installation: Installation) -> None:
    with as_a_school(installed, installation) as connection:
        first = dict(cell for cell in reversed(cells(connection)) if cell[0] != POINTERS)
        for name, column in first.items():
            target = table(name, column_of(column))
            value = {column: None}
            assert tried(connection, delete(target)) is None
            assert tried(connection, update(target).values(value)) is None
            assert tried(connection, insert(target).values(value)) is None
            assert tried(connection, text(f'TRUNCATE "{name}" CASCADE')) is None
        assert tried(connection, text("SELECT nextval('incidents_id_seq')")) is None


def test_without_a_school_the_role_reads_no_row(installed: Database) -> None:
    with installed.reading() as work:
        work._connection.exec_driver_sql(f"SET ROLE {postgres.SCHOOL_ROLE}")
        for name, opening in OPENINGS.items():
            first: ColumnClause[object] = column_of(opening.columns[0])
            with pytest.raises(DBAPIError), work._connection.begin_nested():
                work._connection.execute(select(first).select_from(table(name)))


def test_no_leaky_condition_tells_what_an_incident_hangs_on(
    installed: Database, installation: Installation
) -> None:
    leaky = 1 / (pointers.c.parent_id - SECRET) > 9
    with as_a_school(installed, installation) as connection:
        assert tried(connection, select(pointers.c.incident_id).where(leaky)) == []


@contextmanager
def walled_statements(database: Database) -> Iterator[list[str]]:
    """Collect the statements that are run behind the wall."""
    found: list[str] = []

    def keep(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if connection.get_execution_options().get(postgres.WALLED):
            found.append(statement)

    event.listen(database.engine, "before_cursor_execute", keep)
    yield found
    event.remove(database.engine, "before_cursor_execute", keep)


ALIASES = {
    "incidents": ("incidents", "parent", "child", "pointed_to"),
    POINTERS: (POINTERS, "hanging"),
}


def test_every_column_that_is_granted_is_one_that_a_schools_reads_need(
    installed: Database, installation: Installation, tmp_path: Path
) -> None:
    journey = Journey(installed, installation.people, tmp_path, SetClock(START))
    with walled_statements(installed) as found:
        journey.reads_of(installation.people.head)
    everything = "\n".join((*found, *(opening.rows for opening in OPENINGS.values())))
    unread = {
        (name, column)
        for name, column in DECLARED
        if not any(f"{alias}.{column}" in everything for alias in ALIASES.get(name, (name,)))
    }
    assert unread == set()


DAMAGES = {
    "DROP POLICY school ON {}": "The policy of {} is missing.",
    "ALTER TABLE {} DISABLE ROW LEVEL SECURITY": "Row-level security is off for {}.",
    "ALTER POLICY school ON {} USING (true)": "The policy of {} has been altered.",
    "ALTER POLICY school ON {} TO PUBLIC": "The policy of {} has been altered.",
    "CREATE POLICY all_of_it ON {} USING (true)": (
        "{} has a policy all_of_it that is none of this program's."
    ),
    "GRANT SELECT ON {} TO eds_tui_school": (
        "SELECT of {} is granted to eds_tui_school, which no school's reads need."
    ),
    "GRANT UPDATE ON {} TO PUBLIC": (
        "UPDATE of {} is granted to everybody, which no school's reads need."
    ),
}
OTHER_DAMAGES = {
    "ALTER TABLE schools FORCE ROW LEVEL SECURITY": (
        "Row-level security of schools is forced on its owner, which is this program."
    ),
    "GRANT SELECT ON events TO eds_tui_school": (
        "SELECT of events is granted to eds_tui_school, which no school's reads need."
    ),
    "GRANT SELECT (password_hash) ON accounts TO eds_tui_school": (
        "SELECT of password_hash of accounts is granted to eds_tui_school,"
        " which no school's reads need."
    ),
    "REVOKE SELECT (name) ON contacts FROM eds_tui_school": (
        "name of contacts is not granted to eds_tui_school, which a school's reads need."
    ),
    "GRANT USAGE ON SEQUENCE incidents_id_seq TO eds_tui_school": (
        "USAGE of incidents_id_seq is granted to eds_tui_school, which no school's reads need."
    ),
    "CREATE VIEW everything AS TABLE incidents; GRANT SELECT ON everything TO PUBLIC": (
        "SELECT of everything is granted to everybody, which no school's reads need."
    ),
    "ALTER VIEW incident_pointers SET (security_barrier = false)": (
        "The view incident_pointers has been altered."
    ),
}


def test_what_is_damaged_is_told_in_words_and_an_upgrade_puts_it_right(
    installed: Database,
) -> None:
    def problems() -> list[str]:
        with installed.reading() as work:
            return work.wall_problems()

    assert problems() == []
    # Each kind on every table at once, and each of the rest by itself.
    for kind, words in DAMAGES.items():
        with installed.engine.begin() as connection:
            for name in OPENINGS:
                connection.exec_driver_sql(kind.format(name))
        assert sorted(problems()) == sorted(words.format(name) for name in OPENINGS)
        assert schema.put_right(installed) == []
    for statement, sentence in OTHER_DAMAGES.items():
        with installed.engine.begin() as connection:
            connection.exec_driver_sql(statement)
        assert problems() == [sentence]
        assert schema.put_right(installed) == []


def test_a_database_of_before_gets_the_wall_as_it_is_declared(
    installed: Database, installation: Installation
) -> None:
    url = installation.server.new_url()
    installation.server.create(url)
    with closing(Database.at(url)) as before:
        schema.upgrade(before.engine, "0002")
    with closing(bootstrap.open_database(url)) as database, database.reading() as work:
        assert work.wall_problems() == []
    installation.server.drop(url)
    # And it is no hindrance to a demonstration that is made anew.
    schema.take_down(installed.engine)
    with installed.reading() as work:
        assert not work.facts.is_anything_there()


ROLE_DAMAGES = {
    "ALTER ROLE eds_tui_school {}SUPERUSER": "is a superuser, whom no policy holds.",
    "ALTER ROLE eds_tui_school {}BYPASSRLS": "has BYPASSRLS: no policy holds it.",
    "ALTER ROLE eds_tui_school {}LOGIN": "may log in by itself; it is to be NOLOGIN.",
}


def test_what_only_the_administrator_can_put_right_is_told(
    installed: Database, installation: Installation
) -> None:
    def told(damage: str, repair: str) -> list[str]:
        with psycopg.connect(installation.server.admin_url, autocommit=True) as admin:
            admin.execute(damage.encode())
            try:
                return schema.put_right(installed)
            finally:
                admin.execute(repair.encode())

    for statement, words in ROLE_DAMAGES.items():
        found = told(statement.format(""), statement.format("NO"))
        assert found == [f"The role eds_tui_school {words}"]
    assert told(
        "GRANT pg_read_all_data TO eds_tui_school", "REVOKE pg_read_all_data FROM eds_tui_school"
    ) == ["The role eds_tui_school is a member of pg_read_all_data, and may do all that it may."]
