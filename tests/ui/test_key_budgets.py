"""How few keys a call handler needs (rule 34), one after the other and all in one burst."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact
from eds_tui.domain.triage import Assignee
from eds_tui.services.container import Services
from tests.factories import People, SetClock, log, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import Script, Text, burst, numbers, place, play, press, said, screen

DESCRIPTION = "Unable to access SIMS Finance."
WORDS = "Still not able to log in."


LOG_A_CALL: Script = ("n", Text("garst"), "enter", "s", "4", Text(DESCRIPTION), "ctrl+s")
CHASE: Script = (Text("12"), "enter", "c", Text(WORDS), "ctrl+s")

HAND_OVER: Script = ("a", Text("lead"), "enter", Text("Ring the bursar."), "ctrl+s")


def keys(script: Script) -> int:
    """Return how many keys a script has besides typed text."""
    return sum(not isinstance(part, Text) for part in script)


async def all_at_once(pilot: Pilot[None], script: Script) -> None:
    """Press a script ahead of the screen."""
    pressed = [key for part in script for key in (part if isinstance(part, Text) else [part])]
    await burst(pilot, *pressed)


WAYS = pytest.mark.parametrize("pressed", [play, all_at_once])
Pressed = Callable[[Pilot[None], Script], Awaitable[None]]


@WAYS
async def test_a_call_is_logged_from_the_queue_with_six_keys(
    kiosk: Open, services: Services, people: People, clock: SetClock, pressed: Pressed
) -> None:
    """Rule 34: six keys at most, the known contact of the school offered as the caller."""
    assert keys(LOG_A_CALL) <= 6
    async with kiosk() as pilot:
        await pressed(pilot, LOG_A_CALL)
        assert place(pilot) == "ReceiptDialog"
        assert "INC0000001" in screen(pilot)
    detail = services.queue.open(people.handler, 1)
    row = detail.row
    assert (row.school_id, row.category, row.impact) == (
        people.other_school.id, Category.SOFTWARE, Impact.SINGLE_USER,
    )  # fmt: skip
    assert (row.state, row.confidential, row.channel) == (State.NEW, False, Channel.PHONE)
    assert detail.description == DESCRIPTION
    assert row.logged_for == "A. Handler for Anne O'Brien (phone)"
    assert row.contact_telephone == "01995 600001"
    assert row.opened_at == clock.now


@WAYS
async def test_an_incident_is_chased_by_its_number_with_three_keys(
    kiosk: Open, services: Services, people: People, pressed: Pressed
) -> None:
    """Rule 34: the digits are text, then Enter, c, the words, send."""
    log(services, people, 12)
    assert keys(CHASE) <= 3
    async with kiosk() as pilot:
        await pressed(pilot, CHASE)
        assert place(pilot) == "IncidentScreen"
        assert WORDS in screen(pilot)
    detail = services.queue.open(people.handler, 12)
    assert [(said.author, said.body) for said in detail.comments] == [("A. Handler", WORDS)]
    assert services.queue.open(people.handler, 1).comments == ()


async def test_what_a_site_has_open_is_one_key_away(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 34: o on a row shows its school and all that it has open."""
    services.report.log(people.head, new_form())
    services.report.log(people.head, new_form(confidential=True))
    services.report.log(people.neighbour, new_form())
    async with kiosk() as pilot:
        await press(pilot, "down", "o")
        assert place(pilot) == "SiteScreen"
        assert numbers(pilot, "#open") == [2, 1]
        assert "Test School, Test Town" in screen(pilot)


@WAYS
async def test_seven_incidents_are_handed_over_with_a_note_by_three_keys(
    kiosk: Open, services: Services, people: People, pressed: Pressed
) -> None:
    """Rule 51: from one's own list, part of the name and the note besides."""
    log(services, people, 7)
    handler = people.handler
    for number in range(1, 8):
        services.triage.assign(people.lead, number, None, Assignee(handler.id, handler.name))
    assert keys(HAND_OVER) <= 3
    async with kiosk() as pilot:
        await press(pilot, "tab")
        await pressed(pilot, HAND_OVER)
        assert said(pilot) == "7 done, handed over to S. Lead"
    (note,) = services.hand_overs.unread(people.lead)
    assert (note.note, len(note.incidents)) == ("Ring the bursar.", 7)
