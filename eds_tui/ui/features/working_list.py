"""A list of incidents to work in, the same on every screen of the service centre (rule 45)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widget import Widget

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.sorting import Sort
from eds_tui.domain.views import IncidentRow
from eds_tui.services.queue import Queue
from eds_tui.ui.commands.base import Command, Handlers
from eds_tui.ui.commands.incidents import Comment, Copy, OpenIncident, SiteIncidents
from eds_tui.ui.commands.triage import Tick
from eds_tui.ui.features.copying import copy_number
from eds_tui.ui.features.decisions import DecisionServices, IncidentsInHand
from eds_tui.ui.features.host import Host
from eds_tui.ui.features.incident_beside import IncidentBeside
from eds_tui.ui.features.navigation import Navigation
from eds_tui.ui.features.rows_in_hand import RowsInHand
from eds_tui.ui.features.shared_incident import SharedIncident
from eds_tui.ui.features.sorting import ListMemory
from eds_tui.ui.features.triage import TriageFeature
from eds_tui.ui.features.what_works import works_on
from eds_tui.ui.presentation.columns import SPLIT, Layout
from eds_tui.ui.presentation.incident_text import preview
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.widgets.beside import Beside, SideBySide
from eds_tui.ui.widgets.incident_list import IncidentList
from eds_tui.ui.widgets.preview import Preview

if TYPE_CHECKING:
    from eds_tui.domain.remote_changes import RemoteChanges

_AFTER_A_DECISION = 1.0
"""Seconds until the list is read again after a decision: the next one is not kept waiting."""


@dataclass(frozen=True, kw_only=True)
class ListServices:
    """The services with which a list is worked in, and what the session remembers of lists."""

    queue: Queue
    decisions: DecisionServices
    memory: ListMemory


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The widgets of a list, and how its screen reads and shows it."""

    rows: Callable[[], IncidentList]
    """Returns the list that has the cursor."""
    sorted_rows: Callable[[], IncidentList]
    """Returns the list whose sorting is chosen."""
    read_again: Callable[[], object]
    """Reads what is shown anew."""
    offer_commands: Callable[[], None]
    """Shows the keys of what can be done by now."""
    columns: Callable[[str], Layout]
    """Returns the columns of a list alone, given what it is sorted by."""
    beside: Callable[[str], Layout]
    """The same for a list beside which an incident stands."""


class WorkingList:
    """Ticks, decisions, preview, the incident beside, and the ways from a row to other screens.

    Args:
        host: The screen.
        services: The services.
        account: Who works here.
        clock: For deferrals.
        screens: Where one can go from here.
        shown: The widgets, and how they are read.
    """

    def __init__(
        self,
        *,
        host: Host,
        services: ListServices,
        account: Account,
        clock: Clock,
        screens: ScreenFactory,
        shown: Shown,
    ) -> None:
        self._host = host
        self._internal = account.role.is_service_centre
        self._shown = shown
        self._sort: Sort | None = None
        self._row: IncidentRow | None = None
        self._preview = Preview()
        self._view = Beside()
        self._view.display = False
        self.navigation = Navigation(host=host, screens=screens)
        self.rows = RowsInHand(
            rows=shown.rows,
            decided=lambda: host.set_timer(_AFTER_A_DECISION, shown.read_again),
        )
        self.triage = TriageFeature(
            host=host, services=services.decisions, account=account, clock=clock, screens=screens,
            in_hand=IncidentsInHand(
                targets=self.rows.targets,
                show_outcomes=self.rows.show_outcomes,
                put_fresh=self.rows.put_fresh,
                open_incident=self.navigation.open_incident,
            ),
        )  # fmt: skip
        self.beside = IncidentBeside(
            host=host, queue=services.queue, account=account, view=self._view
        )

    def body(self, *widgets: Widget) -> ComposeResult:
        """Yield the widgets of the list with the incident beside them, over the preview."""
        with SideBySide():
            yield from widgets
            yield self._view
        yield self._preview

    def handlers(self) -> Handlers:
        """Return what is done for the commands of every list."""
        return {
            **self.navigation.handlers(),
            **self.triage.handlers(),
            OpenIncident: self.open_row,
            Comment: partial(self.open_row, write=True),
            SiteIncidents: lambda: self.navigation.show_school(self.rows.row),
            Tick: self.rows.tick,
            Copy: lambda: copy_number(self._host, self.rows.row),
        }

    @property
    def shared_incident(self) -> SharedIncident:
        """The incident that is decided about; others see a work note or decision being typed."""
        return SharedIncident(writing=self.triage.writing)

    def works_now(self, command: type[Command]) -> bool:
        """Return whether a command does something with the row under the cursor."""
        return works_on(command, self._row)

    def follow(self, row: IncidentRow | None) -> None:
        """Show what the cursor has come to in the preview, or beside the list."""
        self._row = row
        if self._preview.display:
            self._preview.lines = preview(row, internal=self._internal) if row else ()
        self.beside.follow(row)
        self._shown.offer_commands()

    def sorted_by(self, sort: Sort) -> None:
        """Show in the titles of the list what it is sorted by from now on."""
        self._sort = sort
        self.fit()

    def fit(self) -> None:
        """Show the incident beside the list where there is room for both, else the preview."""
        split = self._internal and self._host.app.size.width >= SPLIT
        label = self._sort.label if self._sort else ""
        columns = self._shown.beside if split else self._shown.columns
        self._shown.sorted_rows().lay_out(columns(label))
        self.beside.show(split)
        if self._preview.display == split:
            self._preview.display = not split
            self.follow(self._row)

    def refresh_after(self, changes: RemoteChanges) -> None:
        """Read the incident beside the list again where others may have changed it."""
        if self._row is not None and changes.about(self._row.number):
            self.beside.read_again()

    def resume(self) -> None:
        """Show what has become of the incident while another screen was in front."""
        self.beside.read_again()

    def open_row(self, *, write: bool = False) -> None:
        """Open the incident under the cursor, beginning in its comment box where ``write``."""
        self.navigation.open_row(self._shown.rows(), write=write)
