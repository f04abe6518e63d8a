"""Signing in again at the kiosk, and what then stands in a dialog as it was left."""

from __future__ import annotations

from textual.pilot import Pilot

from eds_tui.domain.account import Account
from eds_tui.ui.dialogs.dialog import Dialog
from tests.ui.sitting import begin_session, kiosk_of, place, said, settle


def typed(pilot: Pilot[None]) -> str:
    """Return what stands in the dialog in front."""
    front = pilot.app.screen
    assert isinstance(front, Dialog)
    return front.written()


async def sign_in_again(pilot: Pilot[None], account: Account) -> str:
    """Begin a session at the sign-in, and return what it says at first."""
    assert place(pilot) == "SignInScreen"
    await begin_session(kiosk_of(pilot), account)
    await settle(pilot)
    return said(pilot)
