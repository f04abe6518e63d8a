"""A school's incidents: what is open above, what was closed lately below (guide 2.6)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.widget import Widget
from textual.widgets import Static

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.sorting import Sort
from eds_tui.domain.views import LATEST_CLOSED, IncidentRow, ListQuery, View
from eds_tui.services.queue import Queue
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.everywhere import Refresh
from eds_tui.ui.commands.incidents import OpenIncident, OtherList, TurnList
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.paged_list import Fetch, PagedList
from eds_tui.ui.features.sorting import ListMemory, Sorting
from eds_tui.ui.presentation.columns import Layout
from eds_tui.ui.runtime import intervals
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.widgets.incident_list import IncidentList

_CLOSED_TITLE = f"Latest {LATEST_CLOSED} closed, read only"
_OWN_CLOSED_TITLE = f"Latest {LATEST_CLOSED} closed, but for confidential ones, read only"
"""Of a school's own, which are never among them (guide 2.6)."""
_SHORT_TITLE = "Open, but for confidential ones"
"""Of a school's own open ones, where something else is to be said beside it."""
_ANSWERED_TITLE = "Answered, and read by nobody at the school yet (v shows what is open)"
_EMPTY = {
    View.OPEN: "Nothing is open.",
    View.UNREAD: "Nothing new from the service centre: everything has been read.",
}


