"""Showing what is new in an incident, and keeping that it has been read (rules 41 and 48)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eds_tui.domain.account import Account
from eds_tui.domain.errors import EdsError
from eds_tui.domain.incident_detail import IncidentDetail
from eds_tui.domain.unread import News
from eds_tui.services.queue import Queue
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.presentation.too_small import is_too_small
from eds_tui.ui.runtime.background import in_thread_with_timeout

if TYPE_CHECKING:
    from eds_tui.ui.widgets.incident_view import IncidentView

BELOW = "There is something new below: PgDn goes there."


class NewsReading:
    """What is new counts as read once it is seen: not below a dialog, a lock or the last line.

    Args:
        host: The screen.
        queue: Keeps what has been read.
        account: Who reads.
        number: The incident's.
        view: Shows it.
    """

    def __init__(
        self, *, host: Host, queue: Queue, account: Account, number: int, view: IncidentView
    ) -> None:
        self.host = host
        self._queue = queue
        self._account = account
        self._number = number
        self._view = view
        self._unread: News | None = None
        self._read_to = 0
        self._is_keeping = False
        self.shown: News | None = None
        """What stands behind the line; it stays there for as long as the screen does."""
        view.thread.moved = self.look

    def take(self, detail: IncidentDetail) -> None:
        """Take in what is new in the incident as it was just read, before it is shown."""
        news = detail.news
        self._unread = news if news is not None and news.event_id > self._read_to else None
        if news is not None and (news.first is not None or self.shown is None):
            self.shown = news

    def bring_into_sight(self, before: News | None, *, follow: bool) -> None:
        """Put the eye on what has become new, once it is laid out; or say that it is below.

        Args:
            before: What stood behind the line before.
            follow: Whether to go there.
        """
        shown, first = self.shown, before.first if before is not None else None
        if shown is None or shown.first is None or shown.first == first:
            self.look()
        elif follow:
            self._view.go_to_new()
            self.look()
        elif self._view.is_new_in_sight:
            self.look()
        else:
            self.host.say(BELOW)

    def look(self) -> None:
        """Keep as read what is new, where it is seen by now."""
        host = self.host
        if self._unread is None or self._is_keeping or not host.is_in_front:
            return
        if not is_too_small(host.app.size) and self._view.is_new_in_sight:
            self._is_keeping = True
            self._keep(self._unread)

    @task()
    async def _keep(self, news: News) -> None:
        """Keep it; where that fails it is tried again with the next reading."""
        try:
            await in_thread_with_timeout(self._queue.read, self._account, self._number, news)
            self._read_to = max(self._read_to, news.event_id)
            if self._unread == news:
                self._unread = None
        except EdsError:
            return
        finally:
            self._is_keeping = False
