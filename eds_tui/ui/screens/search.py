"""Searching: what is found while one types (rule 35)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.widgets import Input
from textual.worker import Worker

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock, full_time
from eds_tui.domain.errors import EdsError, Unavailable
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.domain.search import LONGEST_SEARCH
from eds_tui.domain.text import one_line
from eds_tui.services.saved_views import SavedViews
from eds_tui.services.search import Search
from eds_tui.ui.commands.base import Command, Handlers, bindings
from eds_tui.ui.commands.everywhere import Back, ListHelp, NextCall, Redraw, Refresh
from eds_tui.ui.commands.incidents import OpenIncident
from eds_tui.ui.commands.lists import IN_EVERY_LIST
from eds_tui.ui.commands.triage import KeepView
from eds_tui.ui.commands.triage import Search as SearchAgain
from eds_tui.ui.features.incident_search import Found, IncidentSearch
from eds_tui.ui.features.shared_incident import SharedIncident
from eds_tui.ui.features.view_keeping import ViewKeeping
from eds_tui.ui.features.working_list import ListServices, Shown, WorkingList
from eds_tui.ui.presentation.columns import Layout, queue_columns, school_columns, split_columns
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.styles import sheets
from eds_tui.ui.widgets.bars import BUTTON_KEYS
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.incident_list import IncidentList
from eds_tui.ui.widgets.line_input import LineInput

_FILTERS = (
    "school: state: category: impact: priority: assigned: from: to:"
    " is:late is:replied is:confidential"
)
_OF_A_SCHOOL = "state: category: impact: from: to: is:late"
_KEYS = (
    ("↑ ↓ PgUp PgDn", "Move in what was found; PgDn at its end looks further back."),
    ("Enter", "Open the incident under the cursor, or the one whose number is typed."),
    ("Tab", "Go into the list of what was found, and out of it again."),
    ("word", "Finds what begins with it: print finds printer. Quotes keep words together."),
    ("from:13/06/2026", "Logged then or later; to: the same day or earlier; also today."),
    BUTTON_KEYS,
)


_IN_THE_FIELD = (KeepView, NextCall, Back, Redraw, ListHelp)
_IN_THE_LIST = (*IN_EVERY_LIST, SearchAgain, KeepView, NextCall, Back, Redraw, ListHelp)


@dataclass(frozen=True, kw_only=True)
class SearchServices:
    """The services of the search."""

    search: Search
    saved_views: SavedViews
    lists: ListServices


class SearchScreen(BaseScreen[None]):
    """One field, and the incidents that it finds: a list to work in like any other (rule 45).

    Args:
        services: Find incidents, keep a search as a view, and make decisions.
        account: Who searches.
        screens: Where one can go from here.
        clock: For the time of what is shown.
        text: What to begin with.
        name: That of a saved view, with the cursor in its list; without one it is in the field.
    """

    CSS_PATH = sheets("beside", "preview")
    NAME = "Search"
    IS_TYPED_IN = True
    COMMANDS_HERE = _IN_THE_LIST
    OF_THE_SCHOOL: ClassVar[frozenset[type[Command]]] = frozenset(
        (OpenIncident, SearchAgain, Back, Redraw, ListHelp)
    )
    KEYS_OF_WIDGETS = (
        *_KEYS,
        ("school:part", "Filters: school: state: category: impact: priority: assigned:"),
        ("is:late", "Overdue; is:replied, is:confidential likewise."),
    )
    KEYS_OF_A_SCHOOL = (
        ("state:resolved", "Filters: state: category: impact:"),
        ("is:late", "Overdue."),
        *_KEYS,
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
        services: SearchServices,
        account: Account,
        screens: ScreenFactory,
        clock: Clock,
        text: str = "",
        name: str = "",
    ) -> None:
        super().__init__()
        self._account = account
        self._called = name
        self._at_centre = account.role.is_service_centre
        self._filters = _FILTERS if self._at_centre else _OF_A_SCHOOL
        columns = queue_columns if self._at_centre else _columns_of_a_school
        self._field = Field("search", "Search", self._line(text), hint=self._filters)
        self.search = IncidentSearch(
            host=self,
            search=services.search,
            account=account,
            clock=clock,
            rows=lambda: self._rows,
            found=self._show_found,
            is_read=self._show_account,
            is_late=self._field.hint,
            memory=services.lists.memory,
            text=text,
            name=f"search {name}",
        )
        self.list = WorkingList(
            host=self, services=services.lists, account=account, clock=clock, screens=screens,
            shown=Shown(
                rows=lambda: self._rows, sorted_rows=lambda: self._rows,
                read_again=self.search.refresh, offer_commands=self.offer_commands,
                columns=columns, beside=split_columns,
            ),
        )  # fmt: skip
        self._rows = IncidentList(columns(""), empty="Nothing is found.", follow=self.list.follow)
        self.views = ViewKeeping(
            host=self,
            saved_views=services.saved_views,
            account=account,
            text=lambda: self.search.text,
        )

    @staticmethod
    def _line(text: str) -> LineInput:
        return LineInput(
            text, placeholder="words, a number, or a filter", longest=LONGEST_SEARCH, id="text"
        )

    def commands(self) -> tuple[type[Command], ...]:
        """Return what this person can do: views and decisions are the service centre's."""
        if self._account.may(Action.KEEP_VIEWS):
            return self.COMMANDS_HERE
        return tuple(command for command in self.COMMANDS_HERE if command in self.OF_THE_SCHOOL)

    def works_now(self, command: type[Command]) -> bool:
        """Return whether a command does something where the focus is, with the row in hand."""
        if command not in (_IN_THE_LIST if self._rows.has_focus else _IN_THE_FIELD):
            return False
        return self.list.works_now(command)

    def keys_of_widgets(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of the field and its filters, which are others for a school."""
        return self.KEYS_OF_WIDGETS if self._at_centre else self.KEYS_OF_A_SCHOOL

    def handlers(self) -> Handlers:
        """Return what each command does here."""
        return {
            **self.list.handlers(),
            **self.search.sorting.handlers(),
            Refresh: self.search.refresh,
            KeepView: self.views.ask,
            SearchAgain: self._go_to_field,
        }

    def body(self) -> ComposeResult:
        """Draw the field over what it finds."""
        self._rows.marked_always = True
        yield self._field
        yield from self.list.body(self._rows)

    def on_mount(self) -> None:
        """Look for what there is to begin with."""
        if self._called:
            self.heading.title(one_line(self._called))
        self._show_account()
        (self._rows if self._called else self._field.control).focus()
        self.search.search_for(self.search.text)

    def on_descendant_focus(self) -> None:
        """Show the keys of where the focus is."""
        self.offer_commands()

    def on_resize(self) -> None:
        """Fit the list into the width."""
        self.list.fit()

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was in front."""
        self.search.refresh()
        self.list.resume()

    def on_key(self, event: Key) -> None:
        """In the list a digit starts a jump to a number."""
        if self._rows.has_focus:
            self.list.navigation.take_digit(event)

    @property
    def shared_incident(self) -> SharedIncident:
        """The incident that is decided about; others see a work note or decision being typed."""
        return self.list.shared_incident

    async def keep(self) -> bool:
        """Keep what was typed for a decision that is just being made."""
        return await self.list.triage.keep()

    def tick(self, second: int) -> None:
        """Look again for what could not be looked for."""
        if self.is_current:
            self.search.tick(second)

    def refresh_after(self, changes: RemoteChanges) -> Worker[None] | None:
        """Show what others have changed in what was found."""
        self.list.refresh_after(changes)
        return self.search.refresh()

    def refuse(self, error: EdsError) -> None:
        """Say that nothing can be looked for; what was found stays, with its time (rule 38)."""
        super().refuse(error)
        self._field.hint(self._filters)
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
        """Read what is beyond what the list holds."""
        self.search.read_beyond(event)

    @on(IncidentList.Selected)
    def open_selected(self) -> None:
        """Open an incident."""
        self.list.open_row()

    def _go_to_field(self) -> None:
        self._field.control.focus()

    def _show_account(self) -> None:
        self.heading.right = self._account.name

    def _show_found(self, found: Found) -> None:
        self.list.sorted_by(found.sort)
        self._field.problem(" ".join(found.problems))
        if found.looked_back_to is None:
            self._field.hint(self._filters)
        else:
            back_to = full_time(found.looked_back_to)[:10]
            self._field.hint(f"Looked back to {back_to}; PgDn at the end looks further.")


def _columns_of_a_school(_sorted_by: str) -> Layout:
    return school_columns()
