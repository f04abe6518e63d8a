"""A school as a handler sees it: its card and its incidents (rule 32)."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import EdsError
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.domain.school import School
from eds_tui.domain.text import one_line
from eds_tui.services.queue import Queue
from eds_tui.services.schools import Schools
from eds_tui.ui.commands.base import Handlers, bindings
from eds_tui.ui.commands.everywhere import Back, Help, Redraw, Refresh
from eds_tui.ui.commands.incidents import JumpToNumber, NewCall, OpenIncident, OtherList
from eds_tui.ui.features.host import task
from eds_tui.ui.features.navigation import Navigation
from eds_tui.ui.features.school_lists import SchoolLists
from eds_tui.ui.presentation.columns import site_columns
from eds_tui.ui.runtime import intervals
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.styles import sheet
from eds_tui.ui.widgets.incident_list import LIST_KEYS, IncidentList


class SiteScreen(BaseScreen[None]):
    """The card of a school over what it has open, confidential ones too, and what was closed.

    Args:
        schools: Where the card is read.
        queue: Where the incidents are read.
        account: Who reads.
        school_id: The school's.
        screens: Where one can go from here.
        clock: For the time of what is shown.
    """

    CSS_PATH = sheet("school_lists")
    NAME = "School"
    KEYS_OF_WIDGETS = LIST_KEYS
    COMMANDS_HERE = (
        NewCall, OpenIncident, OtherList, JumpToNumber, Back, Refresh, Redraw, Help,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(
        self,
        *,
        schools: Schools,
        queue: Queue,
        account: Account,
        school_id: int,
        screens: ScreenFactory,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._schools = schools
        self._account = account
        self._school_id = school_id
        self._screens = screens
        self._card = Static("", id="card", markup=False)
        self._has_card = False
        self.navigation = Navigation(host=self, screens=screens)
        self.lists = SchoolLists(
            host=self,
            queue=queue,
            account=account,
            clock=clock,
            columns=site_columns(clock()),
            title="Open here",
            school_id=school_id,
        )

    def handlers(self) -> Handlers:
        """Return what each command does here."""
        return {
            **self.navigation.handlers(),
            **self.lists.handlers(),
            NewCall: self._take_call,
        }

    def body(self) -> ComposeResult:
        """Draw the card over the lists."""
        yield self._card
        yield from self.lists.body()

    def on_mount(self) -> None:
        """Read the card and both lists."""
        self.heading.right = self._account.name
        self._read_card()
        self.lists.begin()

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was in front."""
        self.lists.resume()

    def tick(self, second: int) -> None:
        """Show what has come true by the clock, and the card if it could not be read before."""
        if self.is_last:
            self.lists.tick(second)
            if not self._has_card and intervals.is_time_to_retry(second):
                self._read_card()

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
        """Read the next window of the list."""
        self.lists.paged.read_more(event.newer)

    @on(IncidentList.Selected)
    def open_selected(self, event: IncidentList.Selected) -> None:
        """Open the incident under the cursor."""
        self.navigation.open_row(event.rows)

    @task(exclusive=True, group="card")
    async def _read_card(self) -> None:
        card = await in_thread_with_timeout(self._schools.card, self._account, self._school_id)
        self._has_card = True
        self.heading.title(card.school.title)
        self._card.update(Content("\n".join(card_lines(card.school))))

    def _take_call(self) -> None:
        self.app.push_screen(self._screens.call(self._school_id))


def card_lines(school: School) -> list[str]:
    """Return a school's card: its numbers, how it is reached and connected, and its people.

    The first two lines have at 80 columns what is asked for most.
    """
    numbers = (
        ("", "CLOSED" if school.closed else ""), ("Portal", school.portal_number),
        ("LA", school.la_number), ("DfE", school.dfe_number),
        ("URN", school.urn), ("Tel", school.telephone),
    )  # fmt: skip
    connection = " ".join(part for part in (school.connection_type, school.bandwidth) if part)
    reached = (("", connection), ("Notified", school.email))
    lines = [
        one_line(" · ".join(f"{label} {value}".strip() for label, value in pairs if value))
        for pairs in (numbers, reached)
    ]
    lines = [line for line in lines if line]
    for person in school.contacts:
        parts = (person.name, person.job, person.telephone, person.email)
        lines.append(one_line(" · ".join(part for part in parts if part)))
    return lines
