"""Searching: what is found while one types (rule 35)."""

from __future__ import annotations

import re
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input
from textual.worker import Worker

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock, full_time
from eds_tui.domain.errors import EdsError, Unavailable
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.domain.search import SearchPage
from eds_tui.domain.text import one_line
from eds_tui.domain.views import IncidentRow, Page, SavedView, View, Window
from eds_tui.services.saved_views import SavedViews
from eds_tui.services.search import Search
from eds_tui.ui.commands.base import Command, bindings
from eds_tui.ui.commands.everywhere import Back, FormHelp, Redraw
from eds_tui.ui.commands.triage import KeepView
from eds_tui.ui.dialogs.write import LineDialog
from eds_tui.ui.paging import Pager
from eds_tui.ui.runtime.background import changing
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.listing import ListingPlace
from eds_tui.ui.styles import sheet
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.incident_list import IncidentList
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.preview import Preview
from eds_tui.ui.wording import preview, queue_columns

_FILTERS = (
    "school: state: category: impact: priority: assigned: from: to:"
    " is:late is:replied is:confidential"
)
_DIGIT_AND_NAME = re.compile(r"\s*([1-9])\s+(\S.*)")


class SearchScreen(ListingPlace[None]):
    """One field, and the incidents that it finds, newest first; each key supersedes the last.

    Args:
        search: Finds them.
        saved_views: Keeps a search as a view.
        account: Who searches.
        screens: Where one can go from here.
        clock: For the time of what is shown.
        text: What to begin with.
    """

    CSS_PATH = sheet("search")
    NAME = "Search"
    COMMANDS_HERE = (KeepView, Back, Redraw, FormHelp)
    KEYS_OF_WIDGETS = (
        ("↑ ↓ PgUp PgDn", "Move in what was found."),
        ("Enter", "Open the incident under the cursor, or the one whose number is typed."),
        ("word", "Finds what begins with it: print finds printer. Quotes keep words together."),
        ("school:part", "Filters: school: state: category: impact: priority: assigned:"),
        ("from:13/06/2026", "Logged then or later; to: the same day or earlier; also today."),
        ("is:late", "Overdue; is:replied, is:confidential likewise."),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(*COMMANDS_HERE),
        *(
            Binding(key, f"in_list('{action}', {step})", show=False, priority=True)
            for key, action, step in (
                ("up", "move", -1), ("down", "move", 1), ("pageup", "page", -1),
                ("pagedown", "page", 1),
            )
        ),
    ]  # fmt: skip

    def __init__(
        self,
        search: Search,
        saved_views: SavedViews,
        account: Account,
        screens: ScreenFactory,
        clock: Clock,
        text: str = "",
    ) -> None:
        super().__init__()
        self._search = search
        self._saved_views = saved_views
        self._account = account
        self._screens = screens
        self._clock = clock
        self._text = text
        self._shown_for: str | None = None
        self._open_when_found = False

    def commands(self) -> tuple[type[Command], ...]:
        """Return what this person can do: views are kept by the service centre."""
        if self._account.may(Action.KEEP_VIEWS):
            return self.COMMANDS_HERE
        return tuple(command for command in self.COMMANDS_HERE if command is not KeepView)

    def body(self) -> ComposeResult:
        """Draw the field over what it finds."""
        field = LineInput(self._text, placeholder="words, a number, or a filter", id="text")
        yield Field("search", "Search", field, hint=_FILTERS)
        rows = IncidentList(queue_columns(), empty="Nothing is found.", follow=self._show_preview)
        rows.can_focus = False
        rows.marked_always = True
        yield rows
        yield Preview()

    def on_mount(self) -> None:
        """Look for what there is to begin with."""
        self.heading.right = self._account.name
        self.query_one("#text").focus()
        self._look(self._text)

    @property
    def _rows(self) -> IncidentList:
        return self.query_one(IncidentList)

    def _show_preview(self, row: IncidentRow | None) -> None:
        self.query_one(Preview).lines = preview(row) if row else ()

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Look for what is typed now."""
        self._text = event.value
        self._look(event.value)

    @work(exclusive=True, group="look")
    async def _look(self, text: str) -> None:
        async with self.showing_errors():

            def fetch(window: Window) -> Page:
                return self._search.find(self._account, text, window)

            pager = Pager(self._rows, fetch, View.ALL.key)
            await pager.load()
            self._pager, self._shown_for = pager, text
            self._read()
            self._say_what_was_left_out(text)
            if self._open_when_found:
                self._open_when_found = False
                self._rows.action_select()

    def refresh_after(self, changes: RemoteChanges) -> Worker[None] | None:
        """Show what others have changed in what was found."""
        return self._look_again() if self._shown_for == self._text else None

    def on_screen_resume(self) -> None:
        """Show what has changed while another place was in front."""
        if self._shown_for == self._text:
            self._look_again()

    @work(exclusive=True, group="look")
    async def _look_again(self) -> None:
        async with self.showing_errors():
            await self._pager.refresh()
            self._read()

    def _read(self) -> None:
        self._note_the_time()
        self.heading.right = self._account.name

    def tick(self, second: int) -> None:
        """Look again for what could not be looked for."""
        if self._shown_for != self._text and self.is_current and self.is_time_to_retry(second):
            self._look(self._text)

    def refuse(self, error: EdsError) -> None:
        """Say that nothing can be looked for; what was found stays, with its time (rule 38)."""
        super().refuse(error)
        self._rows.cannot_be_read()
        if self._read_at and isinstance(error, Unavailable):
            self.heading.right = f"“{one_line(self._shown_for or '')}” as of {self._read_at}"

    def _say_what_was_left_out(self, text: str) -> None:
        problems = self._search.understand(text).problems
        page = self._rows.page
        field = self.query_one("#field-search", Field)
        field.problem(" ".join(problems))
        if isinstance(page, SearchPage) and page.looked_back_to is not None:
            field.hint(f"Looked back to {full_time(page.looked_back_to)[:10]}; to: looks further.")
        else:
            field.hint(_FILTERS)

    def action_in_list(self, action: str, step: int) -> None:
        """Move in what was found, from the field."""
        if action == "move":
            self._rows.action_move(step)
        else:
            self._rows.action_page(step)

    @on(Input.Submitted)
    def open_found(self) -> None:
        """Open the incident under the cursor, once what is typed has been looked for."""
        if self._shown_for == self._text:
            self._rows.action_select()
        else:
            self._open_when_found = True

    @on(IncidentList.Selected)
    def open_selected(self, event: IncidentList.Selected) -> None:
        """Open an incident."""
        self.open_incident(event.row.number)

    def action_keep_view(self) -> None:
        """Ask for a digit and a name, and keep the search under them."""
        if self._text.strip():
            title, hint = "Keep this search: a digit and a name", "1 Network, late"
            dialog = LineDialog(title, hint=hint, quick=True)
            self.app.push_screen(dialog, self._named)

    def _named(self, text: str | None) -> None:
        match = _DIGIT_AND_NAME.fullmatch(text or "")
        if match:
            self._keep_view(SavedView(int(match[1]), match[2], self._text))
        elif text:
            self.refuse(EdsError("Type a digit from 1 to 9, a blank and a name."))

    @work
    async def _keep_view(self, view: SavedView) -> None:
        async with self.showing_errors():
            await changing(self._saved_views.save, self._account, view)
            self.say(f"Kept: v {view.digit} in the queue shows it.")
