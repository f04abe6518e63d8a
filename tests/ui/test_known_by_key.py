"""Somebody whose SSH key has said who they are sits down while the database is away."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from eds_tui.services.container import Services
from eds_tui.settings import Settings
from eds_tui.ui.app import Kiosk
from eds_tui.ui.screens.sign_in import LET_IN_SOON
from tests.conftest import Away
from tests.factories import People, SetClock
from tests.ui.sitting import place, said, seconds_pass, settle

pytestmark = pytest.mark.usefixtures("without_pauses")


@pytest.mark.parametrize("login", ["handler", ""])
async def test_they_are_let_in_as_soon_as_it_is_there_and_others_are_told_no_more(
    settings: Settings, services: Services, people: People, clock: SetClock, away: Away, login: str
) -> None:
    """Whoever is known types nothing; whoever is not sees that it is back."""
    app = Kiosk(settings=settings, connect=lambda: services, clock=clock, look_every=0, login=login)
    with ExitStack() as gone:
        gone.enter_context(away())
        async with app.run_test() as pilot:
            await settle(pilot)
            assert "The database can't be" in said(pilot)
            assert (LET_IN_SOON in said(pilot)) is bool(login)
            await seconds_pass(pilot, 3)
            assert place(pilot) == "SignInScreen"
            gone.close()
            await seconds_pass(pilot, 3)
            assert place(pilot) == ("QueueScreen" if login else "SignInScreen")
            assert said(pilot) == ""
            app._exit = True
            app.workers.cancel_all()
