"""Searching by filters: what each finds, and the order and the windows of what is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from eds_tui.domain.account import NewAccount, Role
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.search import parse_search
from eds_tui.domain.sorting import Sort
from eds_tui.domain.triage_fields import REPLIED
from eds_tui.domain.views import Window
from eds_tui.repository import search_filters
from eds_tui.repository.unit_of_work import Database
from tests.factories import START, People, new_school
from tests.london import london
from tests.repository.searching import FIRST, Searching, key, numbers

HOUR = timedelta(hours=1)
SECOND_LINE = NewAccount(
    login="second", name="Second Line", role=Role.HANDLER, team="2nd line technical"
)


@pytest.fixture
def searching(database: Database, people: People) -> Searching:
    """An empty database to be searched."""
    return Searching(database, people)


@pytest.mark.parametrize("words", ["", "internet "])
@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("category:h", {"category": Category.HARDWARE.value}),
        ("impact:1 impact:4", {"impact": Impact.SINGLE_USER.value}),
        ("priority:2", {"priority": Priority.HIGH.value}),
        ("is:confidential", {"confidential": True}),
        ("is:late", {"sla_due": START - HOUR}),
        ("is:replied", {"state": State.ON_HOLD_CHANGE.value, "flag": REPLIED}),
        ("state:new", {"state": State.NEW.value}),
        ("state:hold", {"state": State.ON_HOLD_CUSTOMER.value}),
        ("assigned:tech", {"team": "2nd line technical"}),
        ("from:11/06/2026", {"opened_at": london(2026, 6, 11, 0, 0)}),
        ("to:09/06/2026", {"opened_at": london(2026, 6, 9, 23, 59)}),
        ("category:h priority:2 state:new is:confidential", {
            "category": Category.HARDWARE.value, "priority": Priority.HIGH.value,
            "state": State.NEW.value, "confidential": True,
        }),
    ],
)  # fmt: skip
def test_a_filter_finds_those_alone_that_it_describes(
    searching: Searching, people: People, words: str, text: str, changes: dict[str, Any]
) -> None:
    with searching.database.writing() as work:
        work.accounts.add(SECOND_LINE, "", START)
        work.commit()
    searching.add()
    number = searching.add(**changes)
    searching.add("Printer", **(changes | {"category": Category.DATA.value, "impact": 3}))
    found = searching.find(people.handler, words + text)
    assert number in found
    assert FIRST not in found
    assert set(found) <= ({number} if words else {number, number + 1})


@pytest.mark.parametrize("words", ["", "test "])
def test_states_are_those_that_every_reader_sees_at_that_moment(
    searching: Searching, people: People, words: str
) -> None:
    over, ahead = START - HOUR, START + HOUR
    deferral = State.ON_HOLD_DEFERRAL.value
    ended = searching.add(state=deferral, deferred_until=over)
    put_off = searching.add(state=deferral, deferred_until=ahead)
    resolved = searching.add_resolved("x", START - timedelta(hours=23))
    closed = searching.add_resolved("x", START - timedelta(hours=24))
    closed_long = searching.add_resolved("x", START - timedelta(days=9), State.CLOSED)
    for text, found in {
        "state:progress": [ended],
        "state:deferral": [put_off],
        "state:resolved": [resolved],
        "state:closed": [closed_long, closed],
        "state:open": [resolved, put_off, ended],
        "state:closed state:deferral": [closed_long, closed, put_off],
    }.items():
        assert searching.find(people.handler, words + text) == found, text


@pytest.mark.parametrize("text", ["school:00000", "school:school"])
def test_a_school_finds_its_own_by_name_however_many_others_are_named_so(
    searching: Searching, people: People, text: str
) -> None:
    """It may name its own alone, and is not told of the others (rule 24)."""
    number = searching.add()
    searching.add(school_id=people.other_school.id)
    with searching.database.writing() as work:
        for place in range(search_filters.MOST_SCHOOLS + 2):
            new = new_school(portal_number=f"4{place:04}", name=f"A School {place}")
            last = work.schools.add(new)
        work.commit()
    assert searching.find(people.head, text) == [number]
    assert searching.find(people.head, "school:30112") == []
    theirs = searching.add(school_id=last)
    assert searching.find(replace(people.head, school_id=last), "school:school") == [theirs]


@pytest.mark.parametrize("words", ["", "internet "])
@pytest.mark.parametrize(
    "school", ["30112", "garst", '"st mary"', '"saint mary"', "301", "st michael's"]
)
def test_a_school_is_found_by_portal_number_or_part_of_its_name(
    searching: Searching, people: People, words: str, school: str
) -> None:
    searching.add()
    number = searching.add(school_id=people.other_school.id)
    assert searching.find(people.handler, f"{words}school:{school}") == [number]
    assert searching.find(people.handler, f"{words}school:nowhere") == []
    assert searching.find(people.handler, f"{words}school:%") == []


def test_a_school_filter_that_means_many_schools_finds_the_same(
    searching: Searching, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = [searching.add(school_id=school.id) for school in (people.school, people.other_school)]
    before = [searching.find(people.handler, text) for text in ("school:s", "internet school:s")]
    monkeypatch.setattr(search_filters, "MOST_SCHOOLS", 1)
    after = [searching.find(people.handler, text) for text in ("school:s", "internet school:s")]
    assert before == after == [added[::-1], added[::-1]]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("assigned:me", [0]), ("assigned:HAND", [0]), ("assigned:lead", [1]),
        ("assigned:.", [1, 0]), ("assigned:nobody", [2]), ("assigned:technical", [3]),
        ("assigned:bursar", []), ("assigned:%", []),
    ],
)  # fmt: skip
def test_assigned_finds_ones_own_somebodys_a_teams_and_nobodys(
    searching: Searching, people: People, text: str, places: list[int]
) -> None:
    with searching.database.writing() as work:
        work.accounts.add(SECOND_LINE, "", START)
        work.commit()
    added = [
        searching.add(assigned_to_id=people.handler.id, assigned_to="A. Handler"),
        searching.add(assigned_to_id=people.lead.id, assigned_to="S. Lead"),
        searching.add(),
        searching.add(team="2nd line technical"),
    ]
    assert searching.find(people.handler, text) == [added[place] for place in places]
    assert searching.find(people.head, text) == []


def test_the_day_of_to_belongs_to_what_is_found_as_london_counts_days(
    searching: Searching, people: People
) -> None:
    moments = [london(2026, 3, 28, 23, 59), london(2026, 3, 29, 0, 0)]
    moments += [london(2026, 3, 29, 23, 59), london(2026, 3, 30, 0, 0)]
    added = [searching.add(opened_at=moment) for moment in moments]
    for words in ("", "internet "):
        found = searching.find(people.handler, f"{words}from:29/03/2026 to:2026-03-29")
        assert found == [added[2], added[1]]


TEXTS = ("", "internet", "i", "state:open", "is:late internet", "school:00000", "1002")


@pytest.mark.parametrize("text", TEXTS)
def test_windows_from_either_end_come_to_the_whole_newest_first(
    searching: Searching, people: People, text: str
) -> None:
    added = [searching.add("No internet, see 1002.", sla_due=START - HOUR) for _ in range(11)]
    whole = searching.find(people.handler, text)
    first = [1002] if text == "1002" else []
    assert whole == first + [number for number in added[::-1] if number not in first]
    down = [page := searching.page(people.handler, text, Window(limit=4))]
    while page.older:
        down.append(
            page := searching.page(
                people.handler, text, Window(limit=4, key=key(page.rows[-1].number))
            )
        )
    assert [numbers(page) for page in down] == [whole[:4], whole[4:8], whole[8:]]
    assert [page.newer for page in down] == [False, True, True]
    up = [
        page := searching.page(
            people.handler, text, Window(limit=4, key=key(whole[-1]), newer=True)
        )
    ]
    while page.newer:
        window = Window(limit=4, key=key(page.rows[0].number), newer=True)
        up.append(page := searching.page(people.handler, text, window))
    assert [number for page in up[::-1] for number in numbers(page)] == whole[:-1]
    assert all(page.older for page in up)


@pytest.mark.parametrize(
    ("limit", "shown", "older"), [(1, 1, True), (2, 2, True), (3, 3, False), (4, 3, False)]
)
def test_with_the_one_that_is_meant_on_top_a_window_says_whether_there_is_more(
    searching: Searching, people: People, limit: int, shown: int, older: bool
) -> None:
    whole = [searching.add("See 1000.") for _ in range(3)]
    page = searching.page(people.handler, "1000", Window(limit=limit))
    assert numbers(page) == [whole[0], whole[2], whole[1]][:shown]
    assert (page.newer, page.older) == (False, older)


@pytest.mark.parametrize("text", TEXTS)
def test_a_window_that_begins_at_a_row_holds_it(
    searching: Searching, people: People, text: str
) -> None:
    for _ in range(5):
        searching.add("No internet, see 1002.", sla_due=START - HOUR)
    whole = searching.find(people.handler, text)
    for place, number in enumerate(whole):
        window = Window(limit=2, key=key(number), inclusive=True)
        page = searching.page(people.handler, text, window)
        assert numbers(page) == whole[place : place + 2]
        assert (page.newer, page.older) == (place > 0, place < 3)
        other = searching.page(
            people.handler, text, Window(limit=9, key=key(number), newer=True, inclusive=True)
        )
        assert numbers(other) == whole[: place + 1]


@pytest.mark.parametrize("most", [4, 6])
@pytest.mark.parametrize("text", ["priority:1", "internet priority:1", "internet \u2620"])
def test_a_search_that_would_take_too_long_says_how_far_back_it_looked(
    searching: Searching, people: People, text: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_filters, "MOST_LOOKED_AT", most)
    monkeypatch.setattr(search_filters, "MOST_READ_THROUGH", most)
    wanted = {"priority": Priority.CRITICAL.value}
    old = searching.add("No internet \u2620", **wanted)
    added = [searching.add() for _ in range(6)]
    new = searching.add("No internet \u2620", **wanted)
    page = searching.page(people.handler, text, Window(limit=3))
    assert numbers(page) == [new]
    first_left = key(added[6 - most])
    assert page.looked_back_to == first_left.at
    assert not page.older
    assert numbers(searching.page(people.head, text, Window(limit=3))) == [new, old]
    for place in (first_left, page.goes_on):
        rest = searching.page(people.handler, text, Window(limit=3, key=place))
        assert numbers(rest) == [old]
        assert (rest.looked_back_to, rest.goes_on) == (None, None)


@pytest.mark.parametrize("text", [
    "01772 654987", "+44 (0)1772 654987", "01772654987", "654987", "printer 01772 654987",
])  # fmt: skip
def test_a_telephone_is_found_by_its_digits_however_it_is_written(
    searching: Searching, people: People, text: str
) -> None:
    """Rule 45; the numbers of the caller, and those that somebody wrote."""
    searching.add("Printer")
    called = searching.add("Printer", contact_telephone="Jo 01772 654987 ext 4")
    written = searching.add("Printer: ring (01772) 654987.")
    assert set(searching.find(people.handler, text)) == {called, written}
    assert set(searching.find(people.head, text)) == {called, written}


@pytest.mark.parametrize("text", ["obrien", "Anne O'Brien", "01995 600001", "+441995600000"])
def test_a_contact_and_a_telephone_of_a_school_find_its_incidents_for_the_service_centre(
    searching: Searching, people: People, text: str
) -> None:
    """Rule 45: as the look-up of schools does; a school finds its own words alone (rule 24)."""
    searching.add("Screen")
    theirs = searching.add("Screen", school_id=people.other_school.id)
    assert searching.find(people.handler, text) == [theirs]
    assert searching.find(people.neighbour, text) == []


@pytest.mark.parametrize("text", ["", "screen", "is:late"])
def test_what_is_found_is_sorted_by_what_is_asked_for(
    searching: Searching, people: People, text: str
) -> None:
    for hours, priority in ((3, 4), (1, 0), (2, 1)):
        searching.add("Screen", sla_due=START - hours * HOUR, priority=priority)
    with searching.database.reading() as work:
        query = parse_search(text, START)

        def found(sort: Sort) -> list[int]:
            page = work.search.find(people.handler.scope, query, Window(), START, sort)
            return [row.number - FIRST for row in page.rows]

        assert found(Sort.NEWEST) == [2, 1, 0]
        assert found(Sort.OLDEST) == [0, 1, 2]
        assert found(Sort.DUE) == [0, 2, 1]
        assert found(Sort.PRIORITY) == [2, 0, 1]
