"""Taking a call: finding the school, its card, and who rings (rules 29, 31, 32, 34)."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from eds_tui.services.container import Services
from eds_tui.ui.screens.call import CallScreen
from eds_tui.ui.widgets.school_picker import SchoolResults
from tests.factories import People, SetClock, new_form, new_school
from tests.ui.conftest import Open
from tests.ui.sitting import (
    CALL,
    beside,
    burst,
    fields,
    focused,
    incident_list,
    line,
    lines,
    numbers,
    painted,
    place,
    press,
    prose,
    seconds_pass,
)
from tests.ui.stored import all_numbers

WORDS = "Still no SIMS."


def form_screen(pilot: Pilot[None]) -> CallScreen:
    """Return the form of the call."""
    front = pilot.app.screen
    assert isinstance(front, CallScreen)
    return front


def found(pilot: Pilot[None]) -> str:
    """Return what is painted below the look-up field."""
    return painted(pilot, pilot.app.screen.query_one(SchoolResults))


async def clear(pilot: Pilot[None]) -> None:
    """Empty the field that has the focus."""
    await press(pilot, "ctrl+u")


async def test_schools_are_found_while_one_types(kiosk: Open) -> None:
    """Rule 31: by any number, name or town; the best one has the cursor."""
    garstang = "▸ St Mary's and St Michael's, Garstang 30112 888/3456"
    async with kiosk() as pilot:
        await press(pilot, "n")
        for text in ("garst", "st marys", "30112", "888/3456", "01995 600000"):
            await press(pilot, *text)
            assert found(pilot) == garstang
            await clear(pilot)
        assert found(pilot) == ""


async def test_an_apostrophe_alone_is_ordinary_text(kiosk: Open) -> None:
    """Rule 31: it finds the school that has one in its name."""
    async with kiosk() as pilot:
        await press(pilot, "n", "'")
        assert found(pilot) == "▸ St Mary's and St Michael's, Garstang 30112 888/3456"


@pytest.mark.parametrize("typed", ["100%", "[/]", "Robert'); DROP TABLE school;--", "_"])
async def test_odd_characters_are_ordinary_text(kiosk: Open, typed: str) -> None:
    """Rule 31: they find nothing here, and Enter says so and stays."""
    async with kiosk() as pilot:
        await press(pilot, "n")
        await burst(pilot, *typed)
        assert found(pilot) == "No school is found by that."
        await press(pilot, "enter")
        assert beside(pilot, "school").startswith("! No school is found by that;")
        assert focused(pilot) == "school"
        assert line(pilot, "school").value == typed


async def test_enter_in_the_empty_look_up_asks_for_a_school(kiosk: Open) -> None:
    """Rule 31: nothing is taken."""
    async with kiosk() as pilot:
        await press(pilot, "n", "enter")
        assert beside(pilot, "school") == "! Type part of the school's name."
        assert focused(pilot) == "school"


async def test_the_arrows_choose_among_those_found(kiosk: Open, services: Services) -> None:
    """Rule 31: beyond those shown there is a line that says how many there are."""
    for count in range(1, 8):
        number = f"4000{count}"
        services.schools.add(
            new_school(portal_number=number, name=f"Moor School {count}", dfe_number="", urn="")
        )
    async with kiosk() as pilot:
        await press(pilot, "n", *"moor")
        assert "1 of 7; ↓ for more" in found(pilot)
        await press(pilot, *["down"] * 9, "up")
        assert "▸ Moor School 6, Test Town 40006" in found(pilot)
        await press(pilot, "enter")
        assert line(pilot, "school").value == "Moor School 6, Test Town"
        assert focused(pilot) == "category"
        # Also before they are there.
        await burst(pilot, "ctrl+n", *"moor", "down", "down", "enter")
        assert line(pilot, "school").value == "Moor School 3, Test Town"


async def test_the_chosen_school_shows_its_numbers_and_all_that_it_has_open(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rules 26 and 32: confidential ones too, in words; no other school's."""
    services.report.log(people.head, new_form(description="Printer jams."))
    clock.forward(minutes=1)
    services.report.log(people.head, new_form(description="Payroll.", confidential=True))
    services.report.log(people.neighbour, new_form())
    async with kiosk() as pilot:
        await press(pilot, "n", *"00000", "enter")
        assert line(pilot, "school").value == "Test School, Test Town"
        assert beside(pilot, "school") == "00000 · 888/2001 · 01772 123456"
        assert numbers(pilot, "#open-here") == [2, 1]
        assert "INC0000002C CONFIDENTIAL Payroll." in prose(pilot)
        assert "INC0000001 Printer jams." in prose(pilot)


