"""Whatever Ctrl does where one types is done by Tab and Enter as well."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from eds_tui.domain.lifecycle import State
from eds_tui.services.container import Services
from eds_tui.settings import Settings
from eds_tui.ui.widgets.bars import KeyBar
from eds_tui.ui.widgets.dialog_keys import DialogKeys
from tests.factories import PASSWORD, People, SetClock, log
from tests.ui.conftest import Open
from tests.ui.deciding import closed
from tests.ui.sitting import focused, lines, look, place, press, prose, said, screen, write

pytestmark = pytest.mark.on_sqlite


async def to_the_buttons(pilot: Pilot[None]) -> str:
    """Press Tab until the buttons have the focus; return the line that they stand in."""
    for _ in range(9):
        await press(pilot, "tab")
        if isinstance(pilot.app.focused, KeyBar | DialogKeys):
            return lines(pilot)[pilot.app.focused.region.y]
    raise AssertionError(focused(pilot))


async def test_a_call_is_logged_chased_and_resolved_by_tab_and_enter(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "n", *"garst", "enter", "s", "4", *"Screen is black.")
        assert "▸Log call◂ About an open one  Attach" in await to_the_buttons(pilot)
        await press(pilot, "enter", "g")
        assert place(pilot) == "IncidentScreen"
        await press(pilot, "c", *"Still black.")
        assert "▸Send◂" in await to_the_buttons(pilot)
        await press(pilot, "enter")
        assert [said.body for said in services.queue.open(people.handler, 1).comments] == [
            "Still black."
        ]
        await press(pilot, "s", "r")
        assert "▸Done◂ Reply  Leave it" in await to_the_buttons(pilot)
        await press(pilot, "enter")
        assert place(pilot) == "ResolveDialog"
        assert "! Choose how it ended." in screen(pilot)
        await press(pilot, "1", *"New cable.")
        await to_the_buttons(pilot)
        await press(pilot, "enter")
        assert services.queue.open(people.handler, 1).row.state is State.RESOLVED


async def test_every_button_is_reached_and_the_first_field_is_behind_the_last(
    kiosk: Open, people: People
) -> None:
    """Also where the line is too narrow for all of them."""
    async with kiosk("00000EDU", size=(60, 20)) as pilot:
        await press(pilot, "n")
        seen = [await to_the_buttons(pilot)]
        while isinstance(pilot.app.focused, KeyBar):
            await press(pilot, "tab")
            seen.append(lines(pilot)[-1])
        assert focused(pilot) == "telephone"
        for label in ("Submit", "Attach", "Remove file", "Start afresh", "Back", "Help"):
            assert any(f"▸{label}◂" in row for row in seen)
        await press(pilot, "shift+tab", "enter")
        assert place(pilot) == "ReportScreen"
        assert "! Choose a category" in screen(pilot)


async def test_feedback_is_given_and_left_by_tab_and_enter(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    closed(services, people, clock)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "1", "enter", "f")
        await to_the_buttons(pilot)
        await press(pilot, "tab", "enter")
        assert place(pilot) == "IncidentScreen"
        await press(pilot, "f", "5")
        assert "▸Send◂ Leave it" in await to_the_buttons(pilot)
        await press(pilot, "enter")
        assert said(pilot) == "Thank you for your feedback."


async def test_a_locked_session_is_handed_over_by_tab_and_enter(
    kiosk: Open, settings: Settings, people: People, clock: SetClock
) -> None:
    settings = replace(settings, idle_lock=timedelta(minutes=10), session_end=timedelta(hours=1))
    async with kiosk(settings=settings) as pilot:
        clock.forward(minutes=11)
        await look(pilot)
        assert place(pilot) == "LockScreen"
        assert "▸Log out◂" in await to_the_buttons(pilot)
        await write(pilot, PASSWORD)
        assert focused(pilot) == "password"
        await press(pilot, "enter")
        assert place(pilot) == "QueueScreen"
        clock.forward(minutes=11)
        await look(pilot)
        assert "▸Log out◂" in await to_the_buttons(pilot)
        await press(pilot, "enter")
        assert place(pilot) == "SignInScreen"
        await write(pilot, "handler")
        await press(pilot, "tab")
        assert "▸Leave◂" in await to_the_buttons(pilot)
        await write(pilot, PASSWORD)
        await press(pilot, "enter")
        assert place(pilot) == "QueueScreen"


async def test_a_button_keeps_what_is_typed(
    kiosk: Open, services: Services, people: People
) -> None:
    """A letter is a command there, and leads back to the box."""
    log(services, people, 1)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "1", "enter", "c")
        await write(pilot, "It is worse.")
        await to_the_buttons(pilot)
        await press(pilot, "c")
        assert focused(pilot) == "box"
        assert "It is worse." in prose(pilot)
