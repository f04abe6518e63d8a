"""Searching: what is found while one types (rule 35)."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input
from textual.worker import Worker

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock, full_time
from eds_tui.domain.errors import EdsError, Unavailable
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.domain.search import LONGEST_SEARCH
from eds_tui.domain.views import IncidentRow
from eds_tui.services.saved_views import SavedViews
from eds_tui.services.search import Search
from eds_tui.ui.commands.base import Command, Handlers, bindings
from eds_tui.ui.commands.everywhere import Back, FormHelp, NextCall, Redraw
from eds_tui.ui.commands.triage import KeepView
from eds_tui.ui.features.incident_search import Found, IncidentSearch
from eds_tui.ui.features.navigation import Navigation
from eds_tui.ui.features.view_keeping import ViewKeeping
from eds_tui.ui.presentation.columns import queue_columns, school_columns
from eds_tui.ui.presentation.incident_text import preview
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.styles import sheet
from eds_tui.ui.widgets.bars import BUTTON_KEYS
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.incident_list import IncidentList
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.preview import Preview

_FILTERS = (
    "school: state: category: impact: priority: assigned: from: to:"
    " is:late is:replied is:confidential"
)
_OF_A_SCHOOL = "state: category: impact: from: to: is:late"
_KEYS = (
    ("↑ ↓ PgUp PgDn", "Move in what was found."),
    ("Enter", "Open the incident under the cursor, or the one whose number is typed."),
    ("word", "Finds what begins with it: print finds printer. Quotes keep words together."),
    ("from:13/06/2026", "Logged then or later; to: the same day or earlier; also today."),
    BUTTON_KEYS,
)


class SearchScreen(BaseScreen[None]):
    """One field, and the incidents that it finds, newest first.

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
    IS_TYPED_IN = True
    COMMANDS_HERE = (KeepView, NextCall, Back, Redraw, FormHelp)
    KEYS_OF_WIDGETS = (
        *_KEYS,
        ("school:part", "Filters: school: state: category: impact: priority: assigned:"),
        ("is:late", "Overdue; is:replied, is:confidential likewise."),
    )
    KEYS_OF_A_SCHOOL = (
        *_KEYS,
        ("state:resolved", "Filters: state: category: impact:"),
        ("is:late", "Overdue."),
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
        *,
        search: Search,
        saved_views: SavedViews,
        account: Account,
        screens: ScreenFactory,
        clock: Clock,
        text: str = "",
    ) -> None:
        super().__init__()
        self._account = account
        self._at_centre = account.role.is_service_centre
        self._filters = _FILTERS if self._at_centre else _OF_A_SCHOOL
        self._field = Field(
            "search",
            "Search",
            LineInput(
                text,
                placeholder="words, a number, or a filter",
                longest=LONGEST_SEARCH,
                id="text",
            ),
            hint=self._filters,
        )
        self._rows = IncidentList(
            queue_columns() if self._at_centre else school_columns(),
            empty="Nothing is found.",
            follow=self._show_preview,
        )
        self._preview = Preview()
        self.navigation = Navigation(host=self, screens=screens)
        self.search = IncidentSearch(
            host=self,
            search=search,
            account=account,
            clock=clock,
            rows=lambda: self._rows,
            found=self._show_found,
            is_read=self._show_account,
            text=text,
        )
        self.views = ViewKeeping(
            host=self, saved_views=saved_views, account=account, text=lambda: self.search.text
        )

    def commands(self) -> tuple[type[Command], ...]:
        """Return what this person can do: views are kept by the service centre."""
        if self._account.may(Action.KEEP_VIEWS):
            return self.COMMANDS_HERE
        return tuple(each for each in self.COMMANDS_HERE if each not in {KeepView, NextCall})

    def keys_of_widgets(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of the field and its filters, which are others for a school."""
        return self.KEYS_OF_WIDGETS if self._at_centre else self.KEYS_OF_A_SCHOOL

    def handlers(self) -> Handlers:
        """Return what each command does here."""
        return {KeepView: self.views.ask}

    def body(self) -> ComposeResult:
        """Draw the field over what it finds."""
        self._rows.can_focus = False
        self._rows.marked_always = True
        yield self._field
        yield self._rows
        yield self._preview

    def on_mount(self) -> None:
        """Look for what there is to begin with."""
        self._show_account()
        self._field.control.focus()
        self.search.search_for(self.search.text)

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was in front."""
        self.search.refresh()

    def tick(self, second: int) -> None:
        """Look again for what could not be looked for."""
        if self.is_current:
            self.search.tick(second)

    def refresh_after(self, changes: RemoteChanges) -> Worker[None] | None:
        """Show what others have changed in what was found."""
        return self.search.refresh()

    def refuse(self, error: EdsError) -> None:
        """Say that nothing can be looked for; what was found stays, with its time (rule 38)."""
        super().refuse(error)
        self.search.hits.cannot_be_read()
        if self.search.hits.is_read and isinstance(error, Unavailable):
            self.heading.right = self.search.as_of

    def action_in_list(self, action: str, step: int) -> None:
        """Move in what was found, from the field."""
        if action == "move":
            self._rows.action_move(step)
        else:
            self._rows.action_page(step)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Look for what is typed now."""
        self.search.search_for(event.value)

    @on(Input.Submitted)
    def open_found(self) -> None:
        """Open the incident under the cursor, once what is typed has been looked for."""
        self.search.open_hit()

    @on(IncidentList.EdgeNear)
    def read_more(self, event: IncidentList.EdgeNear) -> None:
        """Read the next window of the list."""
        self.search.hits.read_more(event.newer)

    @on(IncidentList.Selected)
    def open_selected(self, event: IncidentList.Selected) -> None:
        """Open an incident."""
        self.navigation.open_row(event.rows)

    def _show_account(self) -> None:
        self.heading.right = self._account.name

    def _show_preview(self, row: IncidentRow | None) -> None:
        self._preview.lines = preview(row, internal=self._at_centre) if row else ()

    def _show_found(self, found: Found) -> None:
        self._field.problem(" ".join(found.problems))
        if found.looked_back_to is None:
            self._field.hint(self._filters)
        else:
            back_to = full_time(found.looked_back_to)[:10]
            self._field.hint(f"Looked back to {back_to}; to: looks further.")
