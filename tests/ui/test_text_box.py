"""Only the rows of a text box that look otherwise are painted, and the terminal shows them all."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pyte
import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from eds_tui.ui.textual_ext.painted_rows import PaintedRows
from eds_tui.ui.textual_ext.terminal import Encoded
from tests.ui.conftest import Open
from tests.ui.pty_screen import TerminalScreen
from tests.ui.sitting import Text, kiosk_of, paste, play, press, settle

pytestmark = pytest.mark.on_sqlite

KEYS = (
    *"aé日( )[]", "space", "enter", "backspace", "delete", "left", "right", "up", "down", "home",
    "end", "pageup", "pagedown", "shift+left", "shift+up", "shift+end", "ctrl+u", "ctrl+k",
    "ctrl+w", "ctrl+z", "ctrl+y", "ctrl+a", "ctrl+x", "tab", "shift+tab",
)  # fmt: skip
STEPS = 120
PASTED = ("one two three " * 12, "(\n[\n]\n)\n" * 4, "\t日本 e\u0301\n\n", "long" * 40)


BRACKETS = ("ctrl+a", "delete", "(\nx\n)", "left", "up", "left", "left", "down", "down")
"""To one of a pair, and away: the other is marked in a row of its own."""


class Terminal:
    """What somebody sees of a program that has no terminal."""

    def __init__(self, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch) -> None:
        self._app = kiosk_of(pilot)
        self._screen = TerminalScreen(*pilot.app.size)
        stream = pyte.Stream(self._screen)

        def display(app: App[None], screen: Screen[object], update: object) -> None:
            if isinstance(update, Encoded):
                stream.feed(str(update.render_segments(app.console)))

        monkeypatch.setattr(App, "_display", display)

    def cells(self) -> list[list[pyte.screens.Char]]:
        """Return every cell that is shown, with its colours."""
        columns = range(self._screen.columns)
        return [[self._screen.buffer[y][x] for x in columns] for y in range(self._screen.lines)]

    async def repainted(self, pilot: Pilot[None]) -> list[list[pyte.screens.Char]]:
        """Return every cell after a whole paint."""
        self._app.action_redraw()
        await settle(pilot)
        return self.cells()


@pytest.mark.usefixtures("scenery")
@pytest.mark.parametrize("seed", [
    0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 4))
])  # fmt: skip
async def test_after_any_key_it_shows_what_a_whole_paint_shows(
    kiosk: Open, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    random = Random(seed)
    async with kiosk("00000EDU") as pilot:
        await play(pilot, ("n", Text("01772 123456"), "enter", "s", "4"))
        terminal = Terminal(pilot, monkeypatch)
        await terminal.repainted(pilot)
        for step in (*BRACKETS, *(_any_step(random) for _ in range(STEPS))):
            if step in KEYS:
                await press(pilot, step)
            else:
                await paste(pilot, step)
                await settle(pilot)
            shown = terminal.cells()
            assert shown == await terminal.repainted(pilot)


def _any_step(random: Random) -> str:
    steps: Sequence[str] = PASTED if random.random() < 0.1 else KEYS
    return random.choice(steps)


def test_a_row_that_was_drawn_in_two_ways_is_painted_again() -> None:
    rows = PaintedRows()
    assert rows.outdated(["a", "b"]) == [0, 1]
    rows.drew(0, "a")
    assert rows.outdated(["a", "c"]) == [1]
    # Something around it was painted, and this row with it; then it was as before.
    rows.drew(0, "x")
    assert rows.outdated(["a", "c"]) == [0]
    assert rows.outdated(["a", "c", "d"]) == [2]
