"""Reading what happened to an incident, and why it is due when it is."""

from __future__ import annotations

from eds_tui.domain.account import Account
from eds_tui.domain.history import in_lines
from eds_tui.services.history import History
from eds_tui.ui import dialogs
from eds_tui.ui.features.decisions import IncidentsInHand
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import in_thread_with_timeout


class IncidentHistory:
    """Shows the history of the incident in hand.

    Args:
        host: The screen.
        in_hand: The incidents.
        history: The service.
        account: Who reads.
    """

    def __init__(
        self, *, host: Host, in_hand: IncidentsInHand, history: History, account: Account
    ) -> None:
        self.host = host
        self._in_hand = in_hand
        self._history = history
        self._account = account

    @task(blocks_input=True)
    async def show(self) -> None:
        """Show what happened to it."""
        row = self._in_hand.first()
        if row is not None:
            events = await in_thread_with_timeout(
                self._history.of_incident, self._account, row.number
            )
            lines = [line for event in events for line in in_lines(event)]
            self.host.app.push_screen(dialogs.ReadDialog(f"History of {row.reference}", lines))

    @task(blocks_input=True)
    async def explain_due(self) -> None:
        """Show why it is due when it is."""
        row = self._in_hand.first()
        if row is not None:
            lines = await in_thread_with_timeout(self._history.why_due, self._account, row.number)
            self.host.app.push_screen(dialogs.ReadDialog(f"Why {row.reference} is due then", lines))
