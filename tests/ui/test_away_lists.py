"""Lists that can't be read while the database is away, and are when it is back (rule 38)."""

from __future__ import annotations

import pytest

from eds_tui.services.container import Services
from eds_tui.ui.session import SessionScreens
from eds_tui.ui.widgets.incident_list import NOT_READ_YET
from tests.conftest import Away
from tests.factories import People, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import (
    kiosk_of,
    numbers,
    press,
    said,
    screen,
    seconds_pass,
)

pytestmark = [pytest.mark.long_on_postgres, pytest.mark.usefixtures("without_pauses")]

FIRST_LIST = "#open, QueueScreen IncidentList, SearchScreen IncidentList"

LISTS = {
    "queue": ((), ("r",)),
    "site": (("enter", "o"), ("r",)),
    "search": (("slash", *"build"), tuple("ing")),
}
"""The keys that lead to a list, and those that read it again."""


@pytest.mark.parametrize(("way", "again"), LISTS.values(), ids=LISTS)
async def test_every_list_keeps_what_it_had_with_its_time_and_the_reason(
    kiosk: Open,
    services: Services,
    people: People,
    away: Away,
    way: tuple[str, ...],
    again: tuple[str, ...],
) -> None:
    """Rule 38: and goes on by itself."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, *way)
        with away():
            await press(pilot, *again)
            assert numbers(pilot, FIRST_LIST) == [1]
            assert "as of 11:52:00" in screen(pilot)
            assert said(pilot).startswith("! The database can't be")
        await seconds_pass(pilot, 10)
        assert "as of" not in screen(pilot)


@pytest.mark.parametrize("login", ["handler", "00000EDU"])
@pytest.mark.parametrize("way", [(), ("slash", *"build")], ids=["home", "search"])
async def test_a_list_that_was_never_read_says_so(
    kiosk: Open, services: Services, people: People, away: Away, login: str, way: tuple[str, ...]
) -> None:
    """Rule 38: it is not called empty, also when a key has taken the reason off."""
    services.report.log(people.head, new_form())
    async with kiosk(None) as pilot:
        app = kiosk_of(pilot)
        account = services.accounts.by_login(login)
        screens = SessionScreens(
            services=services,
            account=account,
            school=services.schools.own(account),
            settings=app.settings,
            clock=services.clock,
        )
        with away():
            await app.push_screen(screens.home())
            await press(pilot, *way, "left")
            assert NOT_READ_YET in screen(pilot)
        await seconds_pass(pilot, 10)
        assert numbers(pilot, FIRST_LIST) == [1]
        assert NOT_READ_YET not in screen(pilot)


async def test_the_card_of_a_school_is_read_as_soon_as_it_can_be(
    kiosk: Open, services: Services, people: People, away: Away
) -> None:
    """Rule 38."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "enter")
        with away():
            await press(pilot, "o")
            assert "Portal 00000" not in screen(pilot)
        await seconds_pass(pilot)
        assert "Portal 00000" in screen(pilot)


async def test_a_list_that_could_not_be_turned_still_says_what_it_is(
    kiosk: Open, away: Away
) -> None:
    """Nothing is open; whether something was answered is not known."""
    async with kiosk("00000EDU") as pilot:
        with away():
            await press(pilot, "v")
            assert "Nothing is open." in screen(pilot)
        await press(pilot, "v")
        assert "Nothing new from the service centre" in screen(pilot)
