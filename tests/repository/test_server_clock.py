"""Everybody who shares a PostgreSQL database goes by its server's clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, text

from eds_tui.domain.clock import utc_now
from eds_tui.repository.unit_of_work import Database
from tests.factories import SetClock
from tests.servers import END_OTHERS

pytestmark = pytest.mark.on_postgres
MOMENT = timedelta(minutes=1)


def test_the_servers_time_counts_and_goes_on_between_two_questions(database_url: str) -> None:
    """It is asked when a connection is taken up, and never within a unit of work."""
    own = SetClock(utc_now() + timedelta(hours=3))
    database = Database.at(database_url, own)
    statements: list[str] = []
    event.listen(
        database.engine, "before_cursor_execute", lambda *given: statements.append(given[2])
    )
    assert database.clock() == own()
    with database.reading() as work:
        assert work.clock.skew() - timedelta(hours=3) < MOMENT
    assert statements == []
    told = database.clock()
    assert abs(told - utc_now()) < MOMENT
    own.now -= timedelta(days=1)
    assert database.clock() == told
    own.forward(minutes=30)
    assert database.clock() == told + timedelta(minutes=30)
    with database.reading():
        assert abs(database.clock() - utc_now()) < MOMENT
    database.close()


def test_a_connection_that_dropped_shows_when_it_is_asked_for_the_time(
    database: Database, database_url: str
) -> None:
    other = Database.at(database_url)
    for _ in range(2):
        with database.reading() as work:
            assert work.facts.schema_revision()
        with other.engine.connect() as connection:
            connection.execute(text(END_OTHERS))
    with database.reading() as work:
        assert work.facts.schema_revision()
    other.close()


def test_a_connection_that_was_asked_for_the_time_keeps_to_transactions(
    database: Database,
) -> None:
    """What is not committed is not there, which else half a decision would be."""
    with database.engine.connect() as connection:
        connection.execute(text("CREATE TABLE half (one INTEGER)"))
        connection.rollback()
        assert connection.execute(text("SELECT to_regclass('half')")).scalar_one() is None
