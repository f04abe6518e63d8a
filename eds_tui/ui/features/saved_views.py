"""Showing a search that somebody keeps under a digit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from eds_tui.domain.account import Account
from eds_tui.domain.text import one_line
from eds_tui.services.saved_views import SavedViews
from eds_tui.ui.commands.chord import Chord
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import in_thread_with_timeout


class SavedViewChoice:
    """Lets one of somebody's saved views be chosen.

    Args:
        host: The screen.
        saved_views: The service.
        account: Whose views they are.
        search: Shows a search, given its text.
    """

    def __init__(
        self,
        *,
        host: Host,
        saved_views: SavedViews,
        account: Account,
        search: Callable[[str], None],
    ) -> None:
        self.host = host
        self._saved_views = saved_views
        self._account = account
        self._search = search

    @task(blocks_input=True)
    async def ask(self) -> None:
        """Ask for the digit of a saved view, and show it."""
        views = await in_thread_with_timeout(self._saved_views.of, self._account)
        if not views:
            self.host.say("You keep no view yet: search with /, then Ctrl+K keeps the search.")
            return
        answers = {str(view.digit): partial(self._search, view.search) for view in views}
        names = "  ".join(f"{view.digit} {one_line(view.name)}" for view in views)
        self.host.ask(Chord(f"View?  {names}", answers))