class SchoolLists:
    """Reads both lists of one school and shows them under their titles.

    Args:
        host: The screen.
        queue: Where they are read.
        account: Who reads.
        clock: For the time of what is shown.
        columns: Of both lists, given what the open ones are sorted by.
        title: What stands over the open ones.
        school_id: Whose; ``None`` is the school of the account.
        memory: What the session remembers of its lists.
        follow: Called with the row under the cursor of the list that has the focus.
        sorted_by: Shows what the open ones are sorted by.
    """

    def __init__(
        self,
        *,
        host: Host,
        queue: Queue,
        account: Account,
        clock: Clock,
        columns: Callable[[str], Layout],
        title: str,
        school_id: int | None = None,
        memory: ListMemory,
        follow: Callable[[IncidentRow | None], None] | None = None,
        sorted_by: Callable[[Sort], None] | None = None,
    ) -> None:
        self.host = host
        self._queue = queue
        self._account = account
        self._title = title
        self._school_id = school_id
        self._is_own = not account.role.is_service_centre
        self._heading = Static(title, id="open-title", classes="list-title", markup=False)
        self._closed_title = _OWN_CLOSED_TITLE if self._is_own else _CLOSED_TITLE
        self._closed_heading = Static(
            self._closed_title, id="closed-title", classes="list-title", markup=False
        )
        self._as_of = ""
        self._view = View.OPEN
        self._answered = 0
        self._follow = follow
        self._sorted_by = sorted_by
        self._open = IncidentList(
            columns(""), empty=_EMPTY[View.OPEN], follow=self._moved, id="open"
        )
        self._closed = IncidentList(
            columns(""), empty="Nothing was closed lately.", follow=self._moved, id="closed"
        )
        self.sorting = Sorting(memory=memory, name=lambda: "school", read=self._sort)
        self.paged = PagedList(host=host, rows=lambda: self._open, clock=clock)
        """The list of what is open."""

    @property
    def widgets(self) -> tuple[Widget, ...]:
        """Both lists under their titles."""
        return self._heading, self._open, self._closed_heading, self._closed

    @property
    def open_list(self) -> IncidentList:
        """The list of what is open."""
        return self._open

    def handlers(self) -> Handlers:
        """Return what is done for the commands of the lists."""
        return {
            OpenIncident: lambda: self.focused().action_select(),
            OtherList: self.go_to_other,
            TurnList: self._turn,
            Refresh: self.read,
        }

    def begin(self) -> None:
        """Read both lists for the first time, with the focus on what is open."""
        self.paged.read_from(self._fetch(self._query), self._query.key)
        self._show_sorting()
        self._open.focus()
        self.read()

    @property
    def _query(self) -> ListQuery:
        return self._query_of(self._view)

    def _query_of(self, view: View) -> ListQuery:
        """Return what is read; what waits for the answer of one's own school comes first."""
        sort = self.sorting.chosen if view is View.OPEN else None
        return ListQuery(view, self._school_id, sort, waiting_first=self._is_own)

    def _fetch(self, query: ListQuery) -> Fetch:
        return partial(self._queue.page, self._account, query)

    @task(blocks_input=True)
    async def _turn(self) -> None:
        """Show what was answered and not read yet, or all that is open."""
        view = View.OPEN if self._view is View.UNREAD else View.UNREAD
        query = self._query_of(view)
        await self.paged.show(self._fetch(query), query.key)
        self._open.empty = _EMPTY[view]
        self._view = view
        self._open.focus()
        self._show_titles()

    @task(blocks_input=True)
    async def _sort(self) -> None:
        """Read what is open in another order; what is ticked stays so."""
        await self.paged.show(self._fetch(self._query), self._query.key, ticks=self._open.ticks)
        self._show_sorting()
        self._show_titles()

    def _show_sorting(self) -> None:
        if self._sorted_by is not None:
            self._sorted_by(self.sorting.chosen)

    def tick(self, second: int) -> None:
        """Show what has come true by the clock; called every second while the screen is shown."""
        if intervals.is_time_to_read(second):
            self.read()

    def resume(self) -> None:
        """Show what has changed while another screen was in front."""
        if self.paged.is_read:
            self.read()

    @task(exclusive=True, group="list")
    async def read(self) -> None:
        """Read both lists."""
        await self.paged.refresh()
        closed = await in_thread_with_timeout(
            self._queue.latest_closed, self._account, self._school_id
        )
        self._closed.show(closed)
        if self._is_own:
            counts = await in_thread_with_timeout(self._queue.counts, self._account)
            self._answered = counts[View.UNREAD]
        self.paged.note_time()
        self._as_of = ""
        self._show_titles()

    def cannot_be_read(self) -> None:
        """Say that the lists can't be read; what they had stays, with its time (rule 38)."""
        self.paged.cannot_be_read()
        self._closed.cannot_be_read()
        if self.paged.is_read:
            self._as_of = f", {self.paged.as_of}"
            self._show_titles()

    def follow_focus(self) -> None:
        """Tell of the row under the cursor of the list that has the focus."""
        if self._follow is not None:
            self._follow(self.focused().row)

    def _moved(self, row: IncidentRow | None) -> None:
        self._show_titles()
        self.follow_focus()

    def _show_titles(self) -> None:
        """Show over each list how many it has, and how many of them are below what is seen."""
        title = self._title
        if self._view is View.UNREAD:
            title = _ANSWERED_TITLE
        elif self._answered:
            title = f"Answered {self._answered} · {_SHORT_TITLE}"
        for heading, name, rows in (
            (self._heading, f"{title}{self._as_of}", self._open),
            (self._closed_heading, self._closed_title, self._closed),
        ):
            words = f"{name}{counted(rows)}"
            if words != str(heading.content):
                heading.update(words)

    def go_to_other(self) -> None:
        """Put the focus on the other list."""
        (self._open if self.focused() is self._closed else self._closed).focus()

    def focused(self) -> IncidentList:
        """Return the list that has the focus, else that of what is open."""
        return self._closed if self._closed.has_focus else self._open


def counted(rows: IncidentList) -> str:
    """Return how many incidents a list has and how many are out of sight, ready to follow a title.

    Args:
        rows: The list; what it does not hold has not been counted.
    """
    page = rows.page
    if page is None:
        return ""
    more = page.older or page.newer
    count = f"more than {len(rows.rows)}" if more else str(len(rows.rows))
    if page.older:
        return f" · {count} · more below"
    return f" · {count} · {rows.rows_below} more below" if rows.rows_below else f" · {count}"
