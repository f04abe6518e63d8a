"""Searching where there is much: what is done otherwise, what is given up, and how that goes on."""

from __future__ import annotations

import pytest

from eds_tui.domain.priority import Priority
from eds_tui.domain.sorting import Key
from eds_tui.domain.views import Window
from eds_tui.repository import search, search_filters, search_vocabulary
from eds_tui.repository.postgres_text import PostgresText
from eds_tui.repository.sqlite_text import SqliteText
from eds_tui.repository.unit_of_work import Database
from tests.factories import People
from tests.london import london
from tests.repository.searching import Searching, key, numbers


@pytest.fixture
def searching(database: Database, people: People) -> Searching:
    """An empty database to be searched."""
    return Searching(database, people)


def test_what_is_done_otherwise_for_many_finds_the_same(
    searching: Searching, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    priorities = [Priority.HIGH if day % 3 else Priority.LOW for day in range(1, 9)]
    added = [
        searching.add(opened_at=london(2026, 6, day, 9, 0), priority=priority.value)
        for day, priority in enumerate(priorities, 1)
    ]
    texts = ("internet from:03/06/2026 to:06/06/2026", "internet priority:2", "int priority:2",
             "priority:2 from:02/06/2026", "internet from:09/06/2026", '"no internet"')  # fmt: skip
    before = [searching.find(people.handler, text) for text in texts]
    assert before[0] == added[5:1:-1]
    monkeypatch.setattr(search_filters, "_MOST_RANGED", 1)
    monkeypatch.setattr(search_vocabulary, "MOST", 0)
    monkeypatch.setattr(search, "_FEW", 0)
    monkeypatch.setattr(search, "_MOST_LISTED", 2)
    assert [searching.find(people.handler, text) for text in texts] == before
    found: list[int] = []
    window = Window(limit=2)
    while (page := searching.page(people.handler, "priority:2", window)).rows:
        found += numbers(page)
        window = Window(limit=2, key=Key(page.rows[-1].opened_at, page.rows[-1].number))
    assert found == before[1]


def test_a_phrase_is_looked_for_as_far_as_is_quick_and_from_there_on(
    searching: Searching, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in (SqliteText, PostgresText):
        monkeypatch.setattr(kind, "reach", 3)
    old = searching.add("No internet in the hall.")
    for _ in range(4):
        searching.add("In the hall no internet.")
    new = searching.add("No internet in the hall.")
    for text in ('"internet in the"', '"internet in" hall', "in-the internet"):
        assert old in searching.find(people.head, text)
    page = searching.page(people.handler, '"internet in the"')
    assert (numbers(page), page.older) == ([new], False)
    assert page.looked_back_to == key(old + 2).at
    for found in ([], [old]):
        page = searching.page(people.handler, '"internet in the"', Window(key=page.goes_on))
        assert numbers(page) == found
    assert page.goes_on is None
    assert searching.find(people.handler, '"internet in the" from:01/01/2026')[:1] == [new]
    assert searching.find(people.handler, "internet hall")[-1] == old
