"""An account that is disabled or changed while somebody sits at the kiosk with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eds_tui.domain.account import Role
from eds_tui.domain.views import View
from eds_tui.services.container import Services
from eds_tui.ui.screens.base import BaseScreen
from tests.factories import People, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import fields, look, place, press, prose, said, settle

pytestmark = pytest.mark.long_on_postgres

NEW = "another fine password"
SENTENCE = "! This account has been disabled. You are signed out; what you typed is kept."


@pytest.fixture(autouse=True)
def _an_incident(services: Services, people: People) -> None:
    services.report.log(people.head, new_form())


@pytest.mark.parametrize(
    "keys", [("r",), ("m",), ("p", "3"), ("a",), ("enter",), ("slash",), ("y",), ("tab",), ("u",)]
)
async def test_the_next_key_leads_back_to_the_sign_in(
    kiosk: Open, services: Services, people: People, keys: tuple[str, ...]
) -> None:
    async with kiosk() as pilot:
        services.accounts.disable("handler")
        await press(pilot, *keys)
        assert (place(pilot), said(pilot)) == ("SignInScreen", SENTENCE)
    assert services.queue.open(people.lead, 1).row.version == 1


async def test_a_place_that_only_shows_something_is_left_by_itself(
    kiosk: Open, services: Services
) -> None:
    async with kiosk("00000EDU") as pilot:
        services.accounts.disable("00000EDU")
        front = pilot.app.screen
        assert isinstance(front, BaseScreen)
        front.tick(10)
        await settle(pilot)
        assert (place(pilot), said(pilot)) == ("SignInScreen", SENTENCE)
        assert "INC0000001" not in prose(pilot)


async def test_an_account_that_is_disabled_is_signed_out_within_a_second(
    kiosk: Open, services: Services
) -> None:
    async with kiosk(look_every=1) as pilot:
        services.accounts.disable("handler")
        await look(pilot)
        assert (place(pilot), said(pilot)) == ("SignInScreen", SENTENCE)


CHANGES: dict[str, Callable[[Services], object]] = {
    "This account has a new password": lambda services: services.accounts.set_password(
        "handler", NEW
    ),
    "This account has another role now": lambda to: to.accounts.set_role("handler", Role.LEAD),
}


@pytest.mark.on_sqlite
@pytest.mark.parametrize("words", list(CHANGES))
async def test_an_account_that_is_changed_is_signed_out_with_what_was_typed(
    kiosk: Open, services: Services, people: People, words: str
) -> None:
    """Within a second, without a key."""
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "n", *"00000", "enter", "n", "2", *"No internet")
        CHANGES[words](services)
        await look(pilot)
        assert place(pilot) == "SignInScreen"
        assert said(pilot).startswith(f"! {words}. You are signed out; what you typed is kept.")
    (draft,) = services.drafts.under(services.accounts.by_login("handler"), "call")
    assert draft.body["description"] == "No internet"


@pytest.mark.on_sqlite
async def test_another_team_is_taken_in_without_a_word(kiosk: Open, services: Services) -> None:
    async with kiosk(look_every=1) as pilot:
        services.accounts.set_team("handler", "Networks")
        await look(pilot)
        assert (place(pilot), said(pilot)) == ("QueueScreen", "")
        await press(pilot, "m")
    assert services.queue.counts(services.accounts.by_login("handler"))[View.TEAM] == 1


async def test_what_is_typed_in_a_form_is_kept_to_the_last_letter(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 36: nothing is logged, and the draft is there when the account is let in again."""
    async with kiosk() as pilot:
        await press(pilot, "n", *"00000", "enter", "n", "2", *"No internet")
        services.accounts.disable("handler")
        await press(pilot, "ctrl+s")
        assert (place(pilot), said(pilot)) == ("SignInScreen", SENTENCE)
    services.accounts.enable("handler")
    async with kiosk() as pilot:
        await press(pilot, "n", "ctrl+e")
        assert fields(pilot).description.text == "No internet"
    assert len(services.schools.card(people.lead, people.school.id).open.rows) == 1
