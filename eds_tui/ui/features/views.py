"""The lists of the queue: which one is shown, their names with counts, and reading them again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.worker import Worker

from eds_tui.domain.account import Account
from eds_tui.domain.clock import LONDON, Clock
from eds_tui.domain.sorting import Key, Sort
from eds_tui.domain.views import IncidentRow, ListQuery, Page, View, Window
from eds_tui.services.queue import Queue
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.chord import Chord
from eds_tui.ui.commands.everywhere import Refresh
from eds_tui.ui.commands.incidents import NextView, PreviousView
from eds_tui.ui.commands.lists import GoToList
from eds_tui.ui.features.decisions import DecisionMemory
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.list_counts import ListCounts
from eds_tui.ui.features.paged_list import Fetch, PagedList
from eds_tui.ui.features.sorting import ListMemory, Sorting
from eds_tui.ui.presentation.view_names import view_keys, view_names
from eds_tui.ui.widgets.bars import Heading, KeyBar
from eds_tui.ui.widgets.incident_list import IncidentList
from eds_tui.ui.widgets.list_messages import EdgeNear
from eds_tui.ui.widgets.ticks import Ticks


class QueueViews:
    """Shows one list of the queue at a time, under the names of all with their counts.

    Args:
        host: The screen.
        queue: The service.
        account: Who reads.
        clock: For the time of what is shown, and that beside the names (rule 52).
        decided: What the session has decided on, which may leave a list without a word.
        memory: What the session remembers of its lists.
        rows: Returns the widget that shows a list.
        sorted_by: Shows what the list is sorted by.
        heading: Returns the line for the names.
        notice: Returns the line in which something may be said already.
        shown: Called when another list has come: its keys may mean more.
    """

    def __init__(
        self,
        *,
        host: Host,
        queue: Queue,
        account: Account,
        clock: Clock,
        decided: DecisionMemory,
        memory: ListMemory,
        rows: Callable[[], IncidentList],
        sorted_by: Callable[[Sort], None],
        heading: Callable[[], Heading],
        notice: Callable[[], KeyBar],
        shown: Callable[[], None],
    ) -> None:
        self.host = host
        self._queue = queue
        self._account = account
        self._clock = clock
        self._decided = decided
        self._rows = rows
        self._sorted_by = sorted_by
        self._heading = heading
        self._notice = notice
        self._shown = shown
        self._list = PagedList(host=host, rows=rows, clock=clock)
        self._view = View.OPEN
        self._left_at: dict[View, Key] = {}
        self._ticks = {view: Ticks() for view in View}
        self._counts = ListCounts(
            host=host,
            read=lambda cancellation: queue.counts(account, cancellation),
            changed=self.show_names,
        )
        self._as_of = ""
        self._time = ""

        self.sorting = Sorting(
            memory=memory,
            name=lambda: self._view.value,
            among=lambda: self._view.sorts,
            read=lambda: self._show(self._view),
        )

    def handlers(self) -> Handlers:
        """Return what is done for the commands that choose and sort lists."""
        return {
            **self.sorting.handlers(),
            NextView: partial(self.turn, 1),
            PreviousView: partial(self.turn, -1),
            GoToList: self.ask,
            Refresh: self.refresh,
        }

    def start(self) -> None:
        """Read the first list."""
        query = self._query(self._view)
        self._list.read_from(self._fetch(query), query.key)
        self._show(self._view)

    def turn(self, step: int) -> None:
        """Show another list, so many names further; the cursor comes back to where it was left."""
        views = list(View)
        self.go_to(views[(views.index(self._view) + step) % len(views)])

    def ask(self) -> None:
        """Ask for the key of a list, and show it."""
        keys = view_keys()
        answers = {key: partial(self.go_to, view) for key, view in keys.items()}
        names = "  ".join(f"{key} {view.label}{self._counts[view]}" for key, view in keys.items())
        self.host.ask(Chord(f"List?  {names}", answers))

    def go_to(self, view: View) -> None:
        """Show a list; what was ticked in it before still is."""
        self.host.say("")
        row = self._rows().row
        if row is not None:
            self._left_at[self._view] = self._query(self._view).key(row)
        self._show(view)

    @task(blocks_input=True)
    async def _show(self, view: View) -> None:
        """Show another list, under its name once it has been read (rule 38)."""
        query = self._query(view)
        left_at = self._left_at.get(view)
        await self._list.show(self._fetch(query), query.key, at=left_at, ticks=self._ticks[view])
        self._view = view
        self._sorted_by(query.order)
        self._shown()
        self._note_read()

    @property
    def is_own(self) -> bool:
        """Whether the list is what whoever is signed in has to do."""
        return self._view is View.MINE

    def read_beyond(self, edge: EdgeNear) -> Worker[None]:
        """Read what is beyond one end of what the list holds."""
        return self._list.read_beyond(edge)

    @task(exclusive=True, group="list")
    async def refresh(self) -> None:
        """Read the list and all counts again."""
        under = self._rows().row
        if await self._list.refresh():
            self._say_if_gone(under)
        self._note_read()

    def resume(self) -> None:
        """Read the list again, where it has been read once, and go to what was logged."""
        if self._decided.logged:
            self._go_to_logged()
        elif self._list.is_read:
            self.refresh()

    @task(blocks_input=True)
    async def _go_to_logged(self) -> None:
        """Put the cursor on what was logged, which *Open* has where this list does not."""
        number = self._decided.logged
        await self._list.refresh()
        if number not in {row.number for row in self._rows().rows}:
            query = self._query(View.OPEN)
            await self._list.show(self._fetch(query), query.key, ticks=self._ticks[View.OPEN])
            self._view = View.OPEN
            self._sorted_by(query.order)
        self._rows().go_to(number)
        self._decided.logged = 0
        self._note_read()

    def show_names(self) -> None:
        """Show the lists with their counts, as many as there is room for."""
        heading = self._heading()
        # The heading itself gets its width only when no dialog lies over the screen.
        width = self.host.app.size.width - heading.gutter.width
        self._time = self._read_clock()
        heading.right = self._as_of or self._beside(width)
        room = width - len(heading.right) - 1
        heading.left = view_names(self._counts, self._view, room)

    def _beside(self, width: int) -> str:
        """Return the time, behind the name of who is signed in where every list has room too."""
        named = f"{self._account.name}  {self._time}"
        every = view_names(self._counts, self._view, width)
        return named if every.cell_length + len(named) < width else self._time

    def tick(self) -> None:
        """Turn the clock in the heading, which shows minutes."""
        if self._read_clock() != self._time:
            self.show_names()

    def _read_clock(self) -> str:
        return f"{self._clock().astimezone(LONDON):%H:%M}"

    def cannot_be_read(self) -> None:
        """Show that the list can't be read; what it had stays, with its time (rule 38)."""
        self._list.cannot_be_read()
        if self._list.is_read:
            self._as_of = self._list.as_of
            self.show_names()

    def _query(self, view: View) -> ListQuery:
        return ListQuery(view, sort=self.sorting.of(view.value, view.sorts))

    def _fetch(self, query: ListQuery) -> Fetch:
        def fetch(window: Window) -> Page:
            with self._counts.giving_way():
                return self._queue.page(self._account, query, window)

        return fetch

    def _note_read(self) -> None:
        """Show of when the list is and its name at once; how many each has comes behind."""
        self._list.note_time()
        self._as_of = ""
        self.show_names()
        self._counts.ask()

    def _say_if_gone(self, under: IncidentRow | None) -> None:
        """Say that the cursor has come to another incident, lest the next key be for the wrong."""
        if under is None or self._notice().text or under.number in self._decided.decided:
            return
        if under.number not in {row.number for row in self._rows().rows}:
            self.host.say(f"{under.reference} has left this list; the cursor is on its neighbour.")
