"""Showing the incident under the cursor beside its list, once the cursor has settled (rule 46)."""

from __future__ import annotations

import asyncio

from textual.content import Content

from eds_tui.domain.account import Account
from eds_tui.domain.errors import EdsError
from eds_tui.domain.views import IncidentRow
from eds_tui.services.queue import Queue
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.presentation.beside_text import beside, beside_confidential, beside_unread
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.widgets.beside import Beside

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

    def show(self, shown: bool) -> None:
        """Show an incident beside the list, or the list alone."""
        if shown != self._view.display:
            self._view.display = shown
            self.follow(self._row)

    def follow(self, row: IncidentRow | None) -> None:
        """Show the incident that the cursor has come to, once it stays there."""
        self._row = row
        if self._view.display:
            self._show_settled(row)

    def read_again(self) -> None:
        """Show what has become of the incident meanwhile."""
        self.follow(self._row)

    @task(exclusive=True, group="beside")
    async def _show_settled(self, row: IncidentRow | None) -> None:
        await asyncio.sleep(SETTLED)
        shown = await self._of(row) if row is not None else Content("")
        if self._row is row:
            self._view.shown = shown

    async def _of(self, row: IncidentRow) -> Content:
        if row.confidential:
            return beside_confidential(row)
        try:
            detail = await in_thread_with_timeout(self._queue.glance, self._account, row.number)
        except EdsError as error:
            return beside_unread(row, error.message)
        return beside(detail) if detail is not None else beside_confidential(row)
