"""Drawing only the rows that changed gives what drawing everything around them gives."""

from __future__ import annotations

from random import Random

import pytest
from rich.segment import Segment
from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from eds_tui.ui.textual_ext.compositor import RowCompositor
from tests.ui.conftest import Open
from tests.ui.scenes import SCENES, every_scene
from tests.ui.sitting import play

pytestmark = pytest.mark.on_sqlite

COLUMNS, ROWS = 80, 24
REGIONS = 25


def _region(random: Random) -> Region:
    x, y = random.randrange(COLUMNS), random.randrange(ROWS)
    return Region(x, y, random.randint(1, COLUMNS - x), random.randint(1, ROWS - y))


def _drawn(compositor: Compositor, crop: Region) -> dict[tuple[int, int], list[Segment]]:
    """Return what stands in a region, by row and column."""
    rows = crop.line_range
    chops = compositor._render_chops(crop, rows.__contains__)
    return {
        (y, x): list(strip.crop(max(0, crop.x - x), crop.right - x))
        for y in rows
        for x, strip in chops[y].items()
        if x < crop.right and crop.x < x + strip.cell_length
    }


@every_scene
@pytest.mark.usefixtures("scenery")
async def test_every_part_of_every_screen_is_drawn_as_a_whole_paint_draws_it(
    kiosk: Open, scene: str
) -> None:
    random = Random(scene)
    async with kiosk(SCENES[scene].login) as pilot:
        await play(pilot, SCENES[scene].script)
        ours = pilot.app.screen._compositor
        plain = Compositor()
        plain.__dict__ = ours.__dict__

        assert isinstance(ours, RowCompositor)
        for region in (Region(0, 0, COLUMNS, ROWS), *(_region(random) for _ in range(REGIONS))):
            assert _drawn(ours, region) == _drawn(plain, region)


@pytest.mark.usefixtures("scenery")
async def test_what_lies_in_other_rows_or_behind_is_not_asked_for_its_lines(
    kiosk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, Region]] = []
    lines_of = Widget.render_lines

    def render_lines(self: Widget, crop: Region) -> list[Strip]:
        asked.append((self.css_identifier, crop))
        return lines_of(self, crop)

    async with kiosk("handler") as pilot:
        await play(pilot, SCENES["call_filled"].script)
        monkeypatch.setattr(Widget, "render_lines", render_lines)
        await pilot.press("y")
        width = pilot.app.screen.query_one("#description").region.width

    assert asked == [
        ("TextBox#description", Region(0, 0, width, 1)),
        ("Label", Region(0, 0, COLUMNS - width, 1)),
    ]
