"""What holds on every screen and dialog: each is come to once, and looked at in every way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import replace
from random import Random

import pytest
from rich.segment import Segment
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.amber import AmberSnapshotExtension
from syrupy.location import PyTestLocation
from syrupy.types import SnapshotIndex
from textual._compositor import Compositor
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from eds_tui.host.terminals import LEAST_COLUMNS, LEAST_ROWS, MODERN, Colours, Kind
from eds_tui.ui.textual_ext.compositor import RowCompositor
from eds_tui.ui.textual_ext.cursor import cursor_of
from eds_tui.ui.themes import EVERY, TERMINAL, THEMES
from tests.ui.conftest import Open
from tests.ui.contrast import (
    CONSOLE,
    PUTTY,
    WHITE_ON_BLACK,
    XTERM,
    Terminal,
    in_monochrome,
    is_at_cursor,
    looks,
    weak,
)
from tests.ui.scenes import SCENES, SMALL, every_scene
from tests.ui.sitting import lines, place, play, resize, screen, settle

COLUMNS, ROWS = 80, 24
LARGE = (120, 40)
HINTS = (
    "Demonstration accounts, password correct-horse:",
    "handler    takes calls",
    "00000EDU   reports for Test School",
)
REGIONS = 25
MADE_SMALL = (
    "sign_in", "queue", "search", "call_filled", "receipt", "incident_with_a_comment_begun",
    "home", "report_filled", "site", "information", "help", "jump", "attach", "rate",
)  # fmt: skip
"""Scenes that are made small and large again: one of each kind.

