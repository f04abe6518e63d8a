"""How PostgreSQL goes about lists of which it knows how the incidents are spread."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, literal, select, text

from eds_tui.domain.lifecycle import State
from eds_tui.domain.triage_fields import REPLIED
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.tables import incidents
from eds_tui.repository.unit_of_work import Database, UnitOfWork
from eds_tui.services.container import Services
from tests.factories import START, People, log
from tests.repository.statements import Statement, statements

pytestmark = pytest.mark.on_postgres

CLOSED, EACH_OPEN = 20_000, 2_000
LATER = START + timedelta(days=10)
OPEN: tuple[dict[str, object], ...] = (
    {"state": State.IN_PROGRESS, "flag": REPLIED},
    {"state": State.RESOLVED, "closes_at": LATER},
    {"state": State.NEW, "priority": 0},
    {"state": State.ON_HOLD_CUSTOMER, "paused_since": START},
)


def multiply(database: Database, first: int, count: int, **values: object) -> None:
    """Store an incident as often, with other values, under the numbers from one on."""
    own = {"id", "number", "submission", *values}
    kept = [each for each in incidents.columns if each.name not in own]
    others = [literal(value, incidents.c[name].type) for name, value in values.items()]
    series = text(f"generate_series({first}, {first + count - 1}) AS made(number)")
    rows = (
        select(text("made.number, CAST(made.number AS text)"), *kept, *others)
        .select_from(incidents, series)
        .where(incidents.c.number == 1)
    )
    with database.engine.begin() as connection:
        names = ["number", "submission", *(each.name for each in kept), *values]
        connection.execute(insert(incidents).from_select(names, rows))


@pytest.fixture
def spread(database: Database, services: Services, people: People) -> None:
    """Very many closed incidents, and some that are open in each way."""
    log(services, people, 1)
    opened: list[tuple[int, int, dict[str, object]]] = [
        (CLOSED + 10 + at * EACH_OPEN, EACH_OPEN, values) for at, values in enumerate(OPEN)
    ]
    closed_at: datetime = START - timedelta(days=1)
    closed = {"state": State.CLOSED, "closes_at": closed_at}
    for first, count, values in ((10, CLOSED, closed), *opened):
        multiply(database, first, count, **values)
    with database.engine.begin() as connection:
        connection.execute(text("ANALYZE"))


def explained(work: UnitOfWork, statement: Statement) -> list[str]:
    """Return how PostgreSQL goes about a statement."""
    asked, values = statement
    return list(work._connection.exec_driver_sql(f"EXPLAIN {asked}", values).scalars())


def test_a_check_goes_through_no_list_of_all_incidents_for_each_of_them(
    database: Database, services: Services, people: People
) -> None:
    """Longer than the server's memory, it would be gone through a million times."""
    log(services, people, 1)
    with statements(database) as found:
        assert not any(each.problems for each in database.check())
    with database.reading() as work:
        steps = [step for statement in found for step in explained(work, statement)]
    assert any("incident_search" in step for step in steps)
    assert not [step for step in steps if "NOT (ANY" in step]


@pytest.mark.usefixtures("spread")
def test_no_list_is_put_in_order_when_it_is_read(database: Database, people: People) -> None:
    sorted_ones = {}
    for view in (View.OPEN, View.FLAGGED, View.RESOLVED, View.TRIAGE, View.ON_HOLD, View.CLOSED):
        with statements(database) as found, database.reading() as work:
            page = work.incidents.page(people.handler.scope, ListQuery(view), Window(), START)
            assert page.older
            asked, *_ = [each for each in found if "ORDER BY" in each[0]]
            steps = explained(work, asked)
        if any("Sort" in step for step in steps):
            sorted_ones[view] = steps
    assert sorted_ones == {}
