"""The eye is led: late, critical, unread, confidential, by weight, colour and sign (rule 47)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.app import ComposeResult

from eds_tui.domain.priority import Priority
from eds_tui.domain.views import IncidentRow, Page
from eds_tui.host.terminals import MODERN, Colours
from eds_tui.services.container import Services
from eds_tui.ui.presentation.columns import Column, queue_columns, site_columns
from eds_tui.ui.presentation.emphasis import Emphasis
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.textual_ext.cells import cells_of
from eds_tui.ui.themes import EVERY
from eds_tui.ui.widgets.incident_list import IncidentList
from tests.factories import START, People, log
from tests.ui.conftest import Open
from tests.ui.contrast import Painted, painted
from tests.ui.sitting import kiosk_of, settle

pytestmark = pytest.mark.on_sqlite

SIGNS = {
    Emphasis.LATE: "late",
    Emphasis.CRITICAL: "1!",
    Emphasis.UNREAD: "●",
    Emphasis.CONFIDENTIAL: "INC0000001",
}


class Bench(BaseScreen[None]):
    """A list whose second row has every reason to stand out, below one that has none."""

    def __init__(self, plain: IncidentRow) -> None:
        super().__init__()
        self._plain = plain

    def body(self) -> ComposeResult:
        """Draw the list."""
        unread = Column("●", 1, lambda row: "●" if row.late else " ", _unread)
        yield IncidentList(lambda width: (unread, *queue_columns()(width)), empty="")

    def on_mount(self) -> None:
        """Show three rows, with the cursor on the first."""
        loud = replace(
            self._plain, number=1, confidential=True, late=True, late_minutes=2880,
            priority=Priority.CRITICAL, sla_due=START,
        )  # fmt: skip
        rows = (replace(self._plain, number=2), loud, replace(self._plain, number=3))
        self.query_one(IncidentList).show(Page(rows), fresh=True)
        self.query_one(IncidentList).focus()


def _unread(row: IncidentRow) -> Emphasis | None:
    return Emphasis.UNREAD if row.late else None


async def test_each_stands_out_from_the_row_and_from_the_others_in_every_theme(
    kiosk: Open, services: Services, people: People
) -> None:
    log(services, people, 1)
    row = services.queue.open(people.handler, 1).row
    async with kiosk() as pilot:
        app = kiosk_of(pilot)
        await app.push_screen(Bench(row))
        for theme in EVERY:
            app.theme = theme.name
            await settle(pilot)
            few = replace(MODERN, colours=Colours.SIXTEEN if theme.ansi else Colours.ALL)
            line = app.screen.query_one(IncidentList).region.y + 2
            cells = cells_of(app.screen._compositor.render_strips()[line], few)
            text = "".join(cell[0] for cell in cells)
            looks = {why: _look(text, cells, sign) for why, sign in SIGNS.items()}
            plain = painted(cells[text.index("Test School")][1])
            assert plain not in looks.values(), theme.name
            chips = {looks[Emphasis.CRITICAL], looks[Emphasis.CONFIDENTIAL]}
            assert len(chips) == 2, theme.name
            assert not chips & {looks[Emphasis.LATE], looks[Emphasis.UNREAD]}, theme.name


def _look(text: str, cells: list[tuple[str, str, int]], sign: str) -> Painted:
    at = text.index(sign)
    return painted(cells[at][1])


def test_what_is_nothing_to_look_at_is_not_emphasised(services: Services, people: People) -> None:
    log(services, people, 1)
    row = services.queue.open(people.handler, 1).row
    for layout in (queue_columns(), site_columns()):
        found = [each.stands_out(row) for each in layout(80) if each.stands_out]
        assert found
        assert set(found) == {None}
