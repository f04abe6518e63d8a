"""How searches are read: along an index, newest first, and never by sorting what words find."""

from __future__ import annotations

import pytest

from eds_tui.domain.account import Account
from eds_tui.domain.views import Window
from eds_tui.repository.unit_of_work import Database
from tests.factories import People
from tests.repository.searching import Searching, key
from tests.repository.statements import plan, statements

pytestmark = pytest.mark.on_sqlite

FULL_TEXT = "SCAN incident_search VIRTUAL TABLE"


def proposing(
    database: Database, searching: Searching, actor: Account, text: str, window: Window
) -> list[str]:
    """Return the plan of the query that proposes incidents to a search."""
    with statements(database) as found:
        searching.page(actor, text, window)
    proposals = [each for each in found if "ORDER BY" in each[0] and "count(*)" not in each[0]]
    return plan(database, proposals[-1])


@pytest.fixture
def searching(database: Database, people: People) -> Searching:
    """A database to be searched, in which no search finds anything."""
    return Searching(database, people)


WINDOWS = [Window(), Window(key=key(1_000)), Window(key=key(1_000), newer=True)]


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("", "ix_incidents_opened"),
        ("priority:1", "ix_incidents_opened"),
        ("category:h is:confidential", "ix_incidents_opened"),
        ("from:01/01/2026 to:31/01/2026", "ix_incidents_opened"),
        ("%", "ix_incidents_opened"),
        ("state:new", "ix_incidents_open"),
        ("state:hold priority:1", "ix_incidents_open"),
        ("is:late", "ix_incidents_open"),
        ("is:replied", "ix_incidents_open"),
        ("school:30112 state:open", "ix_incidents_school_open"),
    ],
)
def test_filters_alone_are_read_along_the_index_of_a_list(
    database: Database, people: People, searching: Searching, text: str, index: str, window: Window
) -> None:
    (step,) = proposing(database, searching, people.handler, text, window)
    assert f"USING COVERING INDEX {index}" in step or f"USING INDEX {index}" in step


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize(
    "text", ["p", "printer", "printer jam", "school:s printer", "from:01/01/2000 p"]
)
def test_words_are_read_in_the_order_of_the_full_text_without_sorting(
    database: Database, people: People, searching: Searching, text: str, window: Window
) -> None:
    searching.add("Printer jam.")
    for actor in (people.handler, people.head):
        steps = proposing(database, searching, actor, text, window)
        assert steps[0].startswith(FULL_TEXT)
        assert not any("incident_search" in step or "TEMP" in step for step in steps[1:])


def test_words_and_open_states_look_for_the_words_once_and_not_at_every_open_incident(
    database: Database, people: People, searching: Searching
) -> None:
    searching.add("Printer jam.")
    steps = proposing(database, searching, people.handler, "printer state:open", Window())
    assert steps[0].startswith(FULL_TEXT)
    assert "=" not in steps[0]
    assert any("ix_incidents_" in step for step in steps)


def test_the_range_of_a_date_is_read_from_its_index_alone(
    database: Database, people: People, searching: Searching
) -> None:
    with statements(database) as found:
        searching.page(people.handler, "printer from:01/01/2026")
    (ends,) = [each for each in found if "min(" in each[0]]
    assert any("COVERING INDEX ix_incidents_opened" in step for step in plan(database, ends))
