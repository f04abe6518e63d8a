"""A fault that comes back after its incident is closed (rule 19)."""

from __future__ import annotations

import pytest

from eds_tui.domain.lifecycle import State
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form, set_state
from tests.ui.conftest import Open
from tests.ui.sitting import box, place, press, said

NAMED = "The fault of INC0000001 has come back: "


@pytest.mark.parametrize(
    ("login", "screen"), [("handler", "CallScreen"), ("00000EDU", "ReportScreen")]
)
async def test_a_new_incident_begins_with_the_number_of_the_closed_one(
    kiosk: Open, database: Database, services: Services, people: People, clock: SetClock,
    login: str, screen: str,
) -> None:  # fmt: skip
    services.report.log(people.head, new_form())
    set_state(database, people, 1, State.RESOLVED, clock())
    clock.forward(hours=24)
    async with kiosk(login) as pilot:
        await press(pilot, "1", "enter", "n")
        assert place(pilot) == screen
        assert box(pilot, "description").text == NAMED


async def test_an_open_incident_is_commented_on_instead(
    kiosk: Open, services: Services, people: People
) -> None:
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "1", "enter", "n")
        assert place(pilot) == "IncidentScreen"
        assert said(pilot).startswith("Only a closed incident")
