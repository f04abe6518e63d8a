"""Paging by key: every row once, in order, in both directions, whatever the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from eds_tui.domain.incident import Channel, NewIncident
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.sorting import OPEN_SORTS, Key, Sort
from eds_tui.domain.views import IncidentRow, ListQuery, Page, View, Window
from eds_tui.repository.unit_of_work import Database
from tests.factories import START, People
from tests.furnished import Furnished

INCIDENTS = 250
NOW = START + timedelta(days=30)
OPEN, CLOSED, ALL = (ListQuery(view) for view in (View.OPEN, View.CLOSED, View.ALL))
LISTS = (
    OPEN, CLOSED, ALL, *(ListQuery(View.OPEN, sort=sort) for sort in OPEN_SORTS[1:]),
    ListQuery(View.ALL, sort=Sort.OLDEST), ListQuery(View.CLOSED, sort=Sort.OLDEST),
)  # fmt: skip
NAMES = [f"{query.view.value}-{query.order.value}" for query in LISTS]


@pytest.fixture(scope="module")
def full(furnished: Furnished) -> Furnished:
    """A database with 250 incidents, five at each moment, every third one closed."""
    people = furnished.people
    url = furnished.copy()
    database = Database.at(url)
    with database.writing() as work:
        for index in range(INCIDENTS):
            at = START + timedelta(minutes=index // 5)
            school = (people.school, people.other_school)[index % 7 == 0]
            new = replace(
                incident(people), submission=f"{index}", opened_at=at, school_id=school.id
            )
            incident_id = work.incidents.add(new, work.incidents.next_number())
            due = at + timedelta(hours=index % 11) if index % 5 else None
            work.incidents.set_due_dates({incident_id: (due, None)}, at)
            priority = Priority(index % 6)
            work.incidents.set_state(incident_id, State.IN_PROGRESS, priority, at)
            if index % 3 == 0:
                work.incidents.set_state(incident_id, State.RESOLVED, Priority.LOW, at)
        work.commit()
    database.close()
    return replace(furnished, url=url)


def incident(people: People) -> NewIncident:
    """Return an incident to be changed to taste."""
    return NewIncident(
        submission="key", school_id=people.school.id, category=Category.DATA, impact=Impact.SITE,
        confidential=False, description="Fault", contact_name="Test User", contact_telephone="",
        contact_email="", channel=Channel.SELF_SERVICE, logged_by_id=people.head.id,
        logged_by="Test User", opened_at=NOW,
    )  # fmt: skip


@pytest.fixture
def filled(full: Furnished) -> Iterator[Database]:
    """A copy of the full database."""
    url = full.copy()
    database = Database.at(url)
    yield database
    database.close()
    full.store.drop(url)


def page(database: Database, people: People, query: ListQuery, window: Window) -> Page:
    """Return a handler's window of a list."""
    with database.reading() as work:
        return work.incidents.page(people.handler.scope, query, window, NOW)


def whole(database: Database, people: People, query: ListQuery) -> list[IncidentRow]:
    """Return a list in one go."""
    rows = list(page(database, people, query, Window(limit=1_000)).rows)
    assert len(rows) == len({row.number for row in rows})
    return rows


@pytest.mark.parametrize("query", LISTS, ids=NAMES)
def test_a_list_is_in_its_order_and_what_is_equal_by_number(
    filled: Database, people: People, query: ListQuery
) -> None:
    rows = whole(filled, people, query)
    keys = [query.key(row) for row in rows]
    assert len(rows) == {"open": 166, "closed": 84, "all": 250}[query.view.value]
    assert keys == sorted(
        keys, key=lambda key: (key.at, key.number), reverse=query.order.is_descending
    )


@pytest.mark.parametrize("query", LISTS, ids=NAMES)
@pytest.mark.parametrize("limit", [7, 100, 166])
def test_walking_down_in_windows_gives_the_whole_list(
    filled: Database, people: People, query: ListQuery, limit: int
) -> None:
    rows: list[IncidentRow] = []
    window: Window | None = Window(limit=limit)
    while window:
        found = page(filled, people, query, window)
        rows += found.rows
        window = Window(limit=limit, key=query.key(rows[-1])) if found.older else None
    assert rows == whole(filled, people, query)


@pytest.mark.parametrize("query", LISTS, ids=NAMES)
@pytest.mark.parametrize("limit", [7, 100])
def test_walking_up_in_windows_gives_the_whole_list(
    filled: Database, people: People, query: ListQuery, limit: int
) -> None:
    expected = whole(filled, people, query)
    rows = [expected[-1]]
    more = True
    while more:
        found = page(filled, people, query, Window(limit=limit, key=query.key(rows[0]), newer=True))
        rows[:0] = found.rows
        more = found.newer
    assert rows == expected


