"""Showing the incident under the cursor beside its list, once the cursor has settled (rule 46)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from eds_tui.domain.account import Account
from eds_tui.domain.errors import EdsError
from eds_tui.domain.views import IncidentRow
from eds_tui.services.queue import Queue
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.presentation.beside_text import beside, beside_confidential, beside_unread
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.widgets.beside import Beside

if TYPE_CHECKING:
    from textual.timer import Timer

SETTLED = 0.15
"""Seconds for which the cursor stays on an incident before that one is read: a key that is held
down reads none of those that it passes."""


class IncidentBeside:
    """Follows the cursor of a list. What it shows bears its own number until the next one is read.

    It opens nothing: of a confidential one no word is shown, and nothing is recorded (rule 26).

    Args:
        host: The screen.
        queue: Reads incidents.
        account: Who reads.
        view: Shows them.
    """

    def __init__(self, *, host: Host, queue: Queue, account: Account, view: Beside) -> None:
        self.host = host
        self._queue = queue
        self._account = account
        self._view = view
        self._row: IncidentRow | None = None
        self._timer: Timer | None = None

    def show(self, shown: bool) -> None:
        """Show an incident beside the list, or the list alone."""
        if shown != self._view.display:
            self._view.display = shown
            self.follow(self._row)

    def follow(self, row: IncidentRow | None) -> None:
        """Show the incident that the cursor has come to, once it stays there."""
        self._row = row
        if self._timer is not None:
            self._timer.stop()
        if self._view.display:
            self._timer = self.host.set_timer(SETTLED, self._settled)

    def read_again(self) -> None:
        """Show what has become of the incident meanwhile."""
        self.follow(self._row)

    def _settled(self) -> None:
        row = self._row
        if row is None:
            self._view.shown = Content("")
        elif row.confidential:
            self._view.shown = beside_confidential(row)
        elif self.host.is_in_front:
            self._read(row)

    @task(exclusive=True, group="beside")
    async def _read(self, row: IncidentRow) -> None:
        try:
            detail = await in_thread_with_timeout(self._queue.glance, self._account, row.number)
        except EdsError as error:
            shown = beside_unread(row, error.message)
        else:
            shown = beside(detail) if detail is not None else beside_confidential(row)
        if self._row is not None and self._row.number == row.number:
            self._view.shown = shown
