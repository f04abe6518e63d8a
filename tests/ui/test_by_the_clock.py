"""Every screen is read again by the clock, and whenever it comes to the front (rules 38 and 48)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from textual.pilot import Pilot

from eds_tui.services.container import Services
from eds_tui.ui.screens.queue import QueueScreen
from eds_tui.ui.widgets.incident_list import IncidentList
from tests.cases import at_case
from tests.factories import People, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import (
    Script,
    Text,
    kiosk_of,
    marked,
    place,
    play,
    press,
    screen,
    seconds_pass,
)

pytestmark = [
    pytest.mark.on_sqlite,
    pytest.mark.usefixtures("two_incidents", "clock_of_its_own_stopped"),
]
READ_EVERY = 10
"""Seconds between two readings by the clock."""

Change = Callable[[], object]


class Others:
    """What others do meanwhile: each time something new of its kind."""

    def __init__(self, services: Services, people: People) -> None:
        self._services = services
        self._people = people
        self._said = 0

    def log(self) -> None:
        """Log an incident."""
        self._services.report.log(self._people.head, new_form())

    def comment(self) -> None:
        """Comment on the first incident."""
        self._said += 1
        text = f"Remark {self._said}."
        self._services.conversation.comment(self._people.head, 1, text, text)


async def is_read_by_the_clock(pilot: Pilot[None], change: Change) -> None:
    """Let others change something: it is seen when it is time to read, and not before."""
    while kiosk_of(pilot)._seconds % READ_EVERY:
        await seconds_pass(pilot, 1)
    before = screen(pilot)
    change()
    await seconds_pass(pilot, READ_EVERY - 1)
    assert screen(pilot) == before
    await seconds_pass(pilot, 1)
    assert screen(pilot) != before


async def is_read_when_it_comes_to_the_front(pilot: Pilot[None], change: Change) -> None:
    """Let others change something while the help lies over the screen."""
    before, front = screen(pilot), place(pilot)
    await press(pilot, "f1")
    assert place(pilot) == "HelpDialog"
    change()
    await press(pilot, "escape")
    assert place(pilot) == front
    assert screen(pilot) != before


async def test_what_the_service_centre_has_in_front_is_never_long_out_of_date(
    kiosk: Open, services: Services, people: People
) -> None:
    others = Others(services, people)
    steps: dict[str, tuple[Script, Change]] = {
        "QueueScreen": ((), others.log),
        "IncidentScreen": ((Text("1"), "enter"), others.comment),
        "PeopleScreen": (("escape", "z"), others.log),
        "PileScreen": (("home", "enter"), others.log),
        "SiteScreen": (("o",), others.log),
    }
    async with kiosk() as pilot:
        await each_is_read(pilot, steps)
        await play(pilot, ("escape", "escape", "escape", "/", Text("internet")))
        await is_read_when_it_comes_to_the_front(pilot, others.log)


async def test_so_is_what_a_school_has_in_front(
    kiosk: Open, services: Services, people: People
) -> None:
    others = Others(services, people)
    steps: dict[str, tuple[Script, Change]] = {
        "HomeScreen": ((), others.log),
        "IncidentScreen": (("end", "enter"), others.comment),
    }
    async with kiosk("00000EDU") as pilot:
        await each_is_read(pilot, steps)


async def each_is_read(pilot: Pilot[None], steps: Mapping[str, tuple[Script, Change]]) -> None:
    """Go to one screen after the other, and let others change what it shows.

    Args:
        pilot: Sits at the kiosk.
        steps: For each screen the keys that lead there, and what others do.
    """
    for name, (script, change) in steps.items():
        with at_case(name):
            await play(pilot, script)
            assert place(pilot) == name
            await is_read_by_the_clock(pilot, change)
            await is_read_when_it_comes_to_the_front(pilot, change)


async def test_a_list_below_an_open_incident_stays_as_it_is_to_be_gone_along(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 48."""
    async with kiosk() as pilot:
        await press(pilot, "enter")
        Others(services, people).log()
        await seconds_pass(pilot, READ_EVERY)
        below = pilot.app.screen_stack[1]
        assert isinstance(below, QueueScreen)
        held = below.query_one(IncidentList)
        assert [row.number for row in held.rows] == [2, 1]
        await press(pilot, "escape")
        assert [row.number for row in held.rows] == [3, 2, 1]
        assert marked(pilot)[1] == "INC0000002"
