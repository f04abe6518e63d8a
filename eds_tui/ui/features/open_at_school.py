"""What the school of a caller has open already, and going there with the call (rules 29, 32)."""

from __future__ import annotations

from collections.abc import Callable

from textual.worker import Worker

from eds_tui.domain.account import Account
from eds_tui.domain.known_caller import KnownCaller
from eds_tui.domain.school import School
from eds_tui.domain.views import Page
from eds_tui.services.schools import Schools
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.forms import ChaseOpen
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.widgets.incident_list import IncidentList


class OpenAtSchool:
    """Shows the open incidents of the school that was taken.

    Args:
        host: The screen.
        schools: Where they are read.
        account: Who reads.
        rows: Shows them.
        school: Returns the school that was taken.
        known: Is told who has rung from it before.
    """

    def __init__(
        self,
        *,
        host: Host,
        schools: Schools,
        account: Account,
        rows: IncidentList,
        school: Callable[[], School | None],
        known: Callable[[tuple[KnownCaller, ...]], object],
    ) -> None:
        self.host = host
        self._schools = schools
        self._account = account
        self._rows = rows
        self._school = school
        self._known = known

    def handlers(self) -> Handlers:
        """Return what is done for the command about open incidents."""
        return {ChaseOpen: self.choose}

    def school_changed(self) -> None:
        """Show what the school has open, or nothing while there is none."""
        school = self._school()
        if school is None:
            self.hide()
        else:
            self._read(school.id)

    def hide(self) -> None:
        """Show nothing."""
        self._rows.display = False

    def empty(self) -> None:
        """Forget what the last school had open."""
        self._rows.show(Page(()), fresh=True)

    @task(blocks_input=True)
    async def _read(self, school_id: int) -> None:
        card = await in_thread_with_timeout(self._schools.card, self._account, school_id)
        if (school := self._school()) is not None and school.id == school_id:
            self._rows.display = True
            self._rows.show(card.open, fresh=True)
            self._known(card.callers)

    def read_again(self) -> Worker[None] | None:
        """Show what others have changed in what the school has open."""
        school = self._school()
        return self._read_again(school.id) if school is not None else None

    @task(exclusive=True, group="open")
    async def _read_again(self, school_id: int) -> None:
        card = await in_thread_with_timeout(self._schools.card, self._account, school_id)
        school = self._school()
        if school is not None and school.id == school_id:
            self._rows.show(card.open)

    def choose(self) -> None:
        """Go to the one open incident, or to the list of them."""
        if not self._rows.display or not self._rows.rows:
            school = self._school()
            self.host.say("This school has nothing open." if school else "Choose the school first.")
        elif len(self._rows.rows) == 1:
            self._rows.action_select()
        else:
            self._rows.focus()