@pytest.mark.parametrize(("sort", "newer"), [(Sort.NEWEST, True), (Sort.OLDEST, False)])
def test_what_is_resolved_and_closes_later_is_not_met_on_the_way_through_the_closed(
    filled: Database, people: People, sort: Sort, newer: bool
) -> None:
    query = ListQuery(View.CLOSED, sort=sort)
    rows = whole(filled, people, query)
    with filled.writing() as work:
        found = work.incidents.find(people.handler.scope, 2, NOW)
        assert found is not None
        work.incidents.set_state(found.id, State.RESOLVED, Priority.LOW, NOW)
        work.commit()
    assert page(filled, people, ListQuery(View.RESOLVED), Window()).rows[0].number == 2
    key = query.key(rows[-1] if newer else rows[0])
    beyond = page(filled, people, query, Window(limit=500, key=key, newer=newer))
    assert list(beyond.rows) == (rows[:-1] if newer else rows[1:])


@pytest.mark.parametrize("newer", [False, True])
def test_an_inclusive_window_begins_with_the_row_at_its_key(
    filled: Database, people: People, newer: bool
) -> None:
    rows = whole(filled, people, ALL)
    key = ALL.key(rows[100])
    found = page(filled, people, ALL, Window(limit=5, key=key, newer=newer, inclusive=True))
    assert list(found.rows) == (rows[96:101] if newer else rows[100:105])
    found = page(filled, people, ALL, Window(limit=5, key=key, newer=newer, inclusive=False))
    assert list(found.rows) == (rows[95:100] if newer else rows[101:106])


def test_a_key_between_rows_or_of_a_row_that_is_gone_pages_all_the_same(
    filled: Database, people: People
) -> None:
    rows = whole(filled, people, ALL)
    moment = rows[99].opened_at + timedelta(seconds=1)
    between = Key(moment, 0)
    expected = [row for row in rows if row.opened_at < moment]
    found = page(filled, people, ALL, Window(limit=10, key=between, inclusive=True))
    assert list(found.rows) == expected[:10]


@pytest.mark.parametrize("query", LISTS, ids=NAMES)
def test_a_window_says_whether_there_is_more_on_either_side(
    filled: Database, people: People, query: ListQuery
) -> None:
    rows = whole(filled, people, query)
    top, bottom = query.key(rows[0]), query.key(rows[-1])

    def sides(window: Window) -> tuple[bool, bool]:
        found = page(filled, people, query, window)
        return found.newer, found.older

    assert sides(Window(limit=len(rows))) == (False, False)
    assert sides(Window(limit=len(rows) - 1)) == (False, True)
    assert sides(Window(limit=5, key=top)) == (True, True)
    assert sides(Window(limit=5, key=bottom, newer=True)) == (True, True)
    assert sides(Window(limit=5, key=top, inclusive=True)) == (False, True)
    assert sides(Window(limit=5, key=bottom, newer=True, inclusive=True)) == (True, False)


def test_a_state_is_set_as_of_its_moment_and_a_closed_one_keeps_when_it_was_resolved(
    filled: Database, people: People
) -> None:
    """As incidents are given a past of their own."""
    steps = (State.RESOLVED, State.CLOSED, State.IN_PROGRESS, State.CLOSED)
    found = []
    with filled.writing() as work:
        incident_id = work.incidents.add(incident(people), work.incidents.next_number())
        for days, state in enumerate(steps):
            at = NOW + timedelta(days=days)
            changed = work.incidents.set_state(incident_id, state, Priority.LOW, at)
            fields = work.incidents.by_id(incident_id, NOW).fields
            assert changed["state"][1] is state
            found.append((fields.state, fields.resolved_at, fields.closes_at))
    later = [NOW + timedelta(days=days) for days in range(4)]
    assert found == [
        (State.RESOLVED, NOW, later[1]), (State.CLOSED, NOW, later[1]),
        (State.IN_PROGRESS, None, None), (State.CLOSED, later[3], later[3]),
    ]  # fmt: skip


def test_a_row_added_on_top_while_walking_is_not_met_twice(
    filled: Database, people: People
) -> None:
    first = page(filled, people, ALL, Window(limit=10))
    with filled.writing() as work:
        for submission in ("late-1", "late-2"):
            number = work.incidents.next_number()
            work.incidents.add(replace(incident(people), submission=submission), number)
        work.commit()
    key = ALL.key(first.rows[-1])
    second = page(filled, people, ALL, Window(limit=10, key=key))
    assert [row.number for row in (*first.rows, *second.rows)] == list(range(250, 230, -1))