async def test_a_known_contact_is_offered_and_the_next_one_with_down(kiosk: Open) -> None:
    """Rule 34: with name and telephone; further down they come round again."""
    async with kiosk() as pilot:
        await press(pilot, "n", *"00000", "enter")
        offered = []
        line(pilot, "caller").focus()
        for _ in range(3):
            offered.append((line(pilot, "caller").value, line(pilot, "telephone").value))
            await press(pilot, "down")
        assert offered == [
            ("Test Bursar", "01772 123456 ext 4"),
            ("Mrs Testing", "01772 654321"),
            ("Test Bursar", "01772 123456 ext 4"),
        ]


async def test_a_caller_typed_first_is_not_replaced_by_a_known_one(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 29: the incident is the handler's, for whoever rang."""
    async with kiosk() as pilot:
        await press(pilot, "n")
        line(pilot, "caller").focus()
        await burst(pilot, *"Jo Fox", "shift+tab", *"00000", "enter", "s", "4", *"x")
        assert line(pilot, "caller").value == "Jo Fox"
        await press(pilot, "ctrl+s")
    row = services.queue.open(people.handler, 1).row
    assert row.logged_for == "A. Handler for Jo Fox (phone)"
    assert row.contact_email == ""


async def test_the_address_of_the_known_contact_goes_with_the_call(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 11: the list shows name, number and address."""
    async with kiosk() as pilot:
        await press(pilot, *CALL, "x", "ctrl+s")
    row = services.queue.open(people.handler, 1).row
    assert (row.contact_name, row.contact_email) == ("Test Bursar", "bursar@test.example")


async def test_typing_again_lets_go_of_the_chosen_school(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 31: what is shown of the first school is gone; the call is for the second."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "n", *"00000", "enter", "shift+tab", "shift+tab", "shift+tab")
        assert focused(pilot) == "school"
        await press(pilot, "end", "ctrl+u")
        assert not incident_list(pilot, "#open-here").display
        await press(pilot, *"garst", "enter", "s", "4", "x", "ctrl+s")
        assert place(pilot) == "ReceiptDialog"
    assert services.queue.open(people.handler, 2).row.school_id == people.other_school.id


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("school", "! Choose the caller's school: type part of its name, then Enter."),
        ("caller", "! Give the caller's name."),
        ("category", "! Choose a category: D, H, N, P or S."),
        ("impact", "! Choose an impact: 1, 2, 3 or 4."),
        ("description", "! Type the description."),
    ],
)
async def test_a_refused_call_keeps_everything_and_goes_to_the_field_at_fault(
    kiosk: Open, services: Services, people: People, missing: str, sentence: str
) -> None:
    """Rule 9: each field in turn."""
    async with kiosk() as pilot:
        await press(pilot, "n", *("" if missing == "school" else "00000"), "enter")
        if missing in {"school", "caller"}:
            line(pilot, "caller").value = "" if missing == "caller" else "Jo Fox"
            fields(pilot).category.focus()
        await press(pilot, "tab" if missing == "category" else "s")
        await press(pilot, "tab" if missing == "impact" else "4")
        fields(pilot).description.focus()
        await press(pilot, *("" if missing == "description" else "x"))
        before = form_screen(pilot).form.contents.snapshot()
        await press(pilot, "ctrl+s")
        assert place(pilot) == "CallScreen"
        assert focused(pilot) == missing
        assert beside(pilot, missing) == sentence
        assert form_screen(pilot).form.contents.snapshot() == before
    assert all_numbers(services, people) == []


async def test_a_call_may_be_logged_before_its_school_is_found(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 34: what is typed ahead waits for the look-up, however short the description is."""
    async with kiosk() as pilot:
        # What is typed behind the key belongs to no field any more.
        await burst(pilot, *CALL, "x", "ctrl+s", "y", "z")
        assert place(pilot) == "ReceiptDialog"
    logged = services.queue.open(people.handler, 1)
    assert (logged.row.school_id, logged.description) == (people.school.id, "x")


async def test_a_call_from_a_school_in_hand_begins_with_the_category(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 34: n on a school's card."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "o", "n")
        assert line(pilot, "school").value == "Test School, Test Town"
        assert line(pilot, "caller").value == "Test Bursar"
        assert focused(pilot) == "category"


async def test_the_time_of_the_call_is_kept_as_its_handling_time(
    kiosk: Open, people: People, clock: SetClock, services: Services
) -> None:
    """Rule 34: from New call to the number, and logged at the end of it."""
    async with kiosk() as pilot:
        await press(pilot, *CALL, "x")
        assert lines(pilot)[0].split() == ["New", "call", "·", "0", "min", "A.", "Handler", "11:52"]
        clock.forward(seconds=95)
        await seconds_pass(pilot, 1)
        assert lines(pilot)[0].split() == ["New", "call", "·", "1", "min", "A.", "Handler", "11:53"]
        await press(pilot, "ctrl+s")
    assert services.queue.open(people.handler, 1).row.opened_at == clock.now
