"""How often a unit of work waits for an answer of PostgreSQL, and what its transactions hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from psycopg import Cursor
from sqlalchemy import insert, select, text

from eds_tui.domain.account import Account
from eds_tui.repository.tables import state_counts
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, log

pytestmark = pytest.mark.on_postgres

_ANSWERED = "ReadyForQuery"
"""What the server says once it has answered, in libpq's own record of a connection."""
OFTEN = 12
"""Times after which the driver has prepared what it is asked."""
HALF = {"state": "new", "number": 7}


def answers(database: Database, tmp_path: Path, action: Callable[[], object]) -> int:
    """Return how many answers of the server an action waits for."""
    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
    assert driver is not None
    record = tmp_path / "trace"
    with record.open("w") as file:
        driver.pgconn.trace(file.fileno())
        action()
        driver.pgconn.untrace()
        return record.read_text().count(_ANSWERED)


def test_what_a_unit_of_work_begins_with_is_one_question(
    database: Database, people: People, tmp_path: Path
) -> None:
    for actor in (None, people.handler, people.head):

        def nothing(actor: Account | None = actor) -> None:
            with database.reading(actor):
                pass

        assert answers(database, tmp_path, nothing) == 2


def test_an_incident_is_read_with_four_answers(
    database: Database, services: Services, people: People, tmp_path: Path
) -> None:
    log(services, people, 1)

    def read() -> None:
        services.queue.open(people.handler, 1)

    for _ in range(OFTEN):
        read()
    assert answers(database, tmp_path, read) == 4


def kept(database: Database) -> bool:
    """Return whether the row that was added in half is there."""
    with database.engine.connect() as connection:
        found = select(state_counts.c.id).where(state_counts.c.number == HALF["number"])
        return connection.execute(found).first() is not None


def test_what_comes_after_a_commit_is_another_transaction(
    database: Database, people: People
) -> None:
    with database.writing(people.handler) as work:
        work.commit()
        work._connection.execute(insert(state_counts).values(HALF))
    assert not kept(database)


def test_whoever_comes_after_a_unit_of_work_keeps_to_transactions(
    database: Database, people: People
) -> None:
    with database.reading(people.handler):
        pass
    with database.engine.connect() as connection:
        connection.execute(insert(state_counts).values(HALF))
    assert not kept(database)
    with database.engine.begin() as connection:
        connection.execute(insert(state_counts).values(HALF))
    assert kept(database)


def test_a_unit_of_work_that_reads_changes_nothing(database: Database, people: People) -> None:
    with database.reading(people.handler) as work:
        asked = text("SELECT current_setting('transaction_read_only')")
        assert work._connection.execute(asked).scalar_one() == "on"


def test_the_lean_cursor_says_of_columns_what_the_drivers_own_says(database: Database) -> None:
    asked = "SELECT 1 AS one, 'two'::text AS two, now() AS three"
    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        with Cursor(driver) as its_own, driver.cursor() as ours:
            for cursor in (its_own, ours):
                cursor.execute(asked)
            assert type(ours) is not Cursor
            assert [each[:2] for each in ours.description] == [
                (each.name, each.type_code) for each in its_own.description or ()
            ]
            ours.execute("SET LOCAL lock_timeout = 1")
            assert ours.description is None
