"""Moving incidents to another state, with what each state asks for (rules 15 to 19)."""

from __future__ import annotations

from functools import partial
from typing import TypeVar

from textual import work

from eds_tui.domain.deferral import parse_when
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.incident import LONGEST_COMMENT
from eds_tui.domain.lifecycle import MOVES, State
from eds_tui.domain.triage import ResolutionCode, StateChange
from eds_tui.domain.views import IncidentRow
from eds_tui.ui.chord import Chord
from eds_tui.ui.dialogs.confirm import ConfirmDialog
from eds_tui.ui.dialogs.defer import DeferDialog
from eds_tui.ui.dialogs.write import LineDialog, ResolveDialog, TextDialog
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.screens.deciding import Decide
from eds_tui.ui.screens.refusals import RefusalsPlace

Result = TypeVar("Result")
_STATE_KEYS = {
    "i": (State.IN_PROGRESS, "i In Progress"),
    "t": (State.AWAITING_TRIAGE, "t Triage"),
    "c": (State.ON_HOLD_CUSTOMER, "c Customer"),
    "h": (State.ON_HOLD_CHANGE, "h Change"),
    "d": (State.ON_HOLD_DEFERRAL, "d Deferral"),
    "r": (State.RESOLVED, "r Resolved"),
}


class StateMoves(RefusalsPlace[Result]):
    """A place in which incidents can be moved to another state."""

    def action_set_state(self) -> None:
        """Ask for the letter of a state, of those that it can go to."""
        row = self._one()
        if row is None:
            return
        possible = {
            key: (state, name)
            for key, (state, name) in _STATE_KEYS.items()
            if any(state in MOVES[each.state] for each in self._about)
        }
        if not possible:
            self.say("It is closed and stays so. Log a new incident that names this one.")
            return
        names = "  ".join(name for _, name in possible.values())
        answers = {key: partial(self._ask_for, state) for key, (state, _) in possible.items()}
        self.ask(Chord(f"State?  {names}", answers))

    def _ask_for(self, state: State) -> None:
        """Ask for what a state must bring, then move."""
        reopening = any(row.state is State.RESOLVED for row in self._about)
        match state:
            case State.ON_HOLD_CUSTOMER:
                self.ask_text(
                    TextDialog("Question to the school", longest=LONGEST_COMMENT),
                    "question",
                    lambda text: self._move(StateChange(state, question=text)),
                )
            case State.ON_HOLD_CHANGE:
                self.ask_text(
                    LineDialog("Which change does it wait for?"),
                    "change",
                    lambda text: self._move(StateChange(state, waiting_for=text)),
                )
            case State.ON_HOLD_DEFERRAL:
                self.ask_text(DeferDialog(self._clock), "until", self._defer)
            case State.RESOLVED:
                self.ask_text(ResolveDialog(), "resolution", self._resolve)
            case State.IN_PROGRESS if reopening:
                self.ask_text(
                    LineDialog("Why is it reopened?"),
                    "reopened",
                    lambda text: self._move(StateChange(state, reason=text)),
                )
            case _:
                self._move(StateChange(state))

    def _resolve(self, end: tuple[ResolutionCode, str]) -> None:
        code, text = end
        self._move(StateChange(State.RESOLVED, code=code, resolution=text))

    def _defer(self, text: str) -> None:
        try:
            until = parse_when(text, self._clock())
        except InvalidInput as error:  # the minute has passed since the dialog judged it
            self._leave_text(self._text)
            self.refuse(error)
        else:
            self._move(StateChange(State.ON_HOLD_DEFERRAL, until=until))

    def _move(self, change: StateChange) -> None:
        def decide(row: IncidentRow) -> IncidentRow:
            return self._triage.set_state(self._account, row.number, row.version, change)

        def offer_below() -> None:
            if len(about) == 1 and about[0].children:
                self._offer_below(about[0], decide)

        about = self._about
        self._decide(f"Set state {change.state.label}", decide, offer_below)

    @work
    async def _offer_below(self, above: IncidentRow, decide: Decide) -> None:
        """Offer to do the same on what hangs on a major incident."""
        async with self.showing_errors():
            rows = await in_thread_with_timeout(self._triage.below, self._account, above.number)
            if rows:
                question = f"The same on the {len(rows)} that hang on {above.reference}?"
                sure = await self.app.push_screen_wait(
                    ConfirmDialog(question, yes="Do it", no="Leave them")
                )
                if sure:
                    self._go_ahead(rows, decide)
