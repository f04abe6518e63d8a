"""A school as a handler sees it: its card and its incidents (rule 32)."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.school import School
from eds_tui.domain.text import one_line
from eds_tui.services.queue import Queue
from eds_tui.services.schools import Schools
from eds_tui.ui.commands.base import bindings
from eds_tui.ui.commands.everywhere import Back, Help, Redraw, Refresh
from eds_tui.ui.commands.incidents import JumpToNumber, NewCall, OpenIncident, OtherList
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.two_lists import TwoListsScreen
from eds_tui.ui.styles import sheet
from eds_tui.ui.wording import site_columns


class SiteScreen(TwoListsScreen):
    """The card of a school over what it has open, confidential ones too, and what was closed."""

    CSS_PATH = sheet("two_lists")
    NAME = "School"
    OPEN_TITLE = "Open here"
    COMMANDS_HERE = (
        NewCall, OpenIncident, OtherList, JumpToNumber, Back, Refresh, Redraw, Help,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(
        self,
        schools: Schools,
        queue: Queue,
        account: Account,
        screens: ScreenFactory,
        clock: Clock,
        school_id: int,
    ) -> None:
        super().__init__(queue, account, screens, clock, site_columns(clock()), school_id)
        self._schools = schools
        self._site_id = school_id
        self._has_card = False

    def body(self) -> ComposeResult:
        """Draw the card over the lists."""
        yield Static("", id="card", markup=False)
        yield from super().body()

    def on_mount(self) -> None:
        """Read the card."""
        self.heading.right = self._account.name
        self._read_card()

    def tick(self, second: int) -> None:
        """Show what others have changed, and the card if it could not be read before."""
        super().tick(second)
        if not self._has_card and self.is_current and self.is_time_to_retry(second):
            self._read_card()

    @work(exclusive=True, group="card")
    async def _read_card(self) -> None:
        async with self.showing_errors():
            card = await in_thread_with_timeout(self._schools.card, self._account, self._site_id)
            self._has_card = True
            self.heading.title(card.school.title)
            self.query_one("#card", Static).update(Content("\n".join(card_lines(card.school))))

    def action_new_call(self) -> None:
        """Take a call from this school."""
        self.app.push_screen(self._screens.call(self._site_id))


def card_lines(school: School) -> list[str]:
    """Return a school's card, a line each for its numbers, its connection and its people."""
    numbers = [f"Portal {school.portal_number}"]
    for label, value in (
        ("DfE", school.dfe_number),
        ("URN", school.urn),
        ("Tel", school.telephone),
        ("", school.email),
        ("", f"{school.connection_type} {school.bandwidth}".strip()),
    ):
        if value:
            numbers.append(f"{label} {value}".strip())
    lines = [one_line(" · ".join(numbers))]
    for person in school.contacts:
        parts = (person.name, person.job, person.telephone, person.email)
        lines.append(one_line(" · ".join(part for part in parts if part)))
    return lines
