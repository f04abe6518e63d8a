"""The help finds what is wanted, and does it in the place it was opened from (rule 54)."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from eds_tui.services.container import Services
from eds_tui.ui.widgets.find_list import NOTHING
from eds_tui.ui.widgets.name_list import NameList
from tests.factories import People, SetClock, log
from tests.ui.conftest import Open
from tests.ui.deciding import closed
from tests.ui.sitting import (
    box,
    fields,
    focused,
    incident_list,
    line,
    lines,
    place,
    press,
    prose,
    screen,
    write,
)

pytestmark = pytest.mark.on_sqlite


def under_the_cursor(pilot: Pilot[None]) -> str:
    """Return the first line of the row under the cursor."""
    names = pilot.app.screen.query_one(NameList)
    row = lines(pilot)[names.region.y + names.cursor_cell.y]
    return " ".join(row.replace("│", " ").split())


async def test_what_is_found_is_done_where_the_help_was_opened(
    kiosk: Open, services: Services, people: People
) -> None:
    """By part of its words, of its name or of its key, in any case, the likeliest first."""
    log(services, people, 2)
    async with kiosk() as pilot:
        await press(pilot, "down", "question_mark", *"MINE")
        assert under_the_cursor(pilot).startswith("m ")
        await press(pilot, "enter")
        assert place(pilot) == "QueueScreen"
        assert services.queue.open(people.handler, 1).row.assigned_to == people.handler.name
        assert incident_list(pilot).row is not None
        await press(pilot, "question_mark", *"prior", "enter", "3")
        assert services.queue.open(people.handler, 1).row.priority.value == 3
        await press(pilot, "f1", *"new call", "enter")
        assert place(pilot) == "CallScreen"
        await press(pilot, "f1", *"back", "enter")
        assert place(pilot) == "QueueScreen"
        await press(pilot, "question_mark", *"colours", "enter", "2")
        assert services.accounts.by_login("handler").theme == "eds-light"


async def test_a_text_stays_where_it_is_typed_and_arrows_move_among_what_is_found(
    kiosk: Open, services: Services, people: People
) -> None:
    log(services, people, 1)
    async with kiosk("00000EDU", size=(60, 20)) as pilot:
        await press(pilot, "n", *"01772 1", "ctrl+g", *"zz")
        assert NOTHING in prose(pilot)
        await press(pilot, "enter", *["backspace"] * 2)
        assert place(pilot) == "HelpDialog"
        before = under_the_cursor(pilot)
        await press(pilot, "down")
        assert under_the_cursor(pilot) != before
        await press(pilot, "up")
        assert under_the_cursor(pilot) == before
        await press(pilot, "pagedown")
        assert under_the_cursor(pilot) != before
        await press(pilot, *"afresh", "enter")
        assert place(pilot) == "ConfirmDialog"
        await press(pilot, "n")
        assert line(pilot, "telephone").value == "01772 1"
        assert focused(pilot) == "telephone"
        assert fields(pilot).description.text == ""


async def test_what_does_nothing_now_says_so_and_stays(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """At the smallest size as well, to whoever has no Ctrl and no function keys."""
    closed(services, people, clock)
    async with kiosk(size=(60, 20)) as pilot:
        await press(pilot, "1", "enter", "question_mark", *"priority")
        assert under_the_cursor(pilot).startswith("p Not now: Give a priority")
        await press(pilot, "enter")
        assert place(pilot) == "HelpDialog"
        words = " ".join(prose(pilot).replace("│", " ").split())
        assert "! Priority: that does nothing with what is shown there now." in words
        await press(pilot, "tab")
        assert "▸Do it◂ Close" in screen(pilot)
        await press(pilot, "tab", "enter")
        assert place(pilot) == "IncidentScreen"


async def test_a_key_of_a_part_is_pressed_in_the_place_itself(kiosk: Open) -> None:
    async with kiosk() as pilot:
        await press(pilot, "question_mark", *"home and end", "enter")
        assert "! That is done by its own key, in the place itself." in prose(pilot)


async def test_a_command_of_a_box_is_done_from_the_box(
    kiosk: Open, services: Services, people: People
) -> None:
    log(services, people, 1)
    async with kiosk() as pilot:
        await press(pilot, "1", "enter", "c")
        await write(pilot, "On its way.")
        await press(pilot, "ctrl+g", *"send", "enter")
        assert box(pilot).text == ""
    (sent,) = services.queue.open(people.head, 1).comments
    assert sent.body == "On its way."


async def test_the_sign_in_has_its_help_too(kiosk: Open) -> None:
    async with kiosk(None) as pilot:
        await press(pilot, "f1", *"paint")
        assert under_the_cursor(pilot).startswith("Ctrl+L")
        await press(pilot, "enter")
        assert place(pilot) == "SignInScreen"
