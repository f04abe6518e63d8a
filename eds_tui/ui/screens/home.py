"""A school's home: My ICT Incidents (guide 1 and 2.6)."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.worker import Worker

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import EdsError
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.domain.school import School
from eds_tui.services.queue import Queue
from eds_tui.ui.commands.base import Command, Handlers, bindings
from eds_tui.ui.commands.everywhere import (
    Appearance,
    Help,
    Information,
    Redraw,
    Refresh,
    SignOut,
    Unfinished,
)  # fmt: skip
from eds_tui.ui.commands.incidents import (
    Copy,
    OpenIncident,
    OtherList,
    ReportFault,
    TurnList,
)
from eds_tui.ui.commands.lists import LIST_KEYS
from eds_tui.ui.commands.triage import Search
from eds_tui.ui.features.copying import copy_number
from eds_tui.ui.features.navigation import Navigation
from eds_tui.ui.features.school_lists import SchoolLists
from eds_tui.ui.features.sorting import ListMemory
from eds_tui.ui.features.what_works import works_on
from eds_tui.ui.presentation.columns import school_columns
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.styles import sheet
from eds_tui.ui.widgets.incident_list import IncidentList


class HomeScreen(BaseScreen[None]):
    """The school's lists, whoever of the school reported what is in them (rules 11 and 12).

    Args:
        queue: Where they are read.
        account: Who reads.
        school: The account's.
        screens: Where one can go from here.
        clock: For the time of what is shown.
    """

    CSS_PATH = sheet("school_lists")
    NAME = "My ICT Incidents"
    KEYS_OF_WIDGETS = LIST_KEYS
    COMMANDS_HERE = (
        ReportFault, OpenIncident, OtherList, TurnList, Search, Information, SignOut,
        Copy, Unfinished, Refresh, Appearance, Redraw, Help,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(
        self,
        *,
        queue: Queue,
        account: Account,
        school: School,
        screens: ScreenFactory,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._account = account
        self._school = school
        self._screens = screens
        self.navigation = Navigation(host=self, screens=screens)
        self.lists = SchoolLists(
            host=self,
            queue=queue,
            account=account,
            clock=clock,
            columns=lambda _: school_columns(),
            memory=ListMemory(),
            title="My ICT Incidents: open, but for confidential ones",
            follow=lambda _: self.offer_commands(),
        )

    def handlers(self) -> Handlers:
        """Return what each command does here."""
        return {
            **self.navigation.handlers(),
            **self.lists.handlers(),
            Copy: lambda: copy_number(self, self.lists.focused().row),
            ReportFault: self._report_fault,
        }

    def works_now(self, command: type[Command]) -> bool:
        """Return whether a command does something with the incident under the cursor."""
        return works_on(command, self.lists.focused().row)

    def body(self) -> ComposeResult:
        """Draw both lists."""
        yield from self.lists.widgets

    def on_mount(self) -> None:
        """Say who is logged in, and where (rule 1), and read both lists."""
        account = self._account
        self.heading.title(f"Logged in as {account.name} ({account.login}) ({self._school.title})")
        self.heading.right = "q Log out"
        self.lists.begin()

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was in front."""
        self.lists.resume()

    def tick(self, second: int) -> None:
        """Show what has come true by the clock."""
        if self.is_last:
            self.lists.tick(second)

    def refresh_after(self, changes: RemoteChanges) -> Worker[None]:
        """Show what others have changed."""
        return self.lists.read()

    def refuse(self, error: EdsError) -> None:
        """Show what was not done, and that the lists may not be up to date."""
        super().refuse(error)
        self.lists.cannot_be_read()

    def on_key(self, event: events.Key) -> None:
        """A digit starts a jump to a number."""
        self.navigation.take_digit(event)

    @on(IncidentList.EdgeNear)
    def read_more(self, event: IncidentList.EdgeNear) -> None:
        """Read what is beyond what the list holds."""
        self.lists.paged.read_beyond(event)

    @on(IncidentList.Selected)
    def open_selected(self, event: IncidentList.Selected) -> None:
        """Open the incident under the cursor."""
        self.navigation.open_row(event.rows)

    def _report_fault(self) -> None:
        self.app.push_screen(self._screens.report())
