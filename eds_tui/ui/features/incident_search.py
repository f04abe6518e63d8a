"""Searching incidents while one types: each change of the text supersedes the last (rule 35)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from textual.worker import Worker

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.search import SearchPage
from eds_tui.domain.sorting import Sort, place
from eds_tui.domain.superseding import Cancellation
from eds_tui.domain.text import one_line
from eds_tui.domain.views import Window
from eds_tui.services.search import Search
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.paged_list import PagedList
from eds_tui.ui.features.sorting import ListMemory, Sorting
from eds_tui.ui.runtime import intervals
from eds_tui.ui.widgets.incident_list import IncidentList
from eds_tui.ui.widgets.list_messages import EdgeNear

LATE_SECONDS = 0.12
"""How long hits of another text stand there before that is said."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What is to be said of a search beside its hits."""

    problems: tuple[str, ...]
    """What in the text was not understood."""
    looked_back_to: datetime | None
    """Older incidents were not looked at; ``None`` where none were left out."""
    sort: Sort
    """The order of the hits."""


class IncidentSearch:
    """A text, and the incidents that it finds, in the order that is chosen for what is found.

    Args:
        host: The screen.
        search: Finds them.
        account: Who searches.
        clock: For the time of what is shown.
        rows: Returns the list of the hits.
        found: Called when another text has been searched for.
        is_read: Called whenever the hits have been read.
        is_late: Called where that takes long, with a sentence that says so.
        memory: What the session remembers of its lists.
        text: What to begin with.
        name: Under which the session remembers the order of what is found.
    """

    def __init__(
        self,
        *,
        host: Host,
        search: Search,
        account: Account,
        clock: Clock,
        rows: Callable[[], IncidentList],
        found: Callable[[Found], None],
        is_read: Callable[[], None],
        is_late: Callable[[str], object],
        memory: ListMemory,
        text: str = "",
        name: str = "",
    ) -> None:
        self.host = host
        self._search = search
        self._account = account
        self._rows = rows
        self._found = found
        self._is_read = is_read
        self._is_late = is_late
        self.text = text
        """What is searched for."""
        self.sorting = Sorting(
            memory=memory, name=lambda: name, read=lambda: self._look(self.text, again=True)
        )
        self._shown_for: str | None = None
        self._running = Cancellation()
        self._open_when_found = False
        self.hits = PagedList(host=host, rows=rows, clock=clock)
        """The list of what is found."""

    @property
    def is_shown(self) -> bool:
        """Whether the hits are those of the text."""
        return self._shown_for == self.text

    @property
    def as_of(self) -> str:
        """For which text the hits are, and their time; empty before anything is shown."""
        return f"“{one_line(self._shown_for or '')}” {self.hits.as_of}" if self.hits.is_read else ""

    def search_for(self, text: str) -> None:
        """Search for another text."""
        self.text = text
        self._look(text)

    def tick(self, second: int) -> None:
        """Search again where that failed; called every second while the screen is shown."""
        if not self.is_shown and intervals.is_time_to_retry(second):
            self._look(self.text)

    def refresh(self) -> Worker[None] | None:
        """Read the hits again, unless a text is just being searched for."""
        return self._look_again() if self.is_shown else None

    def open_hit(self) -> None:
        """Open the hit under the cursor, once the text has been searched for."""
        if self.is_shown:
            self._rows().action_select()
        else:
            self._open_when_found = True

    @task(exclusive=True, group="look")
    async def _look(self, text: str, *, again: bool = False) -> None:
        sort = self.sorting.chosen
        superseded, cancellation = self._running, Cancellation()
        self._running = cancellation

        def fetch(window: Window) -> SearchPage:
            # What was searched for before would only hold this up.
            superseded.cancel()
            return self._search.find(self._account, text, window, sort, cancellation)

        self.host.set_timer(LATE_SECONDS, partial(self._say_if_late, text))
        ticks = self._rows().ticks if again else None
        await self.hits.show(fetch, partial(place, sort), ticks=ticks)
        self._shown_for = text
        self._note_read()
        self._tell(text, sort)
        if self._open_when_found:
            self._open_when_found = False
            self._rows().action_select()

    def read_beyond(self, edge: EdgeNear) -> Worker[None]:
        """Read what is beyond one end, or go on where looking was given up."""
        return self.hits.read_beyond(edge) if edge.to_end else self._read_more(edge.newer)

    @task(exclusive=True, group="more")
    async def _read_more(self, newer: bool) -> None:
        await self.hits.more(newer)
        if self.is_shown:
            self._tell(self.text, self.sorting.chosen)

    def _tell(self, text: str, sort: Sort) -> None:
        page = self._rows().page
        looked_back_to = page.looked_back_to if isinstance(page, SearchPage) else None
        problems = tuple(self._search.understand(self._account, text).problems)
        self._found(Found(problems=problems, looked_back_to=looked_back_to, sort=sort))

    def _say_if_late(self, text: str) -> None:
        """Say for what the hits are, where those of the text are not there yet."""
        if self.text == text and not self.is_shown:
            below = (
                f" Below is what “{one_line(self._shown_for)}” found." if self._shown_for else ""
            )
            self._is_late(f"Searching…{below}")

    @task(exclusive=True, group="look")
    async def _look_again(self) -> None:
        await self.hits.refresh()
        self._note_read()

    def _note_read(self) -> None:
        self.hits.note_time()
        self._is_read()
