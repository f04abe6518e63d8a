"""Reading one incident, and reading it again when it may have changed (rules 37 to 39)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from eds_tui.domain.account import Account
from eds_tui.domain.clock import LONDON, Clock
from eds_tui.domain.errors import NotFound, OutOfReach
from eds_tui.domain.incident import format_number
from eds_tui.domain.incident_detail import AttachmentView, IncidentDetail
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.domain.views import IncidentRow
from eds_tui.services.queue import Queue
from eds_tui.ui import dialogs
from eds_tui.ui.features.decisions import Outcome
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.news_reading import NewsReading
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.widgets.bars import Heading

if TYPE_CHECKING:
    from textual.worker import Worker

    from eds_tui.ui.widgets.incident_view import IncidentView


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What the screen of an incident has around the incident."""

    heading: Callable[[], Heading]
    """Returns the top line."""
    offer_commands: Callable[[], None]
    """Shows the keys of what can be done by now."""
    to_change: Callable[[], None]
    """Is told when the incident is about to be shown as it is by now."""
    went_missing: Callable[[], None]
    """Is told when the incident is not there for the reader any more."""


class OpenedIncident:
    """The incident that a screen shows, as it was read last.

    Args:
        host: The screen.
        queue: Reads it.
        account: Who reads.
        clock: For the time of what is shown.
        number: The incident's.
        view: Shows it.
        frame: What is around it.
    """

    def __init__(
        self,
        *,
        host: Host,
        queue: Queue,
        account: Account,
        clock: Clock,
        number: int,
        view: IncidentView,
        frame: Frame,
    ) -> None:
        self.host = host
        self._queue = queue
        self._account = account
        self._clock = clock
        self.number = number
        """The incident's."""
        self._view = view
        self._frame = frame
        self._reading = asyncio.Lock()
        self._news = NewsReading(host=host, queue=queue, account=account, number=number, view=view)
        self._read_at = ""
        self.detail: IncidentDetail | None = None
        """What is shown; ``None`` before it is read, and where there is no such incident."""
        self.missing = ""
        """Says that there is no such incident for this reader; empty where there is."""

    @property
    def row(self) -> IncidentRow | None:
        """The incident as a list has it."""
        return self.detail.row if self.detail else None

    @property
    def rows(self) -> Sequence[IncidentRow]:
        """What a decision is about: the incident, once it is read."""
        return (self.detail.row,) if self.detail else ()

    @property
    def children(self) -> int:
        """How many incidents hang on it."""
        return self.detail.row.children if self.detail else 0

    @property
    def files(self) -> Sequence[AttachmentView]:
        """What is attached to it."""
        return self.detail.attachments if self.detail else ()

    def begin(self) -> None:
        """Show the number, and who reads; nothing more is known yet."""
        self._frame.heading().title(format_number(self.number))
        self._frame.heading().right = self._account.name

    @task(blocks_input=True)
    async def read_first(self) -> None:
        """Read the incident; keys that are typed ahead wait until it is known."""
        await self._read(again=False)

    @task(exclusive=True, group="read")
    async def read_again(self) -> None:
        """Read the incident again, and show what has changed."""
        await self._read(again=True)

    def read_after(self, changes: RemoteChanges) -> Worker[None] | None:
        """Read it again where others may have changed it; returns what reads, if anything does."""
        row = self.row
        if row is None or row.children or row.parent or changes.about(self.number):
            return self.read_again()
        return None

    async def _read(self, *, again: bool) -> None:
        # One after the other: what was read first is not shown last.
        async with self._reading:
            try:
                detail = await in_thread_with_timeout(
                    self._queue.open, self._account, self.number, again=again
                )
            except NotFound as error:
                self._show_missing(error)
                return
            except OutOfReach as error:
                self._show_as_of(error)
                raise
            self._frame.heading().right = self._account.name
            self._read_at = self._clock().astimezone(LONDON).strftime("%H:%M:%S")
            if detail != self.detail:
                self._show(detail)
            else:
                self._news.look()

    def put_fresh(self, row: IncidentRow) -> None:
        """Show the state it is in now; what was said comes with the next reading."""
        if self.detail is not None and row.number == self.number:
            self._show(replace(self.detail, row=row))

    def show_outcomes(self, outcomes: Sequence[Outcome], *, move_on: bool) -> None:
        """Show what was decided at once, since the next key may be about it, and read it again."""
        for outcome in outcomes:
            if outcome.after is not None:
                self.put_fresh(outcome.after)
        self.read_again()

    def _show(self, detail: IncidentDetail) -> None:
        box = self._view.box
        # What is being typed is not taken from under the hands, though it can't be sent any more.
        typed = self.detail is not None and box.display and bool(box.text)
        is_first, before = self.detail is None, self._news.shown
        follow = is_first or self._view.thread.is_at_end
        self._frame.to_change()
        self.detail = detail
        self.missing = ""
        self._frame.heading().title(f"{detail.row.reference}  {detail.row.school}")
        self._news.take(detail)
        self._view.show(detail, keep_box=typed, news=self._news.shown)
        self._frame.offer_commands()
        # What is shown has its place only when it has been laid out.
        self._view.thread.call_after_refresh(
            partial(self._news.bring_into_sight, before, follow=follow)
        )

    def _show_as_of(self, error: OutOfReach) -> None:
        """Say that the incident can't be read; what was read stays, with its time (rule 38)."""
        if self._read_at:
            self._frame.heading().right = f"as of {self._read_at}"
        else:
            self._view.show_instead(f"Not read yet. {error.message}")

    def _show_missing(self, error: NotFound) -> None:
        """Show what is shown of a number that was never given out; what is typed stays a draft."""
        was_there, self.missing = not self.missing, error.message
        self.detail = None
        self._frame.offer_commands()
        self._frame.heading().title(format_number(self.number))
        self._view.show_missing(error.message)
        if was_there:
            self._frame.went_missing()
        # A question which of its files to save would still show their names (rule 24).
        front = self.host.app.screen
        if isinstance(front, dialogs.PickDialog):
            front.dismiss(None)
