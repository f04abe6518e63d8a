"""What is read is given up as soon as nobody waits for it, on the server too."""

from __future__ import annotations

from threading import Thread

import pytest
from sqlalchemy import text as sql

from eds_tui.domain.errors import Superseded
from eds_tui.domain.superseding import Cancellation
from eds_tui.repository.unit_of_work import Database

WITHOUT_END = {
    "sqlite": "WITH RECURSIVE one (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM one)"
    " SELECT count(*) FROM one WHERE x < 0",
    "postgresql": "SELECT pg_sleep(1000)",
}


def test_a_statement_that_is_running_is_cancelled_and_the_connection_serves_the_next(
    database: Database,
) -> None:
    cancellation, ended = Cancellation(), []

    def read() -> None:
        try:
            with database.reading(cancellation=cancellation) as work:
                work._connection.execute(sql(WITHOUT_END[database.engine.dialect.name]))
        except Superseded as error:
            ended.append(error)

    thread = Thread(target=read)
    thread.start()
    while thread.is_alive():
        cancellation.cancel()
        thread.join(0.05)
    assert len(ended) == 1
    with database.reading() as work:
        assert work.facts.is_anything_there()


def test_what_was_cancelled_before_is_not_begun_and_what_has_ended_is_left_alone(
    database: Database,
) -> None:
    before, after = Cancellation(), Cancellation()
    before.cancel()
    with pytest.raises(Superseded), database.reading(cancellation=before):
        pytest.fail("It was begun.")
    with database.reading(cancellation=after) as work:
        assert work.facts.is_anything_there()
    after.cancel()
    with database.reading() as work:
        assert work.facts.is_anything_there()
