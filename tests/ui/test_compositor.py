"""What has moved is painted where it is now, whoever asked where it is before the layout."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from eds_tui.ui.textual_ext.compositor import draw_by_rows


class Lines(Screen[None]):
    """A line that comes up above two others."""

    def __init__(self) -> None:
        super().__init__()
        draw_by_rows(self)

    def compose(self) -> ComposeResult:
        """Put them below one another."""
        more = Static("more", id="more")
        more.display = False
        yield more
        yield Static("Caller", id="caller")
        yield Static("E-mail", id="email")


class Shown(App[None]):
    """Paints what was painted last, piece by piece, as a terminal does."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: dict[int, str] = {}

    def get_default_screen(self) -> Screen[None]:
        """Show the lines."""
        return Lines()

    def look(self) -> None:
        """Take what is to be painted now onto the terminal."""
        compositor = self.screen._compositor
        for region in compositor._dirty_regions or ():
            for y in region.line_range:
                self.painted[y] = compositor.render_strips()[y].text.strip()
        compositor._dirty_regions.clear()


@pytest.mark.parametrize("asked", [True, False])
async def test_what_has_moved_is_painted(asked: bool) -> None:
    app = Shown()
    async with app.run_test() as pilot:
        screen = app.screen
        await pilot.pause()
        screen._compositor._dirty_regions.add(screen.region)
        app.look()
        assert [app.painted[y] for y in range(3)] == ["Caller", "E-mail", ""]

        more = screen.query_one("#more")
        more.display = True
        if asked:
            # A part that was not there is to be painted, and meanwhile its neighbour looks.
            screen._compositor.update_widgets({more})
            assert screen.query_one("#caller").region.y == 1
        screen._compositor.reflow(screen, screen.size)
        app.look()

        assert [app.painted[y] for y in range(3)] == ["more", "Caller", "E-mail"]
