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
from eds_tui.domain.views import IncidentRow, ListQuery
from eds_tui.services.hand_overs import HandOvers
from eds_tui.services.queue import Queue
from eds_tui.ui.commands.base import Command, Handlers, bindings
from eds_tui.ui.commands.everywhere import Back, Help, Redraw, Refresh, Unfinished
from eds_tui.ui.commands.incidents import Comment, JumpToNumber, OpenIncident, SiteIncidents
from eds_tui.ui.commands.people import HandOverPile
from eds_tui.ui.commands.triage import (
    AssignToMe,
    ExplainDue,
    FlipConfidential,
    Link,
    Refused,
    Search,
    SetPriority,
    SetState,
    ShowHistory,
    Tick,
    Undo,
    WorkNote,
)  # fmt: skip
from eds_tui.ui.features.decisions import DecisionServices, IncidentsInHand
from eds_tui.ui.features.handing_over import HandingOver
from eds_tui.ui.features.host import task
from eds_tui.ui.features.navigation import Navigation
from eds_tui.ui.features.paged_list import PagedList
from eds_tui.ui.features.rows_in_hand import RowsInHand
from eds_tui.ui.features.school_lists import counted
from eds_tui.ui.features.shared_incident import SharedIncident
from eds_tui.ui.features.triage import TriageFeature
from eds_tui.ui.features.what_works import works_on
from eds_tui.ui.presentation.columns import queue_columns
from eds_tui.ui.presentation.incident_text import preview
from eds_tui.ui.runtime import intervals
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.styles import sheet
from eds_tui.ui.widgets.incident_list import LIST_KEYS, IncidentList
from eds_tui.ui.widgets.preview import Preview

_AFTER_A_DECISION = 1.0
"""Seconds until the list is read again after a decision."""


@dataclass(frozen=True, kw_only=True)
class PileServices:
    """The services of a pile."""

    queue: Queue
    hand_overs: HandOvers
    decisions: DecisionServices


class PileScreen(BaseScreen[None]):
    """The list of what somebody has, with a preview of the row in hand.

    Args:
        services: Where it is read, decided about and handed over.
        account: Who works here.
        screens: Where else one can go.
        clock: The clock.
        holder: Whose it is.
    """

    CSS_PATH = sheet("pile")
    NAME = "What somebody has"
    KEYS_OF_WIDGETS = LIST_KEYS
    COMMANDS_HERE = (
        OpenIncident, HandOverPile, Tick, SetPriority, SetState, Comment, AssignToMe, Back, Search,
        SiteIncidents, JumpToNumber, WorkNote, Undo, Refused, FlipConfidential, Link, ShowHistory,
        ExplainDue, Unfinished, Refresh, Redraw, Help,
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
        self._screens = screens
        self._holder = holder
        self._list = IncidentList(
            queue_columns(), empty="Nothing to do in this pile.", follow=self._show_row
        )
        self._preview = Preview()
        self.navigation = Navigation(host=self, screens=screens)
        self.paged = PagedList(host=self, rows=lambda: self._list, clock=clock)
        view = view_of_pile(holder)
        query = ListQuery(view, holder=holder)
        self._fetch = partial(services.queue.page, account, query), view.key
        self.rows = RowsInHand(
            rows=lambda: self._list,
            decided=lambda: self.set_timer(_AFTER_A_DECISION, self.refresh_list),
        )
        self.triage = TriageFeature(
            host=self, services=services.decisions, account=account, clock=clock, screens=screens,
            in_hand=IncidentsInHand(
                targets=self.rows.targets, show_outcomes=self.rows.show_outcomes,
                put_fresh=self.rows.put_fresh, open_incident=self.navigation.open_incident,
            ),
        )  # fmt: skip
        self.handing_over = HandingOver(
            host=self, hand_overs=services.hand_overs, triage=services.decisions.triage,
            account=account, decisions=self.triage.decisions, texts=self.triage.texts,
        )  # fmt: skip

    def body(self) -> ComposeResult:
        """Draw the list and the preview."""
        yield self._list
        yield self._preview

    def works_now(self, command: type[Command]) -> bool:
        """Return whether a command does something with the row under the cursor."""
        return works_on(command, self._list.row)

    def handlers(self) -> Handlers:
        """Return what each command does here."""
        return {
            **self.navigation.handlers(),
            **self.triage.handlers(),
            OpenIncident: partial(self.navigation.open_row, self._list),
            Comment: partial(self.navigation.open_row, self._list, write=True),
            HandOverPile: self._hand_over,
            SiteIncidents: self._show_school,
            Tick: self.rows.tick,
            Refresh: self.refresh_list,
        }

    def on_mount(self) -> None:
        """Read the list."""
        self.heading.title(f"What {self._holder.label} has")
        self.heading.right = self._account.name
        self.paged.read_from(*self._fetch)
        self._read_first()

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was in front."""
        if self.paged.is_read:
            self.refresh_list()

    def tick(self, second: int) -> None:
        """Show what has come true by the clock."""
        if self.is_current and intervals.is_time_to_read(second):
            self.refresh_list()

    def refresh_after(self, changes: RemoteChanges) -> Worker[None]:
        """Show what others have changed."""
        return self.refresh_list()

    @task(blocks_input=True)
    async def _read_first(self) -> None:
        await self._read()

    @task(exclusive=True, group="list")
    async def refresh_list(self) -> None:
        """Read the list again."""
        await self._read()

    async def _read(self) -> None:
        await self.paged.refresh()
        self.paged.note_time()
        self.heading.title(f"What {self._holder.label} has{counted(self._list)}")
        self.heading.right = self._account.name

    def refuse(self, error: EdsError) -> None:
        """Say what was not done; a list that can't be read stays, with its time (rule 38)."""
        super().refuse(error)
        self.paged.cannot_be_read()
        if self.paged.is_read:
            self.heading.right = self.paged.as_of

    def on_key(self, event: Key) -> None:
        """A digit starts a jump to a number."""
        self.navigation.take_digit(event)

    @property
    def shared_incident(self) -> SharedIncident:
        """The incident that is decided about; others see a work note or decision being typed."""
        return SharedIncident(writing=self.triage.writing)

    async def keep(self) -> bool:
        """Keep what was typed for a decision that is just being made."""
        return await self.triage.keep()

    @on(IncidentList.EdgeNear)
    def read_more(self, event: IncidentList.EdgeNear) -> None:
        """Read the next window of the list."""
        self.paged.read_more(event.newer)

    @on(IncidentList.Selected)
    def open_selected(self) -> None:
        """Open the incident on which Enter was pressed."""
        self.navigation.open_row(self._list)

    def _hand_over(self) -> None:
        self.handing_over.ask(self._holder, self._list.ticked)

    def _show_school(self) -> None:
        row = self.rows.row
        if row is not None:
            self.app.push_screen(self._screens.site(row.school_id))

    def _show_row(self, row: IncidentRow | None) -> None:
        self._preview.lines = preview(row) if row else ()
        self.offer_commands()
