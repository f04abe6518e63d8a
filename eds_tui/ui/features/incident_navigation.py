"""Going from one incident to another screen: its school, its successor, what was left about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from eds_tui.domain.account import Account, Action
from eds_tui.domain.lifecycle import State
from eds_tui.domain.same_fault import same_as_open
from eds_tui.domain.views import Draft
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.everywhere import Unfinished
from eds_tui.ui.commands.incidents import Copy, FollowUp, SameFault, SiteIncidents
from eds_tui.ui.commands.triage import Search
from eds_tui.ui.features.copying import copy_number
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.incident_detail import OpenedIncident
from eds_tui.ui.features.neighbours import Neighbours
from eds_tui.ui.features.unfinished_list import UnfinishedList
from eds_tui.ui.presentation.draft_text import going_on
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.widgets.incident_list import IncidentList


class IncidentNavigation:
    """Opens other screens over that of an incident, and what was left unfinished about it.

    Args:
        host: The screen.
        screens: Makes the others.
        account: Who goes there.
        incident: The incident.
        take_up: Goes on with a draft where it is of this screen; returns whether it is.
        among: The list that the incident was opened from; ``None`` where it was from none.
        keep: Keeps what is typed; returns whether nothing of it is lost.
    """

    def __init__(
        self,
        *,
        host: Host,
        screens: ScreenFactory,
        account: Account,
        incident: OpenedIncident,
        take_up: Callable[[Draft], bool],
        among: IncidentList | None,
        keep: Callable[[], Awaitable[bool]],
    ) -> None:
        self.host = host
        self._screens = screens
        self._account = account
        self._incident = incident
        self._take_up = take_up
        self.neighbours = Neighbours(
            host=host, screens=screens, number=incident.number, rows=among, keep=keep
        )
        """What comes before and behind it in the list."""

    def handlers(self) -> Handlers:
        """Return what is done for the commands that lead away from an incident."""
        return {
            FollowUp: self.follow_up,
            SameFault: self.take_same,
            Search: self.search,
            Copy: lambda: copy_number(self.host, self._incident.row),
            SiteIncidents: self.show_school,
            Unfinished: self.show_unfinished,
            **self.neighbours.handlers(),
        }

    def open_incident(self, number: int) -> None:
        """Go to another incident; this one is open."""
        if number != self._incident.number:
            self.host.app.push_screen(self._screens.incident(number))

    def search(self) -> None:
        """Search for another incident."""
        self.host.app.push_screen(self._screens.search())

    def show_school(self) -> None:
        """Show the incident's school, and all that it has open."""
        row = self._incident.row
        if row is not None and self._account.may(Action.LOOK_UP_SCHOOLS):
            self.host.app.push_screen(self._screens.site(row.school_id))

    def follow_up(self) -> None:
        """Begin a new incident that names this closed one (rule 19)."""
        row = self._incident.row
        if row is None or row.state is not State.CLOSED:
            self.host.say("Only a closed incident is followed by a new one; comment on this one.")
            return
        text = f"The fault of {row.reference} has come back: "
        if self._account.may(Action.LOG_CALLS):
            self.host.app.push_screen(self._screens.call(row.school_id, text))
        else:
            self.host.app.push_screen(self._screens.report(text))

    def take_same(self) -> None:
        """Take the next call about the same fault (rule 49)."""
        detail = self._incident.detail
        if detail is None or not self._account.may(Action.LOG_CALLS):
            return
        if detail.row.state is State.CLOSED:
            self.host.say("It is closed; a new call is logged by itself.")
        else:
            self.host.app.push_screen(self._screens.call(same=same_as_open(detail)))

    @task()
    async def show_unfinished(self) -> None:
        """Show what was typed about this incident and not sent; go on with what is chosen."""
        host = self.host
        drafts = UnfinishedList(host=host, drafts=self._screens.session_drafts)
        draft = await drafts.choose(self._incident.number)
        if draft is not None and not self._take_up(draft):
            host.say(going_on(draft))
