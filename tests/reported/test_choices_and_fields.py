"""No choice is made by itself, and no field drops what is typed or pasted without a word."""

from __future__ import annotations

import pytest

from eds_tui.services.container import Services
from tests.factories import People
from tests.ui.conftest import Open
from tests.ui.sitting import (
    beside,
    box,
    burst,
    fields,
    focused,
    line,
    paste,
    place,
    press,
    prose,
    said,
    write,
)

pytestmark = pytest.mark.on_sqlite


async def test_enter_on_an_unset_choice_chooses_nothing(
    kiosk: Open, services: Services, people: People
) -> None:
    """It goes on; the cursor that was moved chooses, and so does a form in a dialog."""
    async with kiosk() as pilot:
        await press(pilot, "n", *"garst", "enter", "enter", "enter")
        assert (fields(pilot).category.value, fields(pilot).impact.value) == (None, None)
        assert focused(pilot) == "confidential"
        await press(pilot, "shift+tab", "right", "enter")
        assert fields(pilot).impact.value == 2
        await press(pilot, "ctrl+s")
        assert beside(pilot, "category") == "! Choose a category: D, H, N, P or S."


async def test_a_chosen_impact_leads_to_confidential_which_typing_passes(
    kiosk: Open, services: Services, people: People
) -> None:
    """A burst is typed as before; a tick is made on the way by Space."""
    async with kiosk() as pilot:
        await burst(pilot, "n", *"garst", "enter", "s", "4", *"xylophone broken", "ctrl+s", "enter")
        detail = services.queue.open(people.handler, 1)
        assert (detail.description, detail.row.confidential) == ("xylophone broken", False)
        await press(pilot, "n", *"garst", "enter", "s", "4")
        assert focused(pilot) == "confidential"
        await press(pilot, "space")
        await paste(pilot, "About\na person")
        assert focused(pilot) == "description"
        await press(pilot, "ctrl+s", "enter")
        detail = services.queue.open(people.handler, 2)
        assert (detail.description, detail.row.confidential) == ("About\na person", True)


async def test_what_a_form_says_is_there_while_one_types(kiosk: Open, people: People) -> None:
    """The advice, the limit of files, and that a school can't take confidentiality back."""
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "n")
        assert "The school can't change it back." in prose(pilot)
        assert beside(pilot, "description").startswith("Error messages as they read")
        assert "each may have 20 MB" in prose(pilot)
        box(pilot, "description").focus()
        await write(pilot, "No sound.")
        assert "when it last worked; name no pupil." in beside(pilot, "description")


async def test_a_paste_into_a_choice_chooses_or_is_told(kiosk: Open, people: People) -> None:
    async with kiosk() as pilot:
        await press(pilot, "n", *"garst", "enter")
        await paste(pilot, "hardware\n")
        assert fields(pilot).category.value == "hardware"
        assert focused(pilot) == "impact"
        await paste(pilot, "The screen is black.")
        assert said(pilot).startswith("! Nothing was pasted")
        assert fields(pilot).impact.value is None


async def test_a_line_says_what_it_cut(kiosk: Open, people: People) -> None:
    """In a form, in the search, and in a dialog."""
    async with kiosk() as pilot:
        await press(pilot, "slash")
        await paste(pilot, "x" * 300)
        assert said(pilot) == "! Only 200 of 300 characters fitted; the line keeps 200."
        await press(pilot, "y")
        assert said(pilot) == "! The line is full: 200 characters can be kept."
        await press(pilot, "escape", "n", "tab", "tab")
        await paste(pilot, "1" * 201)
        assert said(pilot) == "! Only 200 of 201 characters fitted; the line keeps 200."
        assert line(pilot, "telephone").value == "1" * 200
        await press(pilot, "ctrl+f", "y", "escape", "1", "backspace")
        assert place(pilot) == "JumpDialog"
        await paste(pilot, "1" * 201)
        assert "Only 200 of 201 characters fitted" in prose(pilot)
