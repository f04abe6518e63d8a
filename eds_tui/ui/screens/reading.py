"""Reading one incident: what is known of it, what was said, and what becomes of it meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Label, Static
from textual.worker import Worker

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import LONDON, Clock
from eds_tui.domain.errors import NotFound, OutOfReach
from eds_tui.domain.incident import LONGEST_COMMENT, format_number
from eds_tui.domain.lifecycle import TAKES_COMMENTS
from eds_tui.domain.presence import Writer, Writing, in_words
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.domain.text import visible
from eds_tui.domain.views import IncidentDetail, IncidentRow
from eds_tui.services.queue import Queue
from eds_tui.ui.dialogs.pick import PickDialog
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.screens.commenting import CommentingPlace
from eds_tui.ui.screens.deciding import Deciding, Outcome
from eds_tui.ui.textual_ext.typeahead import BLOCKS_INPUT
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.text_box import TextBox
from eds_tui.ui.wording import facts, thread


class ReadingPlace(CommentingPlace):
    """A place that shows one incident as it is by now.

    Args:
        queue: Where it is read.
        deciding: Where it is decided about.
        account: Who reads.
        clock: For the time of what is shown.
        number: The incident's.
        comment: What was typed already and belongs here.
        caller: On whose behalf.
        write: Whether to begin in the comment box.
    """

    def __init__(
        self,
        queue: Queue,
        deciding: Deciding,
        account: Account,
        clock: Clock,
        number: int,
        comment: str = "",
        caller: str = "",
        *,
        write: bool = False,
    ) -> None:
        super().__init__(deciding, account, clock, number, comment, caller)
        self._queue = queue
        self._write = write
        self._detail: IncidentDetail | None = None
        self._missing = ""
        self._reading = asyncio.Lock()
        self._read_at = ""

    def body(self) -> ComposeResult:
        """Draw the facts, the conversation and the box."""
        yield Static("", id="facts", markup=False)
        with VerticalScroll(id="thread"):
            yield Static("", id="said", markup=False)
        with Horizontal(id="for"):
            yield Label("Comment for caller ", markup=False)
            yield LineInput(self._caller, placeholder="empty: your own", id="caller")
        yield Static("", id="others", markup=False)
        yield TextBox(longest=LONGEST_COMMENT, placeholder="c Write a comment", id="box")

    def on_mount(self) -> None:
        """Read the incident; keep what is typed."""
        self.heading.title(format_number(self._number))
        self.heading.right = self._account.name
        self.query_one("#for").display = self._account.may(Action.LOG_CALLS)
        self.meet(())
        self.query_one("#box" if self._write else "#thread").focus()
        self._read_first()

    def tick(self, second: int) -> None:
        """Keep what has been typed, and show what others have changed."""
        super().tick(second)
        if self.is_current and self.is_time_to_read(second):
            self.action_refresh()

    def commented(self) -> None:
        """Read it again."""
        self._read(again=True)

    def children_of_it(self) -> int:
        """Return how many incidents hang on this one."""
        return self._detail.row.children if self._detail else 0

    @work(group=BLOCKS_INPUT)
    async def _read_first(self) -> None:
        """Read the incident; keys that are typed ahead wait until it is known."""
        await self._read_now(again=False)

    @work(exclusive=True, group="read")
    async def _read(self, *, again: bool) -> None:
        await self._read_now(again=again)

    async def _read_now(self, *, again: bool) -> None:
        # One after the other: what was read first is not shown last.
        async with self._reading, self.showing_errors():
            try:
                detail = await in_thread_with_timeout(
                    self._queue.open, self._account, self._number, again=again
                )
            except NotFound as error:
                self._gone(error)
                return
            except OutOfReach as error:
                self._say_as_of(error)
                raise
            self.heading.right = self._account.name
            self._read_at = self._clock().astimezone(LONDON).strftime("%H:%M:%S")
            if detail != self._detail:
                self._show(detail)

    def _say_as_of(self, error: OutOfReach) -> None:
        """Say that the incident can't be read; what was read stays, with its time (rule 38)."""
        if self._read_at:
            self.heading.right = f"as of {self._read_at}"
        else:
            self.query_one("#said", Static).update(visible(f"Not read yet. {error.message}"))

    def _gone(self, error: NotFound) -> None:
        """Show what is shown of a number that was never given out; what is typed stays a draft."""
        was_there, self._missing = not self._missing, error.message
        self._detail = None
        self.notice.offer(self.commands())
        self.heading.title(format_number(self._number))
        self.meet(())
        self.query_one("#facts", Static).update("")
        self.query_one("#said", Static).update(visible(error.message))
        self.query_one("#for").display = False
        self.box.display = False
        if was_there:
            self.give_back()
        if isinstance(self.app.screen, PickDialog):
            self.app.screen.dismiss(None)

    def refresh_after(self, changes: RemoteChanges) -> Worker[None] | None:
        """Show what others have changed."""
        row = self._detail.row if self._detail else None
        if row is None or row.children or row.parent or changes.about(self._number):
            return self._read(again=True)
        return None

    def on_screen_resume(self) -> None:
        """Show what has changed while another place was in front."""
        if self._detail is not None:
            self._read(again=True)

    @property
    def subject(self) -> int | None:
        """The number of the incident, where there is one."""
        return self._number if self._detail else None

    def writing(self) -> Writing | None:
        """Return what is typed in a dialog or in the box."""
        typed = self._detail is not None and self.box.text.strip()
        return super().writing() or (Writing(self._number) if typed else None)

    def meet(self, writers: Sequence[Writer]) -> None:
        """Show who else is writing, over the box; without anybody that line is not there."""
        words = in_words(writers, at_service_centre=self._account.role.is_service_centre)
        others = self.query_one("#others", Static)
        if words != str(others.content) or others.display != bool(words):
            others.update(words)
            others.display = bool(words)

    def _show(self, detail: IncidentDetail) -> None:
        typed = self._detail is not None and self.box.display and bool(self.box.text)
        self._detail = detail
        if self._missing:
            self._missing = ""
            self.notice.offer(self.commands())
        self.heading.title(f"{detail.row.reference}  {detail.row.school}")
        self.query_one("#facts", Static).update(
            facts(detail, internal=self._account.may(Action.TRIAGE))
        )
        self.query_one("#said", Static).update(thread(detail))
        takes = detail.row.state in TAKES_COMMENTS
        # What is being typed is not taken from under the hands, though it can't be sent any more.
        self.box.display = takes or typed
        self.query_one("#for").display = takes and self._account.may(Action.LOG_CALLS)

    def action_refresh(self) -> None:
        """Read the incident again."""
        self._read(again=True)

    def targets(self) -> Sequence[IncidentRow]:
        """Return the open incident."""
        return (self._detail.row,) if self._detail else ()

    def decided(self, outcomes: Sequence[Outcome], *, move_on: bool = True) -> None:
        """Show what was decided at once, since the next key may be about it, and read it again."""
        for outcome in outcomes:
            if outcome.after is not None:
                self.put_fresh(outcome.after)
        self._read(again=True)

    def put_fresh(self, row: IncidentRow) -> None:
        """Show the state it is in now; what was said comes with the next reading."""
        if self._detail is not None and row.number == self._number:
            self._show(replace(self._detail, row=row))

    @on(TextBox.Full)
    def full(self, event: TextBox.Full) -> None:
        """Say that not everything fitted; what did is kept."""
        self.notice.say(event.sentence, bad=True)

    @on(LineInput.Submitted)
    def to_box(self) -> None:
        """Enter in the caller's field goes on to the box."""
        self.box.focus()
