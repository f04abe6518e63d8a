"""What has come true by the clock is stored by one program; no other waits for it (rule 38)."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event

from eds_tui import bootstrap
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form
from tests.services.triage_steps import RESOLVED


@pytest.mark.on_postgres
def test_what_another_is_just_storing_is_left_to_it(
    database: Database, database_url: str, services: Services, people: People, clock: SetClock
) -> None:
    services.report.log(people.head, new_form())
    services.triage.set_state(people.handler, 1, None, RESOLVED)
    clock.forward(hours=25)
    with closing(bootstrap.open_database(database_url)) as other:
        with other.writing() as work:
            assert work.try_keep_house()
            assert services.housekeeping.run() == 0
        assert services.housekeeping.run() == 1
        assert services.housekeeping.run() == 0
    with database.reading() as work:
        assert work.incidents.come_due(clock() + timedelta(days=1), 50) == ()


def test_whether_there_is_anything_to_do_is_asked_in_one_transaction(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    # Every kiosk asks each twenty seconds, on the connection that its keys wait for.
    services.report.log(people.head, new_form())
    services.housekeeping.run()
    begun: list[Connection] = []
    event.listen(database.engine, "begin", begun.append)

    assert services.housekeeping.run() == 0

    assert len(begun) == 1
