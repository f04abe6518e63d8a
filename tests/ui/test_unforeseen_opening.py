"""A screen that does not come up is taken away again: nobody sits before one that is deaf."""

from __future__ import annotations

import pytest

from eds_tui.services.container import Services
from eds_tui.ui.dialogs.jump import JumpDialog
from eds_tui.ui.dialogs.receipt import ReceiptDialog
from eds_tui.ui.screens.incident import IncidentScreen
from eds_tui.ui.screens.queue import QueueScreen
from eds_tui.ui.screens.sign_in import SignInScreen
from eds_tui.ui.widgets.field import Field
from tests.factories import People, new_form
from tests.ui.conftest import Open
from tests.ui.faulty import INSIDE, TYPED, breaks, reference
from tests.ui.sitting import burst, place, play, press, prose, sign_in

pytestmark = pytest.mark.unexpected_error


async def test_what_was_logged_is_found_again_when_its_receipt_does_not_come_up(
    kiosk: Open,
    services: Services,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The same key once more shows the number, and nothing is logged twice."""
    async with kiosk() as pilot:
        await play(pilot, TYPED)
        breaks(monkeypatch, ReceiptDialog, "content")
        await press(pilot, "ctrl+s")
        await reference(pilot, caplog)
        assert place(pilot) == "CallScreen"
        await press(pilot, "ctrl+s")
        assert place(pilot) == "ReceiptDialog"
        assert "INC0000001" in prose(pilot)


@pytest.mark.parametrize(
    ("key", "owner", "method"),
    [
        ("enter", IncidentScreen, "body"),
        ("enter", IncidentScreen, "on_mount"),
        ("n", Field, "on_mount"),
    ],
)
async def test_a_place_that_does_not_come_up_leads_back_to_the_one_below(
    kiosk: Open, services: Services, people: People, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, key: str, owner: type, method: str,
) -> None:  # fmt: skip
    """Nothing of it stays behind, and it may be tried again."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        before = pilot.app.screen
        breaks(monkeypatch, owner, method)
        await press(pilot, key)
        await reference(pilot, caplog)
        assert pilot.app.screen is before
        assert len(pilot.app._nodes) == len(pilot.app.screen_stack)
        assert all(widget.screen in pilot.app.screen_stack for widget in pilot.app._registry)
        await press(pilot, key, "c", *"Hi")
        assert len(pilot.app.screen_stack) == len(pilot.app._nodes) == 3
        assert "Hi" in prose(pilot)


async def test_keys_typed_ahead_for_what_does_not_come_up_have_no_effect_below_it(
    kiosk: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with kiosk() as pilot:
        breaks(monkeypatch, JumpDialog, "content")
        await burst(pilot, "1", "n", "i")
        await reference(pilot, caplog)
        assert place(pilot) == "QueueScreen"
        await press(pilot, "1")
        assert place(pilot) == "JumpDialog"


async def test_a_home_that_does_not_come_up_leads_to_the_sign_in(
    kiosk: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with kiosk(None) as pilot:
        breaks(monkeypatch, QueueScreen, "on_mount")
        await sign_in(pilot)
        assert (await reference(pilot, caplog)).startswith("You were signed out.")
        assert place(pilot) == "SignInScreen"
        await sign_in(pilot)
        assert place(pilot) == "QueueScreen"


async def test_a_sign_in_that_does_not_come_up_ends_the_kiosk(
    kiosk: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    breaks(monkeypatch, SignInScreen, "on_mount")
    with pytest.raises(RuntimeError, match=INSIDE):
        async with kiosk(None):
            pass
    assert len(set(caplog.messages)) == 1
