"""The lists of the queue as a triager meets them, and the keys that a school has not."""

from __future__ import annotations

import re

import pytest

from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.search import _FILTERS, Is
from eds_tui.domain.views import CannedReply, View
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form
from tests.services.triage_steps import DEFERRED, WAITING, contents, reach
from tests.ui.conftest import Open
from tests.ui.sitting import (
    incident_list,
    lines,
    place,
    press,
    prose,
    said,
    screen,
    seconds_pass,
    settle,
)

pytestmark = pytest.mark.usefixtures("two_incidents")

DECIDING = (
    "p", "s", "m", "a", "w", "x", "k", "y", "e", "equals_sign", "u", "v", "l", "o", "space",
    "ctrl+y", "f2",
)  # fmt: skip


async def test_on_a_schools_screens_none_of_the_keys_does_anything(
    kiosk: Open, services: Services, people: People, database: Database
) -> None:
    """Rule 24."""
    services.canned_replies.save(people.lead, CannedReply("Closing", "Thank you."))
    before = contents(database)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter")
        for key in DECIDING:
            shown = screen(pilot)
            await press(pilot, key)
            assert (place(pilot), said(pilot)) == ("IncidentScreen", ""), key
            assert screen(pilot) == shown, key
            await press(pilot, "3", "i", "y", "enter")
            assert place(pilot) == "IncidentScreen", key
    assert contents(database) == before


async def test_nor_on_the_list_of_a_school(kiosk: Open, database: Database) -> None:
    before = contents(database)
    async with kiosk("00000EDU") as pilot:
        for key in ("p", "s", "m", "a", "w", "x", "k", "y", "e", "equals_sign", "u", "v", "l"):
            await press(pilot, key)
            assert (place(pilot), said(pilot)) == ("HomeScreen", ""), key
    assert contents(database) == before


async def test_the_help_of_a_school_names_none_of_them(kiosk: Open) -> None:
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter", "question_mark")
        text = prose(pilot)
        for words in ("work note", "priority", "Hide it", "Assign", "due when"):
            assert words not in text


async def test_at_80_columns_whole_names_stand_in_the_heading_with_a_sign_for_the_rest(
    kiosk: Open,
) -> None:
    """Each list is named when it is in front, and nothing is cut without a sign."""
    known = {view.label for view in View}
    async with kiosk() as pilot:
        for view in [*list(View)[2:], View.UNREAD, View.TRIAGE]:
            head, clock = lines(pilot)[0].strip().rsplit(maxsplit=1)
            head = head.rstrip()
            assert clock == "11:52"
            assert f"▸{view.label}" in head
            assert head.startswith(("…", "Unread", "▸Unread"))
            assert re.search("… Tab$|All$|▸All◂$", head)
            named = re.sub("[…▸◂0-9]|Tab$", " ", head).split()
            assert set(named) <= known
            await press(pilot, "tab")


async def test_the_clock_in_the_heading_turns(kiosk: Open, clock: SetClock) -> None:
    """Rule 52."""
    async with kiosk() as pilot:
        assert lines(pilot)[0].endswith(" 11:52")
        clock.forward(minutes=1)
        await seconds_pass(pilot, 1)
        assert lines(pilot)[0].endswith(" 11:53")


@pytest.mark.parametrize("state", list(State))
async def test_the_preview_shows_mark_flag_and_state_at_80_columns_whatever_the_rest(
    kiosk: Open, services: Services, people: People, clock: SetClock, state: State
) -> None:
    """Rule 26, for the longest state, a long telephone number and a school that has replied."""
    services.report.log(people.head, new_form(telephone="Test Bursar, office, 01772 123456 ext 4"))
    reach(services, people, 3, state, clock)
    shown = "On Hold to " if state is State.ON_HOLD_DEFERRAL else state.list_label
    services.triage.set_confidential(people.handler, 3, None, True, "A pupil is named.")
    async with kiosk() as pilot:
        await press(pilot, *["shift+tab"] * 3)
        incident_list(pilot).go_to(3)
        await settle(pilot)
        assert lines(pilot)[-3].startswith(f" CONFIDENTIAL · {shown}")


async def test_the_flag_is_seen_in_the_preview(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 17."""
    services.triage.set_state(people.handler, 2, None, WAITING)
    services.conversation.comment(people.head, 2, "Any news?", "key")
    async with kiosk() as pilot:
        words = "not confidential · customer replied · On Hold (Change) · 11:52"
        assert lines(pilot)[-3].startswith(f" {words} · T")


async def test_every_filter_is_named_at_80_columns(kiosk: Open) -> None:
    """Rule 35."""
    async with kiosk() as pilot:
        await press(pilot, "slash")
        words = set(prose(pilot).split())
    assert {f"{name}:" for name in _FILTERS.split() if name != "is"} <= words
    assert {f"is:{asked}" for asked in Is} <= words


async def test_every_list_has_its_count_and_its_rows(
    kiosk: Open, services: Services, people: People
) -> None:
    services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    services.triage.set_state(people.handler, 2, None, DEFERRED)
    async with kiosk(size=(140, 24)) as pilot:
        head = lines(pilot)[0]
        for words in ("Unread 0", "Triage 0", "▸Open 2◂", "Mine 0", "Team 0", "Hold 1", "Late 0",
                      "Today 1", "Flagged 0", "Resolved 0", "Closed", "All"):  # fmt: skip
            assert words in head
        for name, count in (("Mine 0", 0), ("Team 0", 0), ("Hold 1", 1), ("Late 0", 0),
                            ("Today 1", 1), ("Flagged 0", 0), ("Resolved 0", 0), ("Closed", 0),
                            ("All", 2), ("Unread 0", 0), ("Triage 0", 0),
                            ("Open 2", 2)):  # fmt: skip
            await press(pilot, "tab")
            assert f"▸{name}◂" in lines(pilot)[0]
            assert len(incident_list(pilot).rows) == count


async def test_a_list_keeps_its_cursor_by_incident_when_one_comes_back(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    for _ in range(4):
        clock.forward(minutes=1)
        services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "down", "down", "tab", "tab")
        clock.forward(minutes=1)
        services.report.log(people.head, new_form())
        await press(pilot, "shift+tab", "shift+tab")
        row = incident_list(pilot).row
        assert row is not None
        assert row.number == 4


async def test_the_flags_are_in_the_list_of_the_flagged_and_in_words(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    services.triage.set_state(people.handler, 2, None, DEFERRED)
    services.triage.set_state(people.handler, 1, None, DEFERRED)
    services.conversation.comment(people.head, 1, "We are back.", "key")
    async with kiosk() as pilot:
        await press(pilot, *["tab"] * 6)
        assert "▸Flagged 1◂" in prose(pilot)
        assert "Replied !" in screen(pilot)
        clock.forward(days=2)
        await press(pilot, "r")
        assert "▸Flagged 2◂" in prose(pilot)
        shown = {line[1:11]: line for line in lines(pilot) if "Test School" in line}
        assert "Put off end" in shown["INC0000002"]
        assert "Replied !" in shown["INC0000001"]
