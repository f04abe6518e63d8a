"""A second that passes while a screen comes up (rule 39)."""

from __future__ import annotations

import pytest

from eds_tui.services.container import Services
from eds_tui.ui.screens.queue import QueueScreen
from eds_tui.ui.session import SessionScreens
from tests.factories import People, SetClock, log
from tests.ui.conftest import Open
from tests.ui.sitting import (
    kiosk_of,
    numbers,
    said,
    settle,
)


@pytest.fixture
def _two_incidents(services: Services, people: People, clock: SetClock) -> None:
    log(services, people, 2, clock)


@pytest.mark.usefixtures("_two_incidents")
async def test_a_second_that_passes_while_a_place_comes_up_waits_for_it(kiosk: Open) -> None:
    async with kiosk(look_every=1) as pilot:
        app, queue = kiosk_of(pilot), pilot.app.screen
        assert isinstance(queue, QueueScreen)
        assert isinstance(queue._screens, SessionScreens)
        app._seconds = 9
        app.push_screen(queue._screens.home())
        app._tick()
        await settle(pilot)
        assert pilot.app.screen is not queue
        assert (numbers(pilot), said(pilot)) == ([2, 1], "")
