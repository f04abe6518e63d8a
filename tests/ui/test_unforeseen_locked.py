"""An unexpected error while a session is locked: it stays locked, or it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from eds_tui.services.container import Services
from eds_tui.settings import Settings
from eds_tui.ui.features.form_draft import FormDraft
from eds_tui.ui.runtime.error_recovery import ErrorRecovery
from eds_tui.ui.screens.lock import LockScreen
from eds_tui.ui.textual_ext.lock_cover import LockCover
from eds_tui.ui.textual_ext.terminal_app import TerminalApp
from eds_tui.ui.widgets.bars import Heading
from tests.factories import PASSWORD, People, SetClock
from tests.ui.conftest import Open
from tests.ui.faulty import TYPED, breaks, reference
from tests.ui.sitting import box, burst, kiosk_of, look, place, play, screen, sign_in

pytestmark = pytest.mark.unexpected_error


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings of ten minutes."""
    return replace(settings, idle_lock=timedelta(minutes=10))


async def painted_again(pilot: Pilot[None]) -> None:
    """Have the top line of the lock painted."""
    pilot.app.screen.query_one(Heading).refresh()


async def a_second_passes(pilot: Pilot[None]) -> None:
    """Let the places below the lock keep what is typed."""
    kiosk_of(pilot)._tick()


async def the_password(pilot: Pilot[None]) -> None:
    """Go in, or try to."""
    await burst(pilot, *PASSWORD, "enter")


@pytest.mark.parametrize(
    ("owner", "method", "begin"),
    [
        (Heading, "render", painted_again),
        (FormDraft, "keep", a_second_passes),
        (TerminalApp, "forget_unread", the_password),
    ],
)
async def test_an_error_uncovers_nothing_and_the_password_still_does(
    kiosk: Open, clock: SetClock, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, owner: type, method: str, begin: object,
) -> None:  # fmt: skip
    async with kiosk() as pilot:
        await play(pilot, TYPED)
        clock.forward(minutes=10)
        await look(pilot)
        breaks(monkeypatch, owner, method)
        assert callable(begin)
        await begin(pilot)
        await reference(pilot, caplog)
        assert place(pilot) == "LockScreen"
        assert "Printer" not in screen(pilot)
        await the_password(pilot)
        assert place(pilot) == "CallScreen"
        assert box(pilot, "description").text == "Printer jams"


async def test_the_clock_ticks_while_a_screen_that_failed_is_taken_away(
    kiosk: Open, clock: SetClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It counts as mounted and has no line for what is said."""
    close = ErrorRecovery._close_failed

    async def tick_and_close(
        recovery: ErrorRecovery, screen: Screen[object], error: Exception, told: str
    ) -> None:
        assert isinstance(screen, LockScreen)
        assert screen.is_mounted
        assert not screen.query(Heading)
        kiosk_of(pilot)._tick()
        await close(recovery, screen, error, told)

    monkeypatch.setattr(ErrorRecovery, "_close_failed", tick_and_close)
    async with kiosk() as pilot:
        await play(pilot, TYPED)
        breaks(monkeypatch, LockScreen, "body")
        clock.forward(minutes=10)
        await look(pilot)
        assert (await reference(pilot, caplog)).startswith("You were signed out. What was typed")
        assert place(pilot) == "SignInScreen"


@pytest.mark.parametrize(
    ("owner", "method"), [(LockScreen, "body"), (LockScreen, "on_mount"), (LockCover, "put_on")]
)
async def test_a_session_that_can_not_be_locked_is_ended_and_what_was_typed_is_kept(
    kiosk: Open, services: Services, people: People, clock: SetClock,
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, owner: type, method: str,
) -> None:  # fmt: skip
    """The next one is locked again as ever."""
    async with kiosk() as pilot:
        await play(pilot, TYPED)
        breaks(monkeypatch, owner, method)
        clock.forward(minutes=10)
        await look(pilot)
        assert (await reference(pilot, caplog)).startswith("You were signed out. What was typed")
        assert place(pilot) == "SignInScreen"
        assert len(pilot.app.screen_stack) == len(pilot.app._nodes) == 1
        assert "Printer" not in screen(pilot)
        await sign_in(pilot, "lead")
        clock.forward(minutes=10)
        await look(pilot)
        assert place(pilot) == "LockScreen"
    (draft,) = services.drafts.under(people.handler, "call:")
    assert draft.body["description"] == "Printer jams"
