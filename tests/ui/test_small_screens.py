"""Terminals that are too small, and windows that are dragged about (pitfall 35)."""

from __future__ import annotations

import pytest

from eds_tui.host.terminals import LEAST_COLUMNS, LEAST_ROWS
from eds_tui.services.container import Services
from tests.factories import People
from tests.ui.conftest import Open, Size
from tests.ui.scenes import SCENES
from tests.ui.sitting import CALL, box, lines, paste, place, play, press, screen, settle

pytestmark = pytest.mark.on_sqlite

SMALL: tuple[Size, ...] = ((59, 20), (60, 19), (40, 10), (20, 5), (1, 1))
SHOWN = (
    "sign_in", "queue", "search", "call_filled", "receipt", "incident_with_a_comment_begun",
    "home", "report_filled", "site", "information", "help", "jump", "attach", "rate", "pick",
)  # fmt: skip


@pytest.mark.parametrize("scene", SHOWN)
@pytest.mark.usefixtures("scenery")
async def test_every_screen_is_as_it_was_after_being_made_small(kiosk: Open, scene: str) -> None:
    """No size ends the kiosk or takes anything away for good."""
    async with kiosk(SCENES[scene].login) as pilot:
        await play(pilot, SCENES[scene].script)
        # Laid out twice: the first time, Textual does not know yet which text needs a scroll bar.
        await pilot.resize_terminal(81, 24)
        await settle(pilot)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        before = place(pilot), screen(pilot)
        for width, height in SMALL:
            await pilot.resize_terminal(width, height)
            await settle(pilot)
            assert len(lines(pilot)) == height
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert (place(pilot), screen(pilot)) == before


@pytest.mark.parametrize("size", SMALL)
async def test_what_is_typed_on_a_small_screen_is_kept(
    kiosk: Open, desk: Services, people: People, size: Size
) -> None:
    """No key goes where nobody can see what it does, and none is needed to come back."""
    async with kiosk(size=(LEAST_COLUMNS, LEAST_ROWS)) as pilot:
        await press(pilot, *CALL, "H")
        await pilot.resize_terminal(80, 24)
        await press(pilot, "i")
        assert box(pilot, "description").text == "Hi"
        await pilot.resize_terminal(*size)
        await press(pilot, "!", "ctrl+s", "escape")
        await paste(pilot, "pasted")
        await pilot.resize_terminal(LEAST_COLUMNS, LEAST_ROWS)
        await press(pilot, "ctrl+s")
        assert place(pilot) == "ReceiptDialog"
    assert desk.queue.open(people.handler, 1).description == "Hi"
