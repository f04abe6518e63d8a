"""The queue: where a call handler lives between calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key
from textual.worker import Worker

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import EdsError
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.domain.sorting import Sort
from eds_tui.domain.triage import Assignee
from eds_tui.services.feedback_list import FeedbackList
from eds_tui.services.hand_overs import HandOvers
from eds_tui.services.outbox import Outbox
from eds_tui.services.saved_views import SavedViews as SavedViewService
from eds_tui.ui.commands.base import Command, Handlers, bindings
from eds_tui.ui.commands.everywhere import (
    Appearance,
    Help,
    Information,
    NextCall,
    Redraw,
    Refresh,
    SignOut,
    Unfinished,
)  # fmt: skip
from eds_tui.ui.commands.incidents import (
    Comment,
    Copy,
    NewCall,
    NextView,
    OpenIncident,
    PreviousView,
    SiteIncidents,
)  # fmt: skip
from eds_tui.ui.commands.lists import LIST_KEYS, GoToList, NextSorting, PreviousSorting
from eds_tui.ui.commands.people import HandOverPile, ReadNotes, WhoHasWhat
from eds_tui.ui.commands.triage import (
    Assign,
    AssignToMe,
    Correct,
    ExplainDue,
    FlipConfidential,
    Link,
    Rang,
    ReadFeedback,
    Refused,
    SavedViews,
    Search,
    SetPriority,
    SetState,
    ShowHistory,
    Tick,
    Undo,
    WatchLog,
    WorkNote,
)  # fmt: skip
from eds_tui.ui.features.feedback_list import FeedbackReading
from eds_tui.ui.features.hand_over_notes import HandOverNotes
from eds_tui.ui.features.handing_over import HandingOver
from eds_tui.ui.features.lead_log import LeadLog
from eds_tui.ui.features.saved_views import SavedViewChoice
from eds_tui.ui.features.shared_incident import SharedIncident
from eds_tui.ui.features.views import QueueViews
from eds_tui.ui.features.working_list import ListServices, Shown, WorkingList
from eds_tui.ui.presentation.columns import queue_columns, split_columns
from eds_tui.ui.runtime import intervals
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.styles import sheets
from eds_tui.ui.widgets.incident_list import IncidentList

_OF_LEADS = frozenset({WatchLog, ReadFeedback})


@dataclass(frozen=True, kw_only=True)
class QueueServices:
    """The services of the queue."""

    lists: ListServices
    saved_views: SavedViewService
    outbox: Outbox
    feedback: FeedbackList
    hand_overs: HandOvers


class QueueScreen(BaseScreen[None]):
    """The lists of the service centre, one at a time, with a preview of the row in hand.

    Args:
        services: Where lists are read and incidents decided about.
        account: Who works here.
        screens: Where else one can go.
        clock: The clock.
    """

    CSS_PATH = sheets("beside", "preview")
    NAME = "The queue"
    KEYS_OF_WIDGETS = (
        *LIST_KEYS,
        ("a in Mine", "Hand over all of it, or what is ticked, with a note that is read first."),
    )
    COMMANDS_HERE = (
        NewCall, OpenIncident, SetPriority, SetState, Comment, Assign, AssignToMe, Search,
        NextView, PreviousView, GoToList, SavedViews, WhoHasWhat, ReadNotes, SiteIncidents,
        NextSorting, PreviousSorting, Rang, WorkNote, Tick, Copy, Undo, Refused, Correct,
        FlipConfidential, Link, ShowHistory, ExplainDue, WatchLog, ReadFeedback, Information,
        NextCall, SignOut, Unfinished, Refresh, Appearance, Redraw, Help,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(
        self,
        *,
        services: QueueServices,
        account: Account,
        screens: ScreenFactory,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._account = account
        self._screens = screens
        lists = services.lists
        self.views = QueueViews(
            host=self, queue=lists.queue, account=account, clock=clock,
            decided=lists.decisions.memory, memory=lists.memory, rows=self._list,
            sorted_by=self._show_sorting, shown=self.offer_commands,
            heading=lambda: self.heading, notice=lambda: self.notice,
        )  # fmt: skip
        self.list = WorkingList(
            host=self, services=lists, account=account, clock=clock, screens=screens,
            shown=Shown(
                rows=self._list, sorted_rows=self._list, read_again=self.views.refresh,
                offer_commands=self.offer_commands, columns=queue_columns, beside=split_columns,
            ),
        )  # fmt: skip
        self.saved_views = SavedViewChoice(
            host=self,
            saved_views=services.saved_views,
            account=account,
            show=self.list.navigation.show_view,
        )
        self.lead_log = LeadLog(
            host=self, outbox=services.outbox, history=lists.decisions.history, account=account
        )
        self.notes = HandOverNotes(host=self, hand_overs=services.hand_overs, account=account)
        self.handing_over = HandingOver(
            host=self, hand_overs=services.hand_overs, triage=lists.decisions.triage,
            account=account, decisions=self.list.triage.decisions, texts=self.list.triage.texts,
        )  # fmt: skip
        self.feedback = FeedbackReading(host=self, feedback=services.feedback, account=account)

    def body(self) -> ComposeResult:
        """Draw the list and the preview."""
        yield from self.list.body(
            IncidentList(queue_columns(), empty="Nothing in this list.", follow=self.list.follow)
        )

    def commands(self) -> tuple[type[Command], ...]:
        """Return what this person can do: log and feedback are for leads."""
        if self._account.may(Action.MANAGE_ACCOUNTS):
            return self.COMMANDS_HERE
        return tuple(each for each in self.COMMANDS_HERE if each not in _OF_LEADS)

    def works_now(self, command: type[Command]) -> bool:
        """Return whether a command does something with the row under the cursor."""
        return self.list.works_now(command)

    def offered(self) -> tuple[type[Command], ...]:
        """Return what the row of keys tells: one's own list is handed over, not one of it."""
        if not self.views.is_own:
            return super().offered()
        return tuple(HandOverPile if each is Assign else each for each in super().offered())

    def handlers(self) -> Handlers:
        """Return what each command does here."""
        return {
            **self.list.handlers(),
            **self.views.handlers(),
            **self.notes.handlers(),
            Assign: self._assign_or_hand_over,
            WhoHasWhat: lambda: self.app.push_screen(self._screens.people()),
            NewCall: lambda: self.app.push_screen(self._screens.call()),
            SavedViews: self.saved_views.ask,
            WatchLog: self.lead_log.show,
            ReadFeedback: self.feedback.show,
        }

    def _list(self) -> IncidentList:
        return self.query_one(IncidentList)

    def on_mount(self) -> None:
        """Read the first list, and what was handed over, which is to be read before all else."""
        self.views.start()
        self.notes.show_new()

    def tick(self, second: int) -> None:
        """Show what has come true by the clock."""
        if not self.is_last:
            return
        self.views.tick()
        if intervals.is_time_to_read(second):
            self.views.refresh()

    def refresh_after(self, changes: RemoteChanges) -> Worker[None]:
        """Show what others have changed."""
        self.list.refresh_after(changes)
        return self.views.refresh()

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was in front."""
        self.views.resume()
        self.list.resume()

    def on_resize(self) -> None:
        """Fit the lists' names into the heading anew, and the list into the width."""
        self.list.fit()
        self.call_after_refresh(self.views.show_names)

    @on(IncidentList.EdgeNear)
    def read_more(self, event: IncidentList.EdgeNear) -> None:
        """Read what is beyond what the list holds."""
        self.views.read_beyond(event)

    def on_key(self, event: Key) -> None:
        """A digit starts a jump to a number."""
        self.list.navigation.take_digit(event)

    def refuse(self, error: EdsError) -> None:
        """Say that the list can't be read; what it had stays, with its time (rule 38)."""
        super().refuse(error)
        self.views.cannot_be_read()

    @property
    def shared_incident(self) -> SharedIncident:
        """The incident that is decided about; others see a work note or decision being typed."""
        return self.list.shared_incident

    async def keep(self) -> bool:
        """Keep what was typed for a decision that is just being made."""
        return await self.list.triage.keep()

    @on(IncidentList.Selected)
    def open_selected(self) -> None:
        """Open the incident on which Enter was pressed."""
        self.list.open_row()

    def _assign_or_hand_over(self) -> object:
        """Assign what is in hand; of one's own list all is handed over, or what is ticked."""
        if not self.views.is_own:
            return self.list.triage.handlers()[Assign]()
        me = self._account
        return self.handing_over.ask(Assignee(me.id, me.name, me.team), self._list().ticked)

    def _show_sorting(self, sort: Sort) -> None:
        self.list.sorted_by(sort)
