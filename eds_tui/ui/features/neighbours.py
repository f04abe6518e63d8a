"""Going along the list that an incident was opened from (rule 48)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from eds_tui.ui.commands.base import Command, Handlers
from eds_tui.ui.commands.incidents import NextIncident, PreviousIncident
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.leaving import Leaving
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.widgets.incident_list import IncidentList

_STEPS: dict[type[Command], int] = {NextIncident: 1, PreviousIncident: -1}
_LAST = "This is the last incident of the list."
_FIRST = "This is the first incident of the list."
_NO_LIST = "This incident was not opened from a list."


class Neighbours:
    """The neighbours of an open incident in the list below its screen, whose cursor comes along.

    Args:
        host: The screen of the incident.
        screens: Makes the screen of the next one.
        number: The incident's.
        rows: The list that it was opened from, as it was then; ``None`` where it was from none.
        keep: Keeps what is typed; returns whether nothing of it is lost.
    """

    def __init__(
        self,
        *,
        host: Host,
        screens: ScreenFactory,
        number: int,
        rows: IncidentList | None,
        keep: Callable[[], Awaitable[bool]],
    ) -> None:
        self.host = host
        self._screens = screens
        self._number = number
        self._rows = rows
        self._keep = keep
        self._leaving = Leaving(host=host)

    def handlers(self) -> Handlers:
        """Return what is done for the commands that go along the list."""
        return {NextIncident: lambda: self._go(1), PreviousIncident: lambda: self._go(-1)}

    def leads_on(self, command: type[Command]) -> bool:
        """Return whether a command that goes along the list leads anywhere; any other one does."""
        step = _STEPS.get(command)
        return step is None or self._beside(step) is not None

    def _beside(self, step: int) -> int | None:
        row = self._rows.beside(self._number, step) if self._rows is not None else None
        return row.number if row is not None else None

    @task(blocks_input=True)
    async def _go(self, step: int) -> None:
        """Go to a neighbour; what is typed is kept as a draft, as when one leaves otherwise."""
        number = self._beside(step)
        if self._rows is None or number is None:
            self.host.say(_NO_LIST if self._rows is None else _LAST if step > 0 else _FIRST)
        elif self._leaving.may_leave(kept=await self._keep()):
            self._rows.go_to(number)
            self.host.app.switch_screen(self._screens.incident(number, among=self._rows))
