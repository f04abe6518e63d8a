"""On every screen the terminal's cursor can be put where the focus is."""

from __future__ import annotations

import pytest

from eds_tui.host.terminals import LEAST_COLUMNS, LEAST_ROWS
from eds_tui.ui.textual_ext.cursor import cursor_of
from tests.ui.conftest import Open
from tests.ui.scenes import SCENES, every_scene
from tests.ui.sitting import play, settle

pytestmark = pytest.mark.on_sqlite


@every_scene
@pytest.mark.usefixtures("scenery")
async def test_what_has_the_focus_is_in_sight_with_its_cursor(kiosk: Open, scene: str) -> None:
    """Also in the smallest window, in which not all of a form is in sight."""
    async with kiosk(SCENES[scene].login) as pilot:
        await play(pilot, SCENES[scene].script)
        for size in ((80, 24), (LEAST_COLUMNS, LEAST_ROWS)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            focused = pilot.app.focused
            assert (cursor_of(focused) is None) == (focused is None)
