"""A call that chases goes to the open incident with what was typed (rule 32)."""

from __future__ import annotations

from textual.pilot import Pilot

from eds_tui.domain.priority import Category, Impact
from eds_tui.services.container import Services
from tests.factories import People, SetClock, log, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import (
    CALL,
    box,
    burst,
    fields,
    focused,
    line,
    lines,
    place,
    press,
    said,
)
from tests.ui.stored import all_numbers

WORDS = "Still no SIMS."


async def chase(pilot: Pilot[None]) -> None:
    """Take a call, and go to what is open at its school."""
    await burst(pilot, *CALL, *WORDS)
    await press(pilot, "ctrl+o")


async def test_a_call_about_the_one_open_incident_goes_there_with_what_was_typed(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 32: one key; sending ends the call and logs nothing new."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await chase(pilot)
        assert place(pilot) == "IncidentScreen"
        assert (box(pilot).text, line(pilot, "caller").value) == (WORDS, "Test Bursar")
        await press(pilot, "ctrl+s", "escape")
        assert place(pilot) == "QueueScreen"
        await press(pilot, "n")
        assert said(pilot) == ""
    comments = services.queue.open(people.handler, 1).comments
    assert [(said.author, said.body) for said in comments] == [
        ("A. Handler for Test Bursar (phone)", WORDS)
    ]
    assert all_numbers(services, people) == [1]
    assert services.drafts.under(people.handler, "") == ()


async def test_the_key_to_the_open_incident_may_be_typed_ahead(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rules 32 and 34: it waits for the school's open incidents, which are still being read."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await burst(pilot, "n", *"00000", "enter", "ctrl+o")
        assert place(pilot) == "IncidentScreen"


async def test_a_call_that_turns_out_not_to_chase_finds_its_form_as_it_was(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 32: going there and back without sending."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await chase(pilot)
        await press(pilot, "escape")
        assert place(pilot) == "CallScreen"
        assert box(pilot, "description").text == WORDS
        assert line(pilot, "caller").value == "Test Bursar"
        form = fields(pilot)
        assert (form.category.value, form.impact.value) == (Category.SOFTWARE, Impact.SINGLE_USER)
        await press(pilot, "ctrl+s")
        assert place(pilot) == "ReceiptDialog"
    assert services.queue.open(people.handler, 2).description == WORDS
    assert services.queue.open(people.handler, 1).comments == ()


async def test_going_to_the_open_incident_twice_brings_the_words_once(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 32: what was brought the first time is not doubled."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await chase(pilot)
        await press(pilot, "escape", "ctrl+o")
        assert box(pilot).text == WORDS


async def test_of_several_open_incidents_one_is_chosen(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 32: the key goes to the list, Enter to the incident; f6 does the same."""
    log(services, people, 3, clock)
    async with kiosk() as pilot:
        await chase(pilot)
        assert focused(pilot) == "open-here"
        await press(pilot, "down", "enter")
        assert place(pilot) == "IncidentScreen"
        assert lines(pilot)[0].strip().startswith("INC0000002")
        assert box(pilot).text == WORDS
        await press(pilot, "escape", "f6")
        assert focused(pilot) == "open-here"


async def test_with_nothing_open_the_key_says_so(kiosk: Open) -> None:
    """Rule 32: before and after a school is chosen."""
    async with kiosk() as pilot:
        await press(pilot, "n", "ctrl+o")
        assert said(pilot) == "Choose the school first."
        await press(pilot, *"00000", "enter", "ctrl+o")
        assert said(pilot) == "This school has nothing open."
