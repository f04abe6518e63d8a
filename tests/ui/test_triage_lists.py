"""The lists of the queue as a triager meets them, and the keys that a school has not."""

from __future__ import annotations

import pytest

from eds_tui.desk import Desk
from eds_tui.domain.priority import Priority
from eds_tui.domain.views import CannedReply
from eds_tui.repository.unit_of_work import Database
from tests.factories import People, SetClock, new_form
from tests.services.triage_steps import DEFERRED, contents
from tests.ui.conftest import Open
from tests.ui.sitting import (
    incident_list,
    lines,
    place,
    press,
    prose,
    said,
    screen,
)

DECIDING = (
    "p", "s", "m", "a", "w", "x", "k", "y", "e", "u", "v", "l", "o", "slash", "space", "ctrl+t",
    "f3",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _two_incidents(desk: Desk, people: People) -> None:
    desk.report.log(people.head, new_form())
    desk.report.log(people.head, new_form())


@pytest.mark.parametrize("key", DECIDING)
async def test_on_a_schools_screens_none_of_the_keys_does_anything(
    kiosk: Open, desk: Desk, people: People, database: Database, key: str
) -> None:
    """Rule 24."""
    desk.kept.save_reply(people.lead, CannedReply("Closing", "Thank you."))
    before = contents(database)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter")
        shown = screen(pilot)
        await press(pilot, key)
        assert (place(pilot), said(pilot)) == ("IncidentScreen", "")
        assert screen(pilot) == shown
        await press(pilot, "3", "i", "y", "enter")
        assert place(pilot) == "IncidentScreen"
    assert contents(database) == before


@pytest.mark.parametrize(
    "key", ["p", "s", "m", "a", "w", "x", "k", "y", "e", "u", "v", "l", "space"]
)
async def test_nor_on_the_list_of_a_school(kiosk: Open, database: Database, key: str) -> None:
    before = contents(database)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, key)
        assert (place(pilot), said(pilot)) == ("HomeScreen", "")
    assert contents(database) == before


async def test_the_help_of_a_school_names_none_of_them(kiosk: Open) -> None:
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter", "question_mark")
        text = prose(pilot)
        for words in ("work note", "priority", "Hide it", "Assign", "due when"):
            assert words not in text


async def test_every_list_has_its_count_and_its_rows(
    kiosk: Open, desk: Desk, people: People
) -> None:
    desk.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    desk.triage.set_state(people.handler, 2, None, DEFERRED)
    async with kiosk(size=(140, 24)) as pilot:
        head = lines(pilot)[0]
        for words in ("Triage 0", "▸Open 2◂", "Mine 0", "Team 0", "Hold 1", "Late 0", "Today 1",
                      "Flagged 0", "Resolved 0", "Closed", "All"):  # fmt: skip
            assert words in head
        for name, count in (("Mine 0", 0), ("Team 0", 0), ("Hold 1", 1), ("Late 0", 0),
                            ("Today 1", 1), ("Flagged 0", 0), ("Resolved 0", 0), ("Closed", 0),
                            ("All", 2), ("Triage 0", 0), ("Open 2", 2)):  # fmt: skip
            await press(pilot, "tab")
            assert f"▸{name}◂" in lines(pilot)[0]
            assert len(incident_list(pilot).rows) == count


async def test_a_list_keeps_its_cursor_by_incident_when_one_comes_back(
    kiosk: Open, desk: Desk, people: People, clock: SetClock
) -> None:
    for _ in range(4):
        clock.forward(minutes=1)
        desk.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "down", "down", "tab", "tab")
        clock.forward(minutes=1)
        desk.report.log(people.head, new_form())
        await press(pilot, "shift+tab", "shift+tab")
        row = incident_list(pilot).row
        assert row is not None
        assert row.number == 4


async def test_the_flags_are_in_the_list_of_the_flagged_and_in_words(
    kiosk: Open, desk: Desk, people: People, clock: SetClock
) -> None:
    desk.triage.set_state(people.handler, 2, None, DEFERRED)
    desk.triage.set_state(people.handler, 1, None, DEFERRED)
    desk.conversation.comment(people.head, 1, "We are back.", "key")
    async with kiosk() as pilot:
        await press(pilot, *["tab"] * 6)
        assert "▸Flagged 1◂" in prose(pilot)
        assert "Replied !" in screen(pilot)
        clock.forward(days=2)
        await press(pilot, "r")
        assert "▸Flagged 2◂" in prose(pilot)
        shown = {line[1:11]: line for line in lines(pilot) if " Test School" in line}
        assert "Put off end" in shown["INC0000002"]
        assert "Replied !" in shown["INC0000001"]
