"""Ticking rows of the queue in a test, and what was then decided about them."""

from __future__ import annotations

from textual.pilot import Pilot

from eds_tui.repository.unit_of_work import Database
from tests.factories import START
from tests.services.triage_steps import found
from tests.ui.sitting import incident_list, press
from tests.ui.triage_keys import FIVE


def ticked(pilot: Pilot[None]) -> list[int]:
    """Return the numbers of the ticked rows."""
    return [row.number for row in incident_list(pilot).ticked]


def priorities(database: Database) -> list[int]:
    """Return the priorities of all incidents, newest first."""
    numbers = range(FIVE, 0, -1)
    return [found(database, number, START).fields.priority.value for number in numbers]


async def tick(pilot: Pilot[None], *places: int) -> None:
    """Tick rows by their place from the top."""
    await press(pilot, "home")
    for number in range(max(places) + 1):
        await press(pilot, "space" if number in places else "down")
