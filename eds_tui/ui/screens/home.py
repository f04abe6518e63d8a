"""A school's home: My ICT Incidents (guide 1 and 2.6)."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.school import School
from eds_tui.services.queue import Queue
from eds_tui.ui.commands.base import bindings
from eds_tui.ui.commands.everywhere import (
    Appearance,
    Help,
    Information,
    Redraw,
    Refresh,
    SignOut,
    Unfinished,
)  # fmt: skip
from eds_tui.ui.commands.incidents import JumpToNumber, OpenIncident, OtherList, ReportFault
from eds_tui.ui.commands.triage import Search
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.two_lists import TwoListsScreen
from eds_tui.ui.styles import sheet
from eds_tui.ui.wording import school_columns


class HomeScreen(TwoListsScreen):
    """The school's lists, whoever of the school reported what is in them (rules 11 and 12)."""

    CSS_PATH = sheet("two_lists")
    NAME = "My ICT Incidents"
    OPEN_TITLE = "My ICT Incidents: open, but for confidential ones"
    COMMANDS_HERE = (
        ReportFault, OpenIncident, OtherList, Search, Information, SignOut, JumpToNumber,
        Unfinished, Refresh, Appearance, Redraw, Help,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(
        self, queue: Queue, account: Account, screens: ScreenFactory, clock: Clock, school: School
    ) -> None:
        super().__init__(queue, account, screens, clock, school_columns())
        self._school = school

    def on_mount(self) -> None:
        """Say who is logged in, and where (rule 1)."""
        account = self._account
        self.heading.title(f"Logged in as {account.name} ({account.login}) ({self._school.title})")
        self.heading.right = "q Log out"

    def action_report_fault(self) -> None:
        """Report a fault."""
        self.app.push_screen(self._screens.report())
