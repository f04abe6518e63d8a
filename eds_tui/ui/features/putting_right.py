"""Opening an incident of a list, or the one that is open, as the form that puts it right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from eds_tui.domain.lifecycle import State
from eds_tui.domain.triage import not_allowed
from eds_tui.domain.views import IncidentRow
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.triage import Correct
from eds_tui.ui.features.decisions import DecisionMemory
from eds_tui.ui.features.host import Host
from eds_tui.ui.screen_factory import ScreenFactory

_ONE_AT_A_TIME = "They are put right one at a time: untick the others first."


class PuttingRight:
    """Opens the form, and shows what came of it.

    Args:
        host: The screen.
        screens: Makes the form.
        memory: Remembers it as the last decision, which can be taken back.
        targets: Returns what a decision would be about: what is ticked, else the one in hand.
        put: Shows an incident as it then is.
    """

    def __init__(
        self,
        *,
        host: Host,
        screens: ScreenFactory,
        memory: DecisionMemory,
        targets: Callable[[], Sequence[IncidentRow]],
        put: Callable[[IncidentRow], object],
    ) -> None:
        self.host = host
        self._screens = screens
        self._memory = memory
        self._targets = targets
        self._put = put

    def handlers(self) -> Handlers:
        """Return what is done for the command."""
        return {Correct: self.open}

    def open(self) -> None:
        """Open the form of the incident; of a closed one, or of several, it says why not."""
        rows = self._targets()
        if len(rows) > 1:
            self.host.say(_ONE_AT_A_TIME)
        elif rows:
            self._open(rows[0])

    def _open(self, row: IncidentRow) -> None:
        if row.state is State.CLOSED:
            self.host.say(not_allowed(State.CLOSED, State.CLOSED))
            return
        self.host.app.push_screen(self._screens.correction(row.number), self._done)

    def _done(self, row: IncidentRow | None) -> None:
        if row is not None:
            self._memory.decided = (row.number,)
            self._put(row)
            category, impact = row.category.label, row.impact.label
            self.host.say(f"{row.reference}: put right; {category}, {impact}, {row.school}")
