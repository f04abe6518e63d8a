"""What is said stays until the next key."""

from __future__ import annotations

import pytest

from eds_tui.ui.screens.base import BaseScreen
from tests.ui.conftest import Open
from tests.ui.sitting import burst, kiosk_of, settle

pytestmark = pytest.mark.on_sqlite


async def test_a_key_that_does_nothing_takes_off_what_was_said(kiosk: Open) -> None:
    async with kiosk() as pilot:
        at = kiosk_of(pilot).screen
        assert isinstance(at, BaseScreen)
        at.say("Nothing was sent.", bad=True)
        await settle(pilot)
        await burst(pilot, "f11")
        await settle(pilot)
        assert at.notice.text == ""
