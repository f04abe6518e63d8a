"""While a call is typed: what is open at other schools and reads alike (rule 33)."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from eds_tui.services.container import Services
from eds_tui.ui.screens.call import CallScreen
from eds_tui.ui.widgets.elsewhere import ElsewhereLine
from tests.conftest import Away
from tests.factories import People, SetClock, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import (
    box,
    burst,
    fields,
    focused,
    line,
    painted,
    place,
    press,
    prose,
    said,
    screen,
    settle,
    until,
)

pytestmark = pytest.mark.long_on_postgres

CALL = ("n", *"00000", "enter", "n", "2")
FOUND = "Elsewhere INC0000001 No internet in the whole build… Garstang 6 min Ctrl+P"


def form(pilot: Pilot[None]) -> CallScreen:
    """Return the form of the call."""
    front = pilot.app.screen
    assert isinstance(front, CallScreen)
    return front


async def pause(pilot: Pilot[None]) -> None:
    """Look for what reads alike, as a pause in typing does."""
    form(pilot).call.lookalikes.look()
    await settle(pilot)


def told(pilot: Pilot[None]) -> str:
    """Return what is painted of the line."""
    return painted(pilot, pilot.app.screen.query_one(ElsewhereLine))


def kept(services: Services, people: People) -> list[object]:
    """Return the description of each draft of a call."""
    return [
        draft.body.get("description") for draft in services.drafts.under(people.handler, "call:")
    ]


@pytest.fixture(autouse=True)
def _elsewhere(services: Services, people: People, clock: SetClock) -> None:
    """One incident at another school, six minutes old."""
    services.report.log(people.neighbour, new_form())
    clock.forward(minutes=6)


async def test_what_reads_alike_is_told_on_one_line_when_typing_pauses(kiosk: Open) -> None:
    async with kiosk() as pilot:
        await burst(pilot, *CALL, *"The internet is down.")
        await until(pilot, lambda: bool(told(pilot)))
        assert told(pilot) == FOUND
        assert (focused(pilot), box(pilot, "description").text) == (
            "description", "The internet is down.",
        )  # fmt: skip


async def test_the_key_looks_at_it_and_escape_comes_back_to_what_was_typed(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await burst(pilot, *CALL, *"The internet is down.")
        await pause(pilot)
        await press(pilot, "ctrl+p")
        assert place(pilot) == "IncidentScreen"
        assert "INC0000001 St Mary's" in prose(pilot)
        assert box(pilot).text == ""
        await press(pilot, "escape", *" Help")
        assert fields(pilot).description.text == "The internet is down. Help"
        assert line(pilot, "caller").value == "Test Bursar"
        await press(pilot, "ctrl+s")
        assert "INC0000002" in screen(pilot)


async def test_of_several_the_newest_is_told_and_one_is_picked(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    services.report.log(people.neighbour, new_form(description="Internet off", confidential=True))
    clock.forward(hours=2)
    async with kiosk() as pilot:
        await burst(pilot, *CALL, *"internet")
        await pause(pilot)
        assert told(pilot).startswith("Elsewhere INC0000002 CONFIDENTIAL Internet off")
        assert told(pilot).endswith("Garstang 2 h +1 Ctrl+P")
        await press(pilot, "ctrl+p")
        assert place(pilot) == "PickDialog"
        assert "INC0000002 Garstang, 2 h: CONFIDENTIAL Internet off" in prose(pilot)
        await press(pilot, "down", "enter")
        assert "INC0000001 St Mary's" in prose(pilot)


async def test_the_line_follows_the_text_and_the_school_and_keeps_its_place(
    kiosk: Open, services: Services, people: People, away: Away
) -> None:
    """And nobody who types is disturbed where it can't be looked for."""
    async with kiosk() as pilot:
        await burst(pilot, *CALL, *"internet")
        await pause(pilot)
        height = box(pilot, "description").size.height
        await burst(pilot, *["backspace"] * 8, *"projector")
        await pause(pilot)
        assert told(pilot) == ""
        assert box(pilot, "description").size.height == height
        # What is kept by itself would say that it is away.
        await until(pilot, lambda: kept(services, people) == ["projector"])
        before = said(pilot)
        with away():
            await pause(pilot)
            assert (said(pilot), told(pilot)) == (before, "")
        await press(pilot, "ctrl+p")
        assert said(pilot) == "Nothing that is open at another school reads alike so far."
        assert place(pilot) == "CallScreen"


async def test_nothing_is_elsewhere_before_the_school_is_chosen_or_at_that_school_itself(
    kiosk: Open,
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "n")
        fields(pilot).description.load_text("No internet")
        await pause(pilot)
        assert told(pilot) == ""
        await burst(pilot, *"30112", "enter")
        await pause(pilot)
        assert told(pilot) == ""


async def test_a_school_that_reports_is_told_nothing(kiosk: Open) -> None:
    """Rule 24."""
    async with kiosk("00000EDU") as pilot:
        await burst(pilot, "n", "enter", "n", "2", *"No internet", "ctrl+p")
        assert place(pilot) == "ReportScreen"
        assert "Elsewhere" not in screen(pilot)
        assert not pilot.app.screen.query(ElsewhereLine)
