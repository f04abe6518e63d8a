"""A call: what is offered, what stays where it was, and the next call (rules 36, 42, 52)."""

from __future__ import annotations

from eds_tui.services.container import Services
from eds_tui.ui.widgets.school_picker import SchoolResults
from eds_tui.ui.widgets.text_box import TextBox
from tests.factories import People, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import fields, focused, line, place, press


async def test_what_was_offered_goes_with_its_school_and_what_was_typed_stays(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 42: typing replaces what was offered, Tab keeps it, a changed school takes it away."""
    async with kiosk() as pilot:
        await press(pilot, "n", *"00000", "tab")
        caller, telephone = line(pilot, "caller"), line(pilot, "telephone")
        assert focused(pilot) == "caller"
        assert caller.selected_text == caller.value == "Test Bursar"
        await press(pilot, "tab")
        assert telephone.selected_text == telephone.value == "01772 123456 ext 4"
        await press(pilot, "shift+tab", "shift+tab", *"garst", "tab")
        assert (caller.value, telephone.value) == ("Anne O'Brien", "01995 600001")
        await press(pilot, *"mrs t")
        assert (caller.value, telephone.value) == ("mrs t", "01995 600000")
        await press(pilot, "shift+tab", *"00000", "tab")
        assert (caller.value, telephone.value) == ("mrs t", "01772 123456")
        await press(pilot, "down")
        assert (caller.value, telephone.value) == ("Mrs Testing", "01772 654321")
        await press(pilot, "shift+tab", *"garst", "tab")
        assert (caller.value, telephone.value) == ("Mrs Testing", "01772 654321")


async def test_the_results_take_the_same_rows_until_a_school_is_taken(kiosk: Open) -> None:
    """Nothing below them moves while one types, whatever is found."""
    async with kiosk() as pilot:
        await press(pilot, "n", "s")
        results = pilot.app.screen.query_one(SchoolResults)
        places = set()
        for key in ("t", "x", "backspace", "backspace", "1"):
            await press(pilot, key)
            places.add((results.region, line(pilot, "caller").region))
        assert len(places) == 1


async def test_a_call_that_is_gone_on_with_has_the_cursor_where_typing_stopped(
    kiosk: Open,
) -> None:
    """Rule 36: the field, and the place in it."""
    async with kiosk() as pilot:
        await press(pilot, "n", *"garst", "enter", "s", "4", *"one", "enter", *"two", "left", "up")
        await press(pilot, "escape", "n", "ctrl+e")
        box = fields(pilot).description
        assert focused(pilot) == "description"
        assert (box.text, box.cursor_location) == ("one\ntwo", (0, 2))
        await press(pilot, "shift+tab", "shift+tab", "shift+tab", "shift+tab", *"x", "left", "left")
        field, cursor = focused(pilot), line(pilot, focused(pilot)).cursor_position
        await press(pilot, "escape", "n", "ctrl+e")
        assert (focused(pilot), line(pilot, field).cursor_position) == (field, cursor)


async def test_ctrl_n_takes_the_next_call_over_whatever_is_open(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 52: a comment, a dialog, a question and another call are there again after it."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "enter", "c", *"half", "ctrl+n")
        assert place(pilot) == "CallScreen"
        await press(pilot, *"garst", "ctrl+n", "escape")
        assert line(pilot, "school").value == "garst"
        await press(pilot, "escape")
        assert place(pilot) == "IncidentScreen"
        assert pilot.app.screen.query_one("#box", TextBox).text == "half"
        await press(pilot, "tab", "w", *"note", "ctrl+n", "escape")
        assert place(pilot) == "WorkNoteDialog"
        await press(pilot, "escape", "escape", "escape", "p", "ctrl+n")
        assert place(pilot) == "CallScreen"
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "ctrl+n")
        assert place(pilot) == "HomeScreen"
