"""Keeping a search as a saved view, under a digit and a name."""

from __future__ import annotations

import re
from collections.abc import Callable

from eds_tui.domain.account import Account
from eds_tui.domain.errors import EdsError
from eds_tui.domain.saved_view import SavedView
from eds_tui.services.saved_views import SavedViews
from eds_tui.ui.dialogs.write import LineDialog
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import changing

_DIGIT_AND_NAME = re.compile(r"\s*([1-9])\s+(\S.*)")


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
        """Ask for a digit and a name, and keep the search under them."""
        if self._text().strip():
            title, hint = "Keep this search: a digit and a name", "1 Network, late"
            dialog = LineDialog(title, hint=hint, quick=True)
            self.host.app.push_screen(dialog, self._named)

    def _named(self, answer: str | None) -> None:
        match = _DIGIT_AND_NAME.fullmatch(answer or "")
        if match:
            self._save(SavedView(int(match[1]), match[2], self._text()))
        elif answer:
            self.host.refuse(EdsError("Type a digit from 1 to 9, a blank and a name."))

    @task()
    async def _save(self, view: SavedView) -> None:
        await changing(self._saved_views.save, self._account, view)
        self.host.say(f"Kept: v {view.digit} in the queue shows it.")
