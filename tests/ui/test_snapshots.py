"""Every screen and dialog as it is painted, on a small and on a large terminal."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.ui.conftest import Open
from tests.ui.scenes import SCENES, every_scene
from tests.ui.sitting import play, screen, settle

pytestmark = pytest.mark.on_sqlite

HINTS = (
    "Demonstration accounts, password correct-horse:",
    "handler    takes calls",
    "00000EDU   reports for Test School",
)


@every_scene
@pytest.mark.usefixtures("scenery")
async def test_every_screen_is_painted_as_it_was(
    kiosk: Open, snapshot: SnapshotAssertion, scene: str
) -> None:
    """The text of the screen at 80 by 24 and at 120 by 40; look at what has changed."""
    async with kiosk(SCENES[scene].login, hints=HINTS) as pilot:
        await play(pilot, SCENES[scene].script)
        assert screen(pilot) == snapshot(name="80x24")
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        assert screen(pilot) == snapshot(name="120x40")
