"""What one person or team has to do: read, decided about, and handed over (rule 51)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key
from textual.worker import Worker

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import EdsError
from eds_tui.domain.hand_over import view_of_pile
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.domain.triage import Assignee
from eds_tui.domain.views import ListQuery
from eds_tui.services.hand_overs import HandOvers
from eds_tui.ui.commands.base import Command, Handlers, bindings
from eds_tui.ui.commands.everywhere import Back, Help, NextCall, Redraw, Refresh, Unfinished
from eds_tui.ui.commands.lists import IN_EVERY_LIST, LIST_KEYS
from eds_tui.ui.commands.people import HandOverPile
from eds_tui.ui.commands.triage import Assign, Search
from eds_tui.ui.features.handing_over import HandingOver
from eds_tui.ui.features.host import task
from eds_tui.ui.features.paged_list import PagedList
from eds_tui.ui.features.school_lists import counted
from eds_tui.ui.features.shared_incident import SharedIncident
from eds_tui.ui.features.sorting import Sorting
from eds_tui.ui.features.working_list import ListServices, Shown, WorkingList
from eds_tui.ui.presentation.columns import queue_columns, split_columns
from eds_tui.ui.runtime import intervals
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.styles import sheets
from eds_tui.ui.widgets.incident_list import IncidentList


@dataclass(frozen=True, kw_only=True)
class PileServices:
    """The services of a pile."""

    lists: ListServices
    hand_overs: HandOvers


class PileScreen(BaseScreen[None]):
    """The list of what somebody has, with a preview of the row in hand.

    Args:
        services: Where it is read, decided about and handed over.
        account: Who works here.
        screens: Where else one can go.
        clock: The clock.
        holder: Whose it is.
    """

    CSS_PATH = sheets("pile", "beside", "preview")
    NAME = "What somebody has"
    KEYS_OF_WIDGETS = LIST_KEYS
    COMMANDS_HERE = (
        HandOverPile, *(each for each in IN_EVERY_LIST if each is not Assign), Back, Search,
        NextCall, Unfinished, Redraw, Help,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(
        self,
        *,
        services: PileServices,
        account: Account,
        screens: ScreenFactory,
        clock: Clock,
        holder: Assignee,
    ) -> None:
        super().__init__()
        self._account = account
        self._holder = holder
        self._view = view_of_pile(holder)
        lists = services.lists
        self._queue = lists.queue
        self.paged = PagedList(host=self, rows=lambda: self._rows, clock=clock)
        self.sorting = Sorting(
            memory=lists.memory, name=lambda: "pile", among=lambda: self._view.sorts,
            read=self._sort,
        )  # fmt: skip
        self.list = WorkingList(
            host=self, services=lists, account=account, clock=clock, screens=screens,
            shown=Shown(
                rows=lambda: self._rows, sorted_rows=lambda: self._rows,
                read_again=self.refresh_list, offer_commands=self.offer_commands,
                columns=queue_columns, beside=split_columns,
            ),
        )  # fmt: skip
        self._rows = IncidentList(
            queue_columns(), empty="Nothing to do in this pile.", follow=self.list.follow
        )
        self.handing_over = HandingOver(
            host=self, hand_overs=services.hand_overs, triage=lists.decisions.triage,
            account=account, decisions=self.list.triage.decisions, texts=self.list.triage.texts,
        )  # fmt: skip

    def body(self) -> ComposeResult:
        """Draw the list and the preview."""
        yield from self.list.body(self._rows)

    def works_now(self, command: type[Command]) -> bool:
        """Return whether a command does something with the row under the cursor."""
        return self.list.works_now(command)

    def handlers(self) -> Handlers:
        """Return what each command does here."""
        return {
            **self.list.handlers(),
            **self.sorting.handlers(),
            HandOverPile: lambda: self.handing_over.ask(self._holder, self._rows.ticked),
            Refresh: self.refresh_list,
        }

    @property
    def _query(self) -> ListQuery:
        sort = self.sorting.of("pile", self._view.sorts)
        return ListQuery(self._view, sort=sort, holder=self._holder)

    def on_mount(self) -> None:
        """Read the list."""
        self.heading.title(f"What {self._holder.label} has")
        self.heading.right = self._account.name
        query = self._query
        self.paged.read_from(partial(self._queue.page, self._account, query), query.key)
        self.list.sorted_by(query.order)
        self._read_first()

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was in front."""
        if self.paged.is_read:
            self.refresh_list()
        self.list.resume()

    def on_resize(self) -> None:
        """Fit the list into the width."""
        self.list.fit()

    def tick(self, second: int) -> None:
        """Show what has come true by the clock."""
        if self.is_last and intervals.is_time_to_read(second):
            self.refresh_list()

    def refresh_after(self, changes: RemoteChanges) -> Worker[None]:
        """Show what others have changed."""
        self.list.refresh_after(changes)
        return self.refresh_list()

    @task(blocks_input=True)
    async def _read_first(self) -> None:
        await self._read()

    @task(blocks_input=True)
    async def _sort(self) -> None:
        """Read the list in another order; what is ticked stays so."""
        query = self._query
        fetch = partial(self._queue.page, self._account, query)
        await self.paged.show(fetch, query.key, ticks=self._rows.ticks)
        self.list.sorted_by(query.order)

    @task(exclusive=True, group="list")
    async def refresh_list(self) -> None:
        """Read the list again."""
        await self._read()

    async def _read(self) -> None:
        await self.paged.refresh()
        self.paged.note_time()
        self.heading.title(f"What {self._holder.label} has{counted(self._rows)}")
        self.heading.right = self._account.name

    def refuse(self, error: EdsError) -> None:
        """Say what was not done; a list that can't be read stays, with its time (rule 38)."""
        super().refuse(error)
        self.paged.cannot_be_read()
        if self.paged.is_read:
            self.heading.right = self.paged.as_of

    def on_key(self, event: Key) -> None:
        """A digit starts a jump to a number."""
        self.list.navigation.take_digit(event)

    @property
    def shared_incident(self) -> SharedIncident:
        """The incident that is decided about; others see a work note or decision being typed."""
        return self.list.shared_incident

    async def keep(self) -> bool:
        """Keep what was typed for a decision that is just being made."""
        return await self.list.triage.keep()

    @on(IncidentList.EdgeNear)
    def read_more(self, event: IncidentList.EdgeNear) -> None:
        """Read what is beyond what the list holds."""
        self.paged.read_beyond(event)

    @on(IncidentList.Selected)
    def open_selected(self) -> None:
        """Open the incident on which Enter was pressed."""
        self.list.open_row()
