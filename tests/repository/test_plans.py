"""What is asked of the database: never an offset, and always by the index meant for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import make_url

from eds_tui.domain.sorting import Key, Sort
from eds_tui.domain.views import LATEST_CLOSED, ListQuery, View, Window
from eds_tui.repository.incident_statements import Pointer
from eds_tui.repository.list_conditions import in_view
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock, new_form
from tests.repository.statements import plan, statements

pytestmark = pytest.mark.on_sqlite


def list_plan(
    database: Database, people: People, query: ListQuery, window: Window, *, school: bool = False
) -> list[str]:
    """Return the plans of all that a list is read by."""
    actor = people.head if school else people.handler
    with statements(database) as found, database.reading() as work:
        work.incidents.page(actor.scope, query, window, START)
    listings = [statement for statement in found if "ORDER BY" in statement[0]]
    # What is equal to a key but for its number is read apart; whether there are others beyond a row
    # that belongs to the window is asked first.
    each = 2 if window.key is not None and query.order is Sort.PRIORITY else 1
    assert len(listings) == each * (2 if window.inclusive else 1)
    return [step for statement in listings for step in plan(database, statement)]


OPEN, CLOSED = ListQuery(View.OPEN), ListQuery(View.CLOSED)
KEY = Key(START, 5)
PLACES: dict[Sort, int | str] = {Sort.PRIORITY: 3, Sort.SCHOOL: "test school"}


@pytest.mark.parametrize(
    ("view", "sort", "index"),
    [
        (View.LATE, None, "ix_incidents_by_due"),
        (View.OPEN, Sort.DUE, "ix_incidents_by_due"),
        (View.MINE, Sort.OLDEST, "ix_incidents_mine"),
        (View.OPEN, Sort.PRIORITY, "ix_incidents_by_priority"),
        (View.OPEN, Sort.OLDEST, "ix_incidents_open"),
        (View.ALL, Sort.OLDEST, "ix_incidents_opened"),
        (View.CLOSED, Sort.OLDEST, "ix_incidents_closing"),
    ],
)
def test_each_order_of_a_list_is_read_along_an_index_without_sorting(
    database: Database, people: People, view: View, sort: Sort | None, index: str
) -> None:
    query = ListQuery(view, sort=sort)
    key = Key(PLACES.get(query.order, START), 5)
    windows = (
        Window(),
        Window(key=key),
        Window(key=key, newer=True),
        Window(key=key, inclusive=True),
    )
    for window in windows:
        steps = list_plan(database, people, query, window)
        used = [step.split("INDEX ")[1].split(" ")[0] for step in steps if "incidents" in step]
        assert set(used) == {index, "ix_incidents_parent_id"}
        assert not any("TEMP B-TREE" in step for step in steps)


def test_by_school_the_open_ones_alone_are_put_in_order(database: Database, people: People) -> None:
    query = ListQuery(View.OPEN, sort=Sort.SCHOOL)
    steps = list_plan(database, people, query, Window(key=Key("test school", 5)))
    read = [step for step in steps if step.startswith(("SCAN incidents", "SEARCH incidents"))]
    assert read[::2] == ["SEARCH incidents USING INTEGER PRIMARY KEY (rowid=?)"]
    of_open = ("open", "by_due", "by_priority")
    assert all(
        each in [f"SCAN incidents USING INDEX ix_incidents_{name}" for name in of_open]
        for each in read[1::2]
    )


def test_what_is_unread_is_put_in_order_by_its_index_alone(
    database: Database, people: People
) -> None:
    query = ListQuery(View.UNREAD)
    steps = list_plan(database, people, query, Window(key=Key(START, 5, 0)))
    read = [step for step in steps if step.startswith(("SCAN incidents", "SEARCH incidents"))]
    assert read == [
        "SEARCH incidents USING INTEGER PRIMARY KEY (rowid=?)",
        "SCAN incidents USING INDEX ix_incidents_unread",
    ]


def test_what_is_not_kept_is_counted_along_an_index_of_its_own(
    database: Database, people: People
) -> None:
    with statements(database) as found, database.reading() as work:
        work.incidents.counts(people.handler.scope, START)
    (counting,) = found
    # Nor is what is open, on hold or resolved gone through: that is kept.
    steps = [step for step in plan(database, counting) if "incidents" in step]
    used = {step.split("INDEX ix_incidents_")[1].split(" ")[0] for step in steps}
    assert used == {
        "unread", "mine", "come_due_auto_close", "team", "come_due_deferral", "running",
        "late_when_held", "flagged",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "school", "index"),
    [
        (OPEN, False, "ix_incidents_open"),
        (ListQuery(View.TRIAGE), False, "ix_incidents_triage"),
        (ListQuery(View.ON_HOLD), False, "ix_incidents_held"),
        (ListQuery(View.FLAGGED), False, "ix_incidents_flagged"),
        (ListQuery(View.RESOLVED), False, "ix_incidents_resolved"),
        (ListQuery(View.LATE), False, "ix_incidents_by_due"),
        (ListQuery(View.DUE_TODAY), False, "ix_incidents_by_due"),
        (ListQuery(View.ALL), False, "ix_incidents_opened"),
        (CLOSED, False, "ix_incidents_closing"),
        (OPEN, True, "ix_incidents_school_open"),
        (ListQuery(View.OPEN, 1), False, "ix_incidents_school_open"),
        (ListQuery(View.MINE), False, "ix_incidents_mine"),
        (ListQuery(View.TEAM), False, "ix_incidents_team"),
        (CLOSED, True, "ix_incidents_school_closing"),
        (ListQuery(View.CLOSED, 1), False, "ix_incidents_school_closing"),
    ],
)
@pytest.mark.parametrize(
    "window",
    [Window(), Window(limit=LATEST_CLOSED), Window(key=KEY), Window(key=KEY, newer=True)],
)
def test_each_list_is_read_along_its_index_without_sorting(
    database: Database, people: People, query: ListQuery, school: bool, index: str, window: Window
) -> None:
    steps = list_plan(database, people, query, window, school=school)
    used = [step.split("INDEX ")[1].split(" ")[0] for step in steps if "incidents" in step]
    # The second one counts what hangs on each row.
    assert set(used) == {index, "ix_incidents_parent_id"}
    assert not any("TEMP B-TREE" in step for step in steps)


def test_an_incident_is_found_by_its_number_alone(database: Database, people: People) -> None:
    with statements(database) as found, database.reading() as work:
        work.incidents.find(people.head.scope, 1, START)
    (listing,) = [statement for statement in found if "FROM incidents" in statement[0]]
    assert any(
        "uq_incidents_number" in step or "number=?" in step for step in plan(database, listing)
    )


@pytest.mark.parametrize(
    ("pointer", "index"),
    [("parent_id", "ix_incidents_parent_id"), ("duplicate_of_id", "ix_incidents_duplicates")],
)
def test_what_points_to_an_incident_is_found_by_its_index(
    database: Database, people: People, pointer: Pointer, index: str
) -> None:
    with statements(database) as found, database.reading() as work:
        work.incidents.pointing_to(people.handler.scope, 1, START, pointer)
    (listing,) = found
    assert any(f"incidents USING INDEX {index}" in step for step in plan(database, listing))


def test_what_comes_due_is_looked_up_in_four_indexes_alone(database: Database) -> None:
    with statements(database) as found, database.reading() as work:
        assert work.incidents.come_due(START, 50) == ()
    (asked,) = found
    steps = [step for step in plan(database, asked) if "incidents" in step]
    used = [step.split("INDEX ")[1].split(" ")[0] for step in steps]
    kinds = ("auto_close", "deferral", "warning", "breach")
    assert used == [f"ix_incidents_come_due_{kind}" for kind in kinds]
    assert all("<?" in step for step in steps)


def test_nothing_that_the_services_ask_uses_an_offset(
    database: Database, people: People, services: Services, clock: SetClock
) -> None:
    with statements(database) as found:
        number = services.report.log(people.head, new_form()).number
        services.conversation.comment(people.head, number, "More.", "comment-1")
        for view in View:
            for window in (Window(), Window(key=KEY), Window(key=KEY, newer=True)):
                services.queue.page(people.handler, ListQuery(view), window)
        clock.forward(hours=1)
        services.queue.latest_closed(people.head)
        services.queue.counts(people.handler)
        services.queue.open(people.handler, number)
        services.schools.find(people.handler, "test")
        services.schools.card(people.handler, people.school.id)
        services.schools.all()
        services.accounts.all()
    lists = [sql for sql, _ in found if "LIMIT" in sql]
    assert len(lists) > 18
    with_offset = [
        (sql, values) for sql, values in found if "OFFSET" in sql.upper() and values[-1] != 0
    ]
    assert with_offset == []
    assert timedelta(hours=1) == clock() - START


@pytest.mark.parametrize("view", [View.LATE, View.DUE_TODAY])
def test_beside_a_key_postgresql_is_given_the_due_date_of_its_index_alone(view: View) -> None:
    beside, alone = in_view(view, below_key=True), in_view(view)

    # A second date of another index led it there: it read all that is late, and sorted it.
    for name, is_same in (("postgresql", True), ("sqlite", False)):
        dialect = make_url(f"{name}://").get_dialect()()
        assert (
            str(beside.compile(dialect=dialect)) == str(alone.compile(dialect=dialect))
        ) is is_same
