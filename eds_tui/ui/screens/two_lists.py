"""A school's incidents: what is open above, what was closed lately below (guide 2.6)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import Static
from textual.worker import Worker

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import EdsError
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.domain.views import LATEST_CLOSED, ListQuery, View
from eds_tui.services.queue import Queue
from eds_tui.ui.paging import Pager
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.listing import JumpingPlace
from eds_tui.ui.widgets.incident_list import LIST_KEYS, Column, IncidentList


class TwoListsScreen(JumpingPlace[None]):
    """Both lists of one school.

    Args:
        queue: Where they are read.
        account: Who reads.
        screens: Where one can go from here.
        clock: For the time of what is shown.
        columns: Of both lists.
        school_id: Whose; ``None`` is the school of the account.
    """

    KEYS_OF_WIDGETS = LIST_KEYS
    OPEN_TITLE = "Open incidents"
    CLOSED_TITLE = f"Latest {LATEST_CLOSED} closed, read only"

    def __init__(
        self,
        queue: Queue,
        account: Account,
        screens: ScreenFactory,
        clock: Clock,
        columns: Sequence[Column],
        school_id: int | None = None,
    ) -> None:
        super().__init__()
        self._queue = queue
        self._account = account
        self._screens = screens
        self._clock = clock
        self._columns = columns
        self._school_id = school_id

    def body(self) -> ComposeResult:
        """Draw both lists."""
        yield Static(self.OPEN_TITLE, id="open-title", classes="list-title", markup=False)
        yield IncidentList(self._columns, empty="Nothing is open.", id="open")
        yield Static(self.CLOSED_TITLE, classes="list-title", markup=False)
        yield IncidentList(self._columns, empty="Nothing was closed lately.", id="closed")

    def on_mount(self) -> None:
        """Read both lists, and again every few seconds."""
        rows = self.query_one("#open", IncidentList)
        query = ListQuery(View.OPEN, self._school_id)
        self._pager = Pager(rows, partial(self._queue.page, self._account, query), View.OPEN.key)
        rows.focus()
        self._read_lists()

    def tick(self, second: int) -> None:
        """Show what has come true by the clock."""
        if self.is_current and self.is_time_to_read(second):
            self._read_lists()

    def refresh_after(self, changes: RemoteChanges) -> Worker[None]:
        """Show what others have changed."""
        return self._read_lists()

    def on_screen_resume(self) -> None:
        """Show what has changed while another place was in front."""
        if self._read_at:
            self._read_lists()

    @work(exclusive=True, group="list")
    async def _read_lists(self) -> None:
        async with self.showing_errors():
            await self._pager.refresh()
            closed = await in_thread_with_timeout(
                self._queue.latest_closed, self._account, self._school_id
            )
            self.query_one("#closed", IncidentList).show(closed)
            self._note_the_time()
            self._say_when("")

    def _say_when(self, when: str) -> None:
        self.query_one("#open-title", Static).update(f"{self.OPEN_TITLE}{when}")

    def refuse(self, error: EdsError) -> None:
        """Say that the lists can't be read; what they had stays, with its time (rule 38)."""
        super().refuse(error)
        for rows in self.query(IncidentList):
            rows.cannot_be_read()
        if self._read_at:
            self._say_when(f", as of {self._read_at}")

    @on(IncidentList.Selected)
    def open_selected(self, event: IncidentList.Selected) -> None:
        """Open the incident under the cursor."""
        self.open_incident(event.row.number)

    def _focused_list(self) -> IncidentList:
        closed = self.query_one("#closed", IncidentList)
        return closed if closed.has_focus else self.query_one("#open", IncidentList)

    def action_open_incident(self) -> None:
        """Open the incident under the cursor."""
        self._focused_list().action_select()

    def action_other_list(self) -> None:
        """Go to the other list."""
        other = "#open" if self._focused_list().id == "closed" else "#closed"
        self.query_one(other).focus()

    def action_refresh(self) -> None:
        """Read both lists again now."""
        self._read_lists()
