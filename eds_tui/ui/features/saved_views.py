"""Showing a search that somebody keeps under a digit; renaming, moving and dropping such views."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from eds_tui.domain.account import Account
from eds_tui.domain.saved_view import DIGITS, SavedView
from eds_tui.domain.text import one_line
from eds_tui.services.saved_views import SavedViews
from eds_tui.ui import dialogs
from eds_tui.ui.commands.chord import Chord
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import changing, in_thread_with_timeout

Views = tuple[SavedView, ...]


class SavedViewChoice:
    """Lets one of somebody's saved views be chosen, renamed, moved or dropped.

    Args:
        host: The screen.
        saved_views: The service.
        account: Whose views they are.
        show: Shows a view.
    """

    def __init__(
        self,
        *,
        host: Host,
        saved_views: SavedViews,
        account: Account,
        show: Callable[[SavedView], None],
    ) -> None:
        self.host = host
        self._saved_views = saved_views
        self._account = account
        self._show = show

    @task(blocks_input=True)
    async def ask(self) -> None:
        """Ask for the digit of a saved view, and show it; r, m and d change them instead."""
        views = await in_thread_with_timeout(self._saved_views.of, self._account)
        if not views:
            self.host.say("You keep no view yet: search with /, then Ctrl+K keeps the search.")
            return
        answers = {
            **_by_digit(views, self._show),
            "r": lambda: self._ask_which("Rename", views, self._ask_name),
            "m": lambda: self._ask_which("Move", views, self._ask_digit),
            "d": lambda: self._ask_which("Drop", views, self._ask_whether),
        }
        # The keys stand first: names that are too long for the line are cut.
        self.host.ask(Chord(f"View? (r rename  m move  d drop)  {_names(views)}", answers))

    def _ask_which(self, what: str, views: Views, then: Callable[[SavedView], object]) -> None:
        self.host.ask(Chord(f"{what} which?  {_names(views)}", _by_digit(views, then)))

    def _ask_name(self, view: SavedView) -> None:
        def named(name: str | None) -> None:
            if name:
                self._rename(view, name)

        title = f"A new name for {_name(view)}"
        self.host.app.push_screen(
            dialogs.LineDialog(title, hint=one_line(view.name), quick=True), named
        )

    @task()
    async def _rename(self, view: SavedView, name: str) -> None:
        await changing(self._saved_views.rename, self._account, view.digit, name)
        self.host.say(f"v {view.digit} is {one_line(name)} now.")

    def _ask_digit(self, view: SavedView) -> None:
        def chosen(digit: int) -> None:
            self._move(view, digit)

        answers = {str(digit): partial(chosen, digit) for digit in DIGITS}
        prompt = f"Move {_name(view)} to which digit, 1 to 9? What is there takes {view.digit}."
        self.host.ask(Chord(prompt, answers))

    @task()
    async def _move(self, view: SavedView, to: int) -> None:
        await changing(self._saved_views.move, self._account, view.digit, to)
        self.host.say(f"v {to} is {one_line(view.name)} now.")

    def _ask_whether(self, view: SavedView) -> None:
        def answered(sure: bool | None) -> None:
            if sure:
                self._drop(view)

        dialog = dialogs.ConfirmDialog(f"Drop the view {_name(view)}?", yes="Drop it", no="Keep it")
        self.host.app.push_screen(dialog, answered)

    @task()
    async def _drop(self, view: SavedView) -> None:
        await changing(self._saved_views.drop, self._account, view.digit)
        self.host.say(f"The view {_name(view)} is dropped.")


def _by_digit(views: Views, then: Callable[[SavedView], object]) -> dict[str, Callable[[], None]]:
    def chosen(view: SavedView) -> None:
        then(view)

    return {str(view.digit): partial(chosen, view) for view in views}


def _name(view: SavedView) -> str:
    return f"{view.digit} {one_line(view.name)}"


def _names(views: Views) -> str:
    return "  ".join(map(_name, views))
