"""The queue: where a call handler lives between calls."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.worker import Worker

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import EdsError
from eds_tui.domain.history import in_words
from eds_tui.domain.mail_state import in_words as mail_in_words
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.domain.text import one_line
from eds_tui.domain.views import IncidentRow, Key, ListQuery, View
from eds_tui.services.outbox import Outbox
from eds_tui.services.queue import Queue
from eds_tui.services.saved_views import SavedViews as Views
from eds_tui.ui.chord import Chord
from eds_tui.ui.commands.base import Command, bindings
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
    Comment,
    JumpToNumber,
    NewCall,
    NextView,
    OpenIncident,
    PreviousView,
    SiteIncidents,
)  # fmt: skip
from eds_tui.ui.commands.triage import (
    Assign,
    AssignToMe,
    ExplainDue,
    FlipConfidential,
    Link,
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
from eds_tui.ui.dialogs.read import ReadDialog
from eds_tui.ui.paging import Pager
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.deciding import Deciding, Outcome
from eds_tui.ui.screens.listing import JumpingPlace
from eds_tui.ui.screens.triaging import TriagePlace
from eds_tui.ui.styles import sheet
from eds_tui.ui.textual_ext.typeahead import BLOCKS_INPUT
from eds_tui.ui.view_names import view_names
from eds_tui.ui.widgets.incident_list import LIST_KEYS, IncidentList
from eds_tui.ui.widgets.preview import Preview
from eds_tui.ui.wording import preview, queue_columns

_ROOMY = 100
"""Columns from which on the name of whoever is signed in has room beside the lists."""
_AFTER_A_DECISION = 1.0
"""Seconds until the list is read again after a decision: the next one is not kept waiting."""


class QueueScreen(JumpingPlace[None], TriagePlace[None]):
    """The lists of the service centre, one at a time, with a preview of the row in hand."""

    CSS_PATH = sheet("queue")
    NAME = "The queue"
    KEYS_OF_WIDGETS = LIST_KEYS
    COMMANDS_HERE = (
        NewCall, OpenIncident, SetPriority, SetState, Comment, Assign, AssignToMe, Search,
        NextView, PreviousView, SavedViews, SiteIncidents, JumpToNumber, WorkNote, Tick, Undo,
        Refused, FlipConfidential, Link, ShowHistory, ExplainDue, WatchLog, Information, SignOut,
        Unfinished, Refresh, Appearance, Redraw, Help,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(
        self,
        services: tuple[Queue, Views, Outbox],
        deciding: Deciding,
        account: Account,
        screens: ScreenFactory,
        clock: Clock,
    ) -> None:
        super().__init__(deciding, account, clock)
        self._queue, self._saved_views, self._outbox = services
        self._screens = screens
        self._view = View.OPEN
        self._left_at: dict[View, Key] = {}
        self._counts: dict[View, int] = {}
        self._as_of = ""

    def body(self) -> ComposeResult:
        """Draw the list and the preview."""
        yield IncidentList(
            queue_columns(), empty="Nothing in this list.", follow=self._show_preview
        )
        yield Preview()

    def on_mount(self) -> None:
        """Read the list, and again every few seconds."""
        self._pager = self._pager_of(self._view)
        self._load(self._view)

    def tick(self, second: int) -> None:
        """Show what has come true by the clock."""
        if self.is_current and self.is_time_to_read(second):
            self._refresh()

    def refresh_after(self, changes: RemoteChanges) -> Worker[None]:
        """Show what others have changed."""
        return self._refresh()

    def on_screen_resume(self) -> None:
        """Show what has changed while another place was in front."""
        if self._read_at:
            self._refresh()

    def _pager_of(self, view: View) -> Pager:
        fetch = partial(self._queue.page, self._account, ListQuery(view))
        return Pager(self.query_one(IncidentList), fetch, view.key)

    @work(group=BLOCKS_INPUT)
    async def _load(self, view: View) -> None:
        """Show another list, under its name once it has been read (rule 38)."""
        async with self.showing_errors():
            pager = self._pager_of(view)
            await pager.load(self._left_at.get(view))
            self._view, self._pager = view, pager
            await self._count()

    @work(exclusive=True, group="list")
    async def _refresh(self) -> None:
        async with self.showing_errors():
            pager, under = self._pager, self._rows.row
            await pager.refresh()
            if pager is self._pager:
                self._say_if_gone(under)
            await self._count()

    def _say_if_gone(self, under: IncidentRow | None) -> None:
        """Say that the cursor has come to another incident, lest the next key be for the wrong."""
        if under is None or self.notice.text or under.number in self._memory.decided:
            return
        if under.number not in {row.number for row in self._rows.rows}:
            self.say(f"{under.reference} has left this list; the cursor is on its neighbour.")

    async def _count(self) -> None:
        self._counts = await in_thread_with_timeout(self._queue.counts, self._account)
        self._note_the_time()
        self._as_of = ""
        self._head()

    def on_resize(self) -> None:
        """Fit the lists' names into the heading anew."""
        self.call_after_refresh(self._head)

    def _head(self) -> None:
        """Show the lists with their counts, as many as there is room for."""
        # The heading itself gets its width only when no dialog lies over the place.
        width = self.app.size.width - self.heading.gutter.width
        self.heading.right = self._as_of or (self._account.name if width >= _ROOMY else "")
        room = width - len(self.heading.right) - 1
        self.heading.left = view_names(self._counts, self._view, room)

    def refuse(self, error: EdsError) -> None:
        """Say that the list can't be read; what it had stays, with its time (rule 38)."""
        super().refuse(error)
        self._rows.cannot_be_read()
        if self._read_at:
            self._as_of = f"as of {self._read_at}"
            self._head()

    def _show_preview(self, row: IncidentRow | None) -> None:
        self.query_one(Preview).lines = preview(row) if row else ()

    @on(IncidentList.Selected)
    def action_open_incident(self) -> None:
        """Open the incident under the cursor."""
        self._open_row()

    def action_comment(self) -> None:
        """Open the incident under the cursor with the cursor in its comment box."""
        self._open_row(write=True)

    def _open_row(self, *, write: bool = False) -> None:
        row = self.query_one(IncidentList).row
        if row is not None:
            self.app.push_screen(self._screens.incident(row.number, write=write))

    def action_new_call(self) -> None:
        """Take a call."""
        self.app.push_screen(self._screens.call())

    def action_site_incidents(self) -> None:
        """Show the school of the row under the cursor."""
        row = self.query_one(IncidentList).row
        if row is not None:
            self.app.push_screen(self._screens.site(row.school_id))

    def action_next_view(self) -> None:
        """Show the next list."""
        self._turn(1)

    def action_previous_view(self) -> None:
        """Show the list before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        views = list(View)
        row = self._rows.row
        if row is not None:
            self._left_at[self._view] = self._view.key(row)
        self._load(views[(views.index(self._view) + step) % len(views)])

    def commands(self) -> tuple[type[Command], ...]:
        """Return what this person can do: the log is for leads."""
        if self._account.may(Action.MANAGE_ACCOUNTS):
            return self.COMMANDS_HERE
        return tuple(command for command in self.COMMANDS_HERE if command is not WatchLog)

    def action_watch_log(self) -> None:
        """Show how the e-mails stand, sign-ins, and openings of confidential incidents."""
        self._show_log()

    @work(group=BLOCKS_INPUT)
    async def _show_log(self) -> None:
        async with self.showing_errors():
            mail = await in_thread_with_timeout(self._outbox.state, self._account)
            events_ = await in_thread_with_timeout(self._history.watched, self._account)
            lines = [*mail_in_words(mail), "", *(in_words(event) for event in events_)]
            self.app.push_screen(ReadDialog("E-mails, sign-ins and confidential reads", lines))

    @property
    def _rows(self) -> IncidentList:
        return self.query_one(IncidentList)

    def targets(self) -> Sequence[IncidentRow]:
        """Return the ticked rows, else the one under the cursor."""
        rows = self._rows
        if rows.ticked:
            return rows.ticked
        return (rows.row,) if rows.row else ()

    def decided(self, outcomes: Sequence[Outcome], *, move_on: bool = True) -> None:
        """Show the rows as they are now, with the cursor on the next one."""
        rows = self._rows
        if not move_on:
            rows.go_to(outcomes[0].before.number)
        elif len(outcomes) == 1 and outcomes[0].after and not rows.ticked:
            rows.action_move(1)
        for outcome in outcomes:
            if outcome.after is not None:
                rows.put(outcome.after)
        rows.untick({outcome.before.number for outcome in outcomes if outcome.after})
        if outcomes:
            self.set_timer(_AFTER_A_DECISION, self._refresh)

    def put_fresh(self, row: IncidentRow) -> None:
        """Show a row as others have left it."""
        self._rows.put(row)

    def action_tick(self) -> None:
        """Tick or untick the row under the cursor."""
        self._rows.tick()

    def action_saved_views(self) -> None:
        """Ask for the digit of a saved view."""
        self._ask_view()

    @work(group=BLOCKS_INPUT)
    async def _ask_view(self) -> None:
        async with self.showing_errors():
            views = await in_thread_with_timeout(self._saved_views.of, self._account)
            if not views:
                self.say("You keep no view yet: search with /, then Ctrl+K keeps the search.")
                return
            answers = {str(view.digit): partial(self._show_view, view.search) for view in views}
            names = "  ".join(f"{view.digit} {one_line(view.name)}" for view in views)
            self.ask(Chord(f"View?  {names}", answers))

    def _show_view(self, search: str) -> None:
        self.app.push_screen(self._screens.search(search))

    def action_refresh(self) -> None:
        """Read the list again now."""
        self._refresh()
