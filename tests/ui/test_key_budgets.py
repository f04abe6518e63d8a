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
from tests.ui.sitting import (
    Script,
    Text,
    burst,
    fields,
    incident_list,
    line,
    marked,
    numbers,
    place,
    play,
    press,
    said,
    screen,
)

DESCRIPTION = "Unable to access SIMS Finance."
WORDS = "Still not able to log in."


LOG_A_CALL: Script = ("n", Text("garst"), "enter", "s", "4", Text(DESCRIPTION), "ctrl+s")
UNKNOWN_CALLER: Script = (
    "n", Text("garst"), "tab", Text("Mrs New"), "tab", Text("01234 5"), "tab", "s", "4",
    Text(DESCRIPTION), "ctrl+s",
)  # fmt: skip
RANG: Script = (Text("12"), "enter", "h", "enter")
NEXT_SCHOOL: Script = ("j", Text("00000"), "enter", "ctrl+s")
NEXT_CALLER: Script = ("j", Text("garst"), "enter", Text("Mr Other"), "ctrl+s")
CHASE: Script = (Text("12"), "enter", "c", Text(WORDS), "ctrl+s")
CORRECT: Script = ("e", "d", "ctrl+s")

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


@WAYS
async def test_a_category_is_put_right_after_logging_with_four_keys(
    kiosk: Open, services: Services, people: People, pressed: Pressed
) -> None:
    """Rule 40: from the row and back on it, the notice read included."""
    log(services, people, 2)
    assert keys(CORRECT) < 4
    async with kiosk() as pilot:
        await pressed(pilot, CORRECT)
        assert place(pilot) == "QueueScreen"
        assert said(pilot).startswith("INC0000002: put right; Data, Site/Department")
        assert marked(pilot)[1].startswith("INC0000002")
    assert services.queue.open(people.handler, 2).row.category is Category.DATA


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
async def test_the_call_of_an_unknown_caller_takes_seven_keys(
    kiosk: Open, services: Services, people: People, pressed: Pressed
) -> None:
    """Rule 42: what was offered is replaced by typing; the caller is remembered from then on."""
    assert keys(UNKNOWN_CALLER) <= 7
    async with kiosk() as pilot:
        await pressed(pilot, UNKNOWN_CALLER)
        assert place(pilot) == "ReceiptDialog"
    row = services.queue.open(people.handler, 1).row
    assert (row.contact_name, row.contact_telephone) == ("Mrs New", "01234 5")
    assert (row.category, row.impact) == (Category.SOFTWARE, Impact.SINGLE_USER)
    card = services.schools.card(people.handler, people.other_school.id)
    assert [(caller.name, caller.telephone) for caller in card.callers] == [("Mrs New", "01234 5")]


@WAYS
async def test_a_chase_from_the_queue_is_counted_with_three_keys(
    kiosk: Open, services: Services, people: People, pressed: Pressed
) -> None:
    """Rule 43: the digits are text, then Enter, h, Enter for the usual caller."""
    log(services, people, 12)
    assert keys(RANG) <= 3
    async with kiosk() as pilot:
        await pressed(pilot, RANG)
        assert place(pilot) == "IncidentScreen"
        assert "Test User · rang once, 11:52" in screen(pilot)
        assert line(pilot, "caller").value == "Test User"
    assert services.queue.open(people.handler, 12).row.chases == 1
    assert services.queue.open(people.head, 12).row.chases == 0


async def test_each_further_school_of_an_outage_takes_six_keys_at_most_and_no_text(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 49: words, category and impact are kept, and every one hangs on the first."""
    assert max(keys(NEXT_SCHOOL), keys(NEXT_CALLER)) <= 6
    async with kiosk() as pilot:
        await play(pilot, LOG_A_CALL)
        for script in (NEXT_SCHOOL, NEXT_CALLER):
            await all_at_once(pilot, script)
            assert place(pilot) == "ReceiptDialog"
            assert "INC0000001." in screen(pilot)
        await press(pilot, "g")
        assert "under INC0000001 Unable to access SIMS Finance. (St Mary's" in screen(pilot)
        await press(pilot, "escape")
        assert incident_list(pilot).row == services.queue.open(people.handler, 3).row
        await press(pilot, "end", "enter", "j")
        assert "Same fault as INC0000001" in screen(pilot)
        assert fields(pilot).description.text == DESCRIPTION
    rows = [services.queue.open(people.handler, number).row for number in (1, 2, 3)]
    assert [row.parent for row in rows] == [None, 1, 1]
    assert [row.contact_name for row in rows] == ["Anne O'Brien", "Test Bursar", "Mr Other"]
    assert len({(row.category, row.impact, row.details) for row in rows}) == 1


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
