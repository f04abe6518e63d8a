"""Keeping a search as a saved view, under a digit and a name."""

from __future__ import annotations

from collections.abc import Callable

from eds_tui.domain.account import Account
from eds_tui.domain.text import visible
from eds_tui.services.saved_views import SavedViews
from eds_tui.ui import dialogs
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import changing


class ViewKeeping:
    """Asks under what a search is to be kept, and keeps it.

    Args:
        host: The screen.
        saved_views: Keeps it.
        account: Whose view it is.
        text: Returns the search.
    """

    def __init__(
        self, *, host: Host, saved_views: SavedViews, account: Account, text: Callable[[], str]
    ) -> None:
        self.host = host
        self._saved_views = saved_views
        self._account = account
        self._text = text

    def ask(self) -> None:
        """Ask for a name, with a digit or without, and keep the search under it."""
        if self._text().strip():
            title = "Keep this search: its name, or a digit and its name"
            dialog = dialogs.LineDialog(title, hint="Network, late", quick=True)
            self.host.app.push_screen(dialog, self._named)

    def _named(self, answer: str | None) -> None:
        if answer:
            self._keep(answer)

    @task()
    async def _keep(self, typed: str) -> None:
        keep = self._saved_views.keep
        view, before = await changing(keep, self._account, typed, self._text())
        instead = f", in the place of {visible(before)}" if before else ""
        self.host.say(f"Kept: v {view.digit} in the queue shows it{instead}.")