Not a dialog over an incident that is scrolled to what is new in it: how far is decided when it is
in front again.
"""
WITH_SEVERAL_PARTS = (
    "sign_in", "call_empty", "call_with_a_school", "call_filled", "incident",
    "incident_with_a_comment_begun", "home", "report", "report_filled", "site", "rate",
)  # fmt: skip
"""Scenes in which more than one part can have the focus."""


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


async def it_is_painted_as_it_was(pilot: Pilot[None], snapshot: SnapshotAssertion) -> None:
    """The text of the screen at 80 by 24 and at 120 by 40; look at what has changed."""
    assert screen(pilot) == snapshot(name="80x24")
    await resize(pilot, *LARGE)
    assert screen(pilot) == snapshot(name="120x40")
    await resize(pilot, COLUMNS, ROWS)


async def every_part_is_drawn_as_a_whole_paint_draws_it(pilot: Pilot[None], scene: str) -> None:
    """Drawing only the rows that changed gives what drawing everything around them gives."""
    random = Random(scene)
    ours = pilot.app.screen._compositor
    plain = Compositor()
    plain.__dict__ = ours.__dict__
    assert isinstance(ours, RowCompositor)
    for region in (Region(0, 0, COLUMNS, ROWS), *(_region(random) for _ in range(REGIONS))):
        assert _drawn(ours, region) == _drawn(plain, region)


async def what_has_the_focus_is_in_sight_with_its_cursor(pilot: Pilot[None], _scene: str) -> None:
    """Also in the smallest window, in which not all of a form is in sight."""
    for size in ((LEAST_COLUMNS, LEAST_ROWS), (COLUMNS, ROWS)):
        await resize(pilot, *size)
        focused = pilot.app.focused
        assert (cursor_of(focused) is None) == (focused is None)


async def it_is_as_it_was_after_being_made_small(pilot: Pilot[None], scene: str) -> None:
    """Pitfall 35: no size ends the kiosk or takes anything away for good."""
    if scene not in MADE_SMALL:
        return
    # Laid out twice: the first time, Textual does not know yet which text needs a scroll bar.
    for size in ((COLUMNS + 1, ROWS), (COLUMNS, ROWS)):
        await resize(pilot, *size)
    before = place(pilot), screen(pilot)
    for width, height in SMALL:
        await resize(pilot, width, height)
        assert len(lines(pilot)) == height
    await resize(pilot, COLUMNS, ROWS)
    assert (place(pilot), screen(pilot)) == before


_FEW = replace(MODERN, colours=Colours.SIXTEEN)
_MANY = tuple(replace(MODERN, colours=colours) for colours in (Colours.MANY, Colours.ALL))
_CONSOLE = replace(_FEW, console=True)
_BARE = replace(MODERN, colours=Colours.NONE)
_WINDOWS = (XTERM, WHITE_ON_BLACK, PUTTY)
IN_THE_FIRST_PART = EVERY[:1]
"""The theme that a kiosk begins with."""
IN_THE_SECOND_PART = tuple(theme for theme in EVERY if theme not in IN_THE_FIRST_PART)


def shown_by(theme: Theme) -> Iterator[tuple[Kind, tuple[Terminal, ...]]]:
    """Yield what a theme is sent as, with the terminals that may be sent that."""
    if theme.ansi:
        yield _FEW, _WINDOWS
        yield _CONSOLE, (CONSOLE,)
    if theme in THEMES:
        yield from ((kind, _WINDOWS) for kind in _MANY)
    if theme is TERMINAL:
        yield _BARE, _WINDOWS
        yield replace(_BARE, console=True), (CONSOLE,)


async def every_text_stands_out_from_its_background(
    pilot: Pilot[None], themes: Iterable[Theme]
) -> None:
    """4.5 to 1 at least, for every character, as each terminal paints what it is sent (rule 47)."""
    as_it_was = pilot.app.theme
    found = {}
    for theme in themes:
        pilot.app.theme = theme.name
        await settle(pilot)
        for kind, terminals in shown_by(theme):
            if faint := weak(looks(pilot, kind), terminals):
                found[theme.name, kind.colours.name] = faint
    pilot.app.theme = as_it_was
    await settle(pilot)
    assert found == {}


async def the_focus_is_seen_without_colours(pilot: Pilot[None], scene: str) -> None:
    """Pitfall 50: each part that can have the focus looks different when it has it."""
    if scene not in WITH_SEVERAL_PARTS:
        return
    parts = pilot.app.screen.focus_chain
    assert len(parts) > 1
    unseen = []
    for at, part in enumerate(parts):
        part.focus()
        await settle(pilot)
        having = in_monochrome(pilot, part), is_at_cursor(pilot, part)
        parts[at - 1].focus()
        await settle(pilot)
        if (in_monochrome(pilot, part), is_at_cursor(pilot, part)) == having:
            unseen.append(part.id or type(part).__name__)
    assert unseen == []


LOOKS: tuple[Callable[[Pilot[None], str], Awaitable[None]], ...] = (
    every_part_is_drawn_as_a_whole_paint_draws_it,
    what_has_the_focus_is_in_sight_with_its_cursor,
    it_is_as_it_was_after_being_made_small,
    # The last one, since it moves the focus.
    the_focus_is_seen_without_colours,
)


class OneForBothKinds(AmberSnapshotExtension):
    """What is painted on SQLite is painted on PostgreSQL, to the letter."""

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        """Return the name of the snapshot of the same scene on SQLite."""
        name = super().get_snapshot_name(test_location=test_location, index=index)
        return name.replace("[postgresql-", "[sqlite-")


@pytest.mark.long_on_postgres
@every_scene
@pytest.mark.usefixtures("scenery", "without_pauses")
async def test_what_holds_on_every_screen_holds_on_it(
    kiosk: Open, snapshot: SnapshotAssertion, dialect: str, scene: str
) -> None:
    async with kiosk(SCENES[scene].login, hints=HINTS) as pilot:
        await play(pilot, SCENES[scene].script)
        if dialect == "postgresql":
            # How that is drawn the kind of database does not change; other themes are tried here.
            assert screen(pilot) == snapshot.use_extension(OneForBothKinds)(name="80x24")
            await every_text_stands_out_from_its_background(pilot, IN_THE_SECOND_PART)
            return
        await it_is_painted_as_it_was(pilot, snapshot)
        await every_text_stands_out_from_its_background(pilot, IN_THE_FIRST_PART)
        for look in LOOKS:
            await look(pilot, scene)


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
