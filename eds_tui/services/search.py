"""The service that searches incidents (rule 35)."""

from __future__ import annotations

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.lookalike import Lookalike, telling_words
from eds_tui.domain.search import SearchPage, SearchQuery, parse_search
from eds_tui.domain.sorting import Sort
from eds_tui.domain.superseding import Cancellation
from eds_tui.domain.views import Window
from eds_tui.repository.unit_of_work import Database


class Search:
    """Finds incidents by words, numbers and filters."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def understand(self, actor: Account, text: str) -> SearchQuery:
        """Return what a text asks for, and what in it was not understood.

        Args:
            actor: Who searches; a school has filters of its own.
            text: Any text.
        """
        at_school = not actor.role.is_service_centre
        return parse_search(text, self._clock(), at_school=at_school)

    def find(
        self,
        actor: Account,
        text: str,
        window: Window,
        sort: Sort = Sort.NEWEST,
        cancellation: Cancellation | None = None,
    ) -> SearchPage:
        """Return a window of what a text finds, within what the reader may see.

        Args:
            actor: Who searches; a school account finds its own school's alone (rule 24).
            text: Any text; see :func:`parse_search`.
            window: Which part.
            sort: In what order.
            cancellation: By which it can be given up from another thread.

        Raises:
            Superseded: It was given up.
        """
        actor.require(Action.READ_INCIDENTS)
        now = self._clock()
        query = self.understand(actor, text)
        with self._database.reading(actor, cancellation=cancellation) as work:
            return work.search.find(actor.scope, query, window, now, sort)

    def elsewhere(self, actor: Account, text: str, school_id: int) -> tuple[Lookalike, ...]:
        """Return open incidents at other schools that read like a description, newest first.

        All that are open are compared, by the words that are kept of them (rule 33).

        Args:
            actor: Who takes a call; confidential ones are among them for those who may see them.
            text: What has been typed of the description.
            school_id: The caller's school.

        Raises:
            NotAllowed: The account takes no calls.
        """
        actor.require(Action.LOG_CALLS)
        if not (words := telling_words(text)):
            return ()
        with self._database.reading(actor) as work:
            return work.lookalikes.elsewhere(actor.scope, words, school_id, self._clock())
