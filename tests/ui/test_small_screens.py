"""Typing at terminals that are too small, and become large again (pitfall 35)."""

from __future__ import annotations

import pytest

from eds_tui.host.terminals import LEAST_COLUMNS, LEAST_ROWS
from eds_tui.services.container import Services
from tests.factories import People
from tests.ui.conftest import Open
from tests.ui.scenes import SMALL
from tests.ui.sitting import CALL, box, paste, place, press, resize

pytestmark = pytest.mark.on_sqlite


async def test_what_is_typed_on_a_small_screen_is_kept(
    kiosk: Open, services: Services, people: People
) -> None:
    """No key goes where nobody can see what it does, and none is needed to come back."""
    async with kiosk(size=(LEAST_COLUMNS, LEAST_ROWS)) as pilot:
        for number, size in enumerate(SMALL, 1):
            await press(pilot, *CALL, "H")
            await resize(pilot, 80, 24)
            await press(pilot, "i")
            assert box(pilot, "description").text == "Hi"
            await resize(pilot, *size)
            await press(pilot, "!", "ctrl+s", "escape")
            await paste(pilot, "pasted")
            await resize(pilot, LEAST_COLUMNS, LEAST_ROWS)
            await press(pilot, "ctrl+s")
            assert place(pilot) == "ReceiptDialog"
            assert services.queue.open(people.handler, number).description == "Hi"
            await press(pilot, "enter")
