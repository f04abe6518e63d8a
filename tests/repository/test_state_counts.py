"""How many incidents are in each state is kept by those who move them, and is exact."""

from __future__ import annotations

from contextlib import closing

import pytest
from sqlalchemy import func, insert, select

from eds_tui import bootstrap
from eds_tui.domain.lifecycle import State
from eds_tui.domain.views import View
from eds_tui.repository import state_counts
from eds_tui.repository.tables import state_counts as kept
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, log, new_form
from tests.furnished import Furnished
from tests.repository.earlier import of_revision
from tests.services.triage_steps import RESOLVED
from tests.stores import Store


def rows(database: Database) -> int:
    """Return how many rows are kept."""
    with database.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(kept)).scalar_one()


def wrong(database: Database) -> dict[State, tuple[int, int]]:
    """Return of which states another number is kept than there are."""
    with database.engine.connect() as connection:
        return state_counts.wrong(connection)


def miscount(database: Database) -> None:
    """Let a state have more incidents than there are, and another one fewer."""
    off = [{"state": "new", "number": 3}, {"state": "resolved", "number": -1}]
    with database.writing() as work:
        work._connection.execute(insert(kept), off)
        work.commit()


def test_housekeeping_that_stores_anything_leaves_a_row_for_each_state(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    log(services, people, 5)
    for number in (1, 2):
        services.triage.set_state(people.handler, number, None, RESOLVED)
    assert rows(database) == 9
    clock.forward(hours=25)
    before = services.queue.counts(people.handler)

    assert services.housekeeping.run() == 2

    assert rows(database) == 1
    assert services.queue.counts(people.handler) == before
    assert (before[View.OPEN], before[View.TRIAGE], before[View.RESOLVED]) == (3, 3, 0)
    assert wrong(database) == {}


def test_what_is_undone_is_not_counted(
    database: Database, services: Services, people: People
) -> None:
    log(services, people, 1)
    with database.writing() as work:
        state_counts.moved(work._connection, None, State.NEW)
    assert services.queue.counts(people.handler)[View.OPEN] == 1
    assert wrong(database) == {}


def test_a_number_that_is_off_is_put_right_by_the_next_housekeeping(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    log(services, people, 2)
    services.triage.set_state(people.handler, 1, None, RESOLVED)
    miscount(database)
    assert wrong(database) == {State.NEW: (4, 1), State.RESOLVED: (0, 1)}
    clock.forward(hours=25)

    services.housekeeping.run()

    assert wrong(database) == {}
    assert services.queue.counts(people.handler)[View.TRIAGE] == 1


@pytest.mark.on_postgres
def test_nobody_waits_for_another_one_and_what_is_added_meanwhile_is_kept(
    database: Database, database_url: str, services: Services, people: People
) -> None:
    log(services, people, 2)
    with closing(bootstrap.open_database(database_url)) as other:
        elsewhere = bootstrap.open_services(other)
        with database.writing() as work:
            state_counts.moved(work._connection, None, State.IN_PROGRESS)
            state_counts.moved(work._connection, State.IN_PROGRESS, State.CLOSED)
            elsewhere.report.log(people.head, new_form())
            with other.writing() as beside:
                beside.incidents.put_counts_together()
                elsewhere_sees = state_counts.wrong(beside._connection)
                beside.commit()
            work.commit()
    assert elsewhere_sees == {}
    assert wrong(database) == {}
    assert services.queue.counts(people.handler)[View.OPEN] == 3


def test_a_database_of_before_is_counted(furnished: Furnished, store: Store) -> None:
    now_url = furnished.copy()
    clock = SetClock()
    with closing(Database.at(now_url)) as current:
        services = bootstrap.open_services(current, clock)
        log(services, furnished.people, 3)
        services.triage.set_state(furnished.people.handler, 2, None, RESOLVED)
        url = of_revision(store, "0028", current)
    with closing(bootstrap.open_database(url)) as opened:
        assert wrong(opened) == {}
        counts = bootstrap.open_services(opened, clock).queue.counts(furnished.people.handler)
    assert (counts[View.OPEN], counts[View.TRIAGE], counts[View.RESOLVED]) == (3, 2, 1)
    for each in (url, now_url):
        store.drop(each)
