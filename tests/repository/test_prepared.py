"""What a server prepares for a session: kept from one read to the next, and how it is planned."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import make_url, text

from eds_tui import bootstrap
from eds_tui.domain.account import Account
from eds_tui.domain.errors import NotFound
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People, log
from tests.repository.connections import run

pytestmark = pytest.mark.on_postgres

OFTEN = 20
"""Times that something is done: more than the driver waits for, and the server plans anew."""
_PREPARED = text(
    "SELECT count(*) AS prepared, coalesce(sum(generic_plans), 0) AS once,"
    " coalesce(sum(custom_plans), 0) AS each_time"
    " FROM pg_prepared_statements WHERE statement LIKE :pattern"
)
INCIDENT = "SELECT incidents.id,%WHERE incidents.number =%"
WINDOW = "%FROM incidents%LIMIT%"
ALL = "SELECT count(*) FROM incidents"
"""A statement that names no condition: the wall alone limits it."""


def prepared(database: Database, pattern: str) -> tuple[int, int, int]:
    """Return how many statements like that are prepared; their plans kept, and made each time."""
    with database.engine.connect() as connection:
        found = connection.execute(_PREPARED, {"pattern": pattern}).one()
        connection.commit()
    return found.prepared, int(found.once), int(found.each_time)


def often(action: Callable[[], object]) -> None:
    """Do something often."""
    for _ in range(OFTEN):
        action()


def a_window(database: Database, people: People) -> None:
    """Read the first window of what is open."""
    with database.reading(people.handler) as work:
        work.incidents.page(people.handler.scope, ListQuery(View.OPEN), Window(), START)


def test_an_incident_is_taken_apart_and_planned_once_and_a_window_planned_for_its_values(
    database: Database, services: Services, people: People
) -> None:
    log(services, people, 2)
    often(lambda: services.queue.open(people.handler, 1))
    often(lambda: a_window(database, people))
    count, once, _ = prepared(database, INCIDENT)
    assert count == 1
    assert once > 0
    windows, never, anew = prepared(database, WINDOW)
    assert windows > 0
    assert (never, anew > 0) == (0, True)


def test_what_was_prepared_before_the_wall_shows_nothing_more_behind_it(
    database: Database, services: Services, people: People
) -> None:
    log(services, people, 2)

    def count(actor: Account) -> object:
        with database.reading(actor) as work:
            ((found,),) = run(work, ALL)
        return found

    often(lambda: count(people.handler))
    assert prepared(database, ALL)[0] == 1
    assert (count(people.neighbour), count(people.handler)) == (0, 2)
    often(lambda: count(people.neighbour))
    assert (count(people.neighbour), count(people.handler)) == (0, 2)


def test_what_is_refused_costs_no_more_than_to_prepare_anew(
    database: Database, services: Services, people: People
) -> None:
    log(services, people, 1)
    often(lambda: services.queue.open(people.handler, 1))
    with pytest.raises(NotFound):
        services.queue.open(people.handler, 99)
    assert prepared(database, INCIDENT)[0] == 0
    often(lambda: services.queue.open(people.handler, 1))
    assert prepared(database, INCIDENT)[0] == 1


def test_whoever_names_options_of_their_own_has_windows_planned_for_their_values_too(
    database_url: str, people: People
) -> None:
    url = make_url(database_url).update_query_dict({"options": "-c lock_timeout=7s"})
    with closing(bootstrap.open_database(url.render_as_string(hide_password=False))) as database:
        often(lambda: a_window(database, people))
        windows, once, each_time = prepared(database, WINDOW)
    assert windows > 0
    assert (once, each_time > 0) == (0, True)


def test_a_table_that_an_upgrade_has_changed_is_read_on(
    database: Database, database_url: str, services: Services, people: People
) -> None:
    log(services, people, 1)
    often(lambda: services.queue.open(people.handler, 1))
    with (
        closing(bootstrap.open_database(database_url)) as elsewhere,
        elsewhere.engine.begin() as upgrade,
    ):
        upgrade.execute(text("ALTER TABLE incidents ADD COLUMN of_a_later_release integer"))
    assert prepared(database, INCIDENT)[0] == 1
    assert services.queue.open(people.handler, 1).row.number == 1
