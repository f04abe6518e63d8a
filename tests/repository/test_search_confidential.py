"""What no school's search finds: confidential incidents, other schools', work notes (24, 27)."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.event import listen, remove

from eds_tui.domain.lifecycle import State
from eds_tui.domain.search import SearchPage
from eds_tui.domain.triage_fields import REPLIED
from eds_tui.domain.views import Window
from eds_tui.repository.unit_of_work import Database
from tests import nasty
from tests.factories import START, People
from tests.repository.searching import FIRST, Searching, key, numbers

SECRET = "Suspended account \u2620 'x' 100% [/] café INC0001000, and the printer"
WORDS = (
    "", "suspended", "s", "sus", "account suspended", '"suspended account"', "\u2620", "%", "[",
    "'", "cafe", "printer", "bursar", "01772", "garstang", "furious", "1000", "INC0001000",
    "inc1002", "0001001", "INC000", "INC 0001003",
)  # fmt: skip
FILTERS = (
    "", "is:confidential", "is:late", "is:replied", "state:open", "state:hold", "state:new",
    "school:00000", "school:30112", "school:s", "category:n", "impact:2", "priority:4",
    "assigned:me", "assigned:nobody", "assigned:handler", "from:01/01/2020", "to:today",
)  # fmt: skip
SEARCHES = [
    *(" ".join(parts) for parts in itertools.product(WORDS, FILTERS)),
    *(text for text in nasty.STORABLE if len(text) < 20),
]
WINDOWS = (
    Window(),
    Window(key=key(FIRST)),
    Window(key=key(FIRST), newer=True),
    Window(limit=1, key=key(FIRST + 9), inclusive=True),
)


@pytest.fixture
def searching(database: Database, people: People) -> Searching:
    """A database to be searched."""
    return Searching(database, people)


@pytest.mark.long_on_postgres
def test_a_school_finds_the_same_whether_or_not_there_are_others_and_confidential_ones(
    searching: Searching, people: People
) -> None:
    searching.add("Printer 1002 jams", sla_due=START)

    def all_found() -> list[SearchPage]:
        return [
            *(searching.page(people.head, text) for text in SEARCHES),
            *(searching.page(people.head, text, window) for text in WORDS for window in WINDOWS),
        ]

    before = all_found()
    add_secrets(searching, people)
    assert all_found() == before
    assert {number for page in before for number in numbers(page)} == {FIRST}
    assert len(searching.find(people.handler, "suspended")) == 3


def add_secrets(searching: Searching, people: People) -> None:
    """Add a confidential incident of each school, another school's, and a work note."""
    late_hold = {"sla_due": START, "state": State.ON_HOLD_CHANGE.value, "flag": REPLIED}
    searching.add(SECRET, confidential=True, **late_hold)
    searching.add(SECRET, school_id=people.other_school.id, **late_hold)
    searching.add(SECRET, school_id=people.other_school.id, confidential=True)
    searching.say(FIRST, "Caller is furious \u2620 %", internal=True)


def test_a_school_finds_an_incident_no_more_once_it_is_confidential(
    searching: Searching, people: People
) -> None:
    number = searching.add("Printer")
    texts = ("printer", str(number), "state:open", "")
    assert [searching.find(people.head, text) for text in texts] == [[number]] * 4
    searching.make_confidential(number)
    assert [searching.find(people.head, text) for text in texts] == [[]] * 4
    assert searching.find(people.handler, "printer is:confidential") == [number]


@contextmanager
def counted(database: Database) -> Iterator[list[int]]:
    """Count the steps that SQLite takes, those of its full text included."""
    steps = [0]

    def step() -> int:
        steps[0] += 1
        return 0

    def begin(connection: sqlite3.Connection, *_: object) -> None:
        connection.set_progress_handler(step, 1)

    listen(database.engine, "checkout", begin)
    yield steps
    remove(database.engine, "checkout", begin)


LOOK_UP = 3
"""Steps to find that the one row under a number is not the reader's; all searches take 100."""


@pytest.mark.on_sqlite
def test_a_schools_search_takes_not_a_step_more_for_what_it_may_not_know_of(
    database: Database, searching: Searching, people: People
) -> None:
    """Rule 24: how long it takes tells nothing, whatever it is that a confidential one says."""
    for at in range(3):
        searching.add(f"Printer {at} jams")
    texts = ("suspended", "s", '"account suspended"', "printer suspended", "printer", "cafe",
             "suspended state:open", "suspended is:late", "INC0001003", "1003")  # fmt: skip

    def steps() -> dict[str, int]:
        taken = {}
        for text in texts:
            with counted(database) as count:
                searching.page(people.head, text)
            taken[text] = count[0]
        return taken

    steps()
    before = steps()
    for _ in range(5):
        searching.add(SECRET, confidential=True, sla_due=START)
    assert len(searching.find(people.handler, "suspended")) == 5
    after = steps()
    more = {text: after[text] - before[text] for text in texts}
    assert dict.fromkeys(texts[:-2], 0).items() <= more.items()
    assert all(0 <= each <= LOOK_UP for each in more.values()), more
    assert min(before.values()) > 100
