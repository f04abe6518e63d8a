"""Moving incidents to another state, with what each state asks for (rules 15 to 19)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.deferral import parse_when
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.incident import LONGEST_COMMENT
from eds_tui.domain.lifecycle import MOVES, State
from eds_tui.domain.triage import ResolutionCode, StateChange
from eds_tui.domain.views import IncidentRow
from eds_tui.services.triage import Triage
from eds_tui.ui import dialogs
from eds_tui.ui.commands.chord import Chord
from eds_tui.ui.features.decision_text import DecisionTexts
from eds_tui.ui.features.decisions import Decide, Decision, Decisions
from eds_tui.ui.features.dialog_draft import DialogDraft
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import in_thread_with_timeout

_STATE_KEYS = {
    "i": (State.IN_PROGRESS, "i In Progress"),
    "t": (State.AWAITING_TRIAGE, "t Triage"),
    "c": (State.ON_HOLD_CUSTOMER, "c Customer"),
    "h": (State.ON_HOLD_CHANGE, "h Change"),
    "d": (State.ON_HOLD_DEFERRAL, "d Deferral"),
    "r": (State.RESOLVED, "r Resolved"),
}


class StateMoves:
    """Asks for a state and for what it must bring, and moves incidents there.

    Args:
        host: The screen.
        decisions: Carries the move out.
        texts: Ask for what a state must bring.
        triage: The service.
        account: Who decides.
        clock: For deferrals.
    """

    def __init__(
        self,
        *,
        host: Host,
        decisions: Decisions,
        texts: DecisionTexts,
        triage: Triage,
        account: Account,
        clock: Clock,
    ) -> None:
        self.host = host
        self._decisions = decisions
        self._texts = texts
        self._triage = triage
        self._account = account
        self._clock = clock

    def ask(self, rows: Sequence[IncidentRow]) -> None:
        """Ask for the letter of a state, of those that some incidents can go to."""
        if not rows:
            return
        possible = {
            key: (state, name)
            for key, (state, name) in _STATE_KEYS.items()
            if any(state in MOVES[each.state] for each in rows)
        }
        if not possible:
            self.host.say("It is closed and stays so. Log a new incident that names this one.")
            return
        names = "  ".join(name for _, name in possible.values())
        answers = {key: partial(self._ask_for, state, rows) for key, (state, _) in possible.items()}
        self.host.ask(Chord(f"State?  {names}", answers))

    def _ask_for(self, state: State, rows: Sequence[IncidentRow]) -> None:
        """Ask for what a state must bring, then move."""
        reopening = any(row.state is State.RESOLVED for row in rows)
        match state:
            case State.ON_HOLD_CUSTOMER:
                self._texts.ask(
                    dialogs.TextDialog("Question to the school", longest=LONGEST_COMMENT),
                    "question",
                    rows,
                    lambda typed, text: self._move(rows, StateChange(state, question=typed), text),
                )
            case State.ON_HOLD_CHANGE:
                self._texts.ask(
                    dialogs.LineDialog("Which change does it wait for?"),
                    "change",
                    rows,
                    lambda typed, text: self._move(
                        rows, StateChange(state, waiting_for=typed), text
                    ),
                )
            case State.ON_HOLD_DEFERRAL:
                self._texts.ask(
                    dialogs.DeferDialog(self._clock), "until", rows, partial(self._defer, rows)
                )
            case State.RESOLVED:
                self._texts.ask(
                    dialogs.ResolveDialog(), "resolution", rows, partial(self._resolve, rows)
                )
            case State.IN_PROGRESS if reopening:
                self._texts.ask(
                    dialogs.LineDialog("Why is it reopened?"),
                    "reopened",
                    rows,
                    lambda typed, text: self._move(rows, StateChange(state, reason=typed), text),
                )
            case _:
                self._move(rows, StateChange(state))

    def _resolve(
        self, rows: Sequence[IncidentRow], end: tuple[ResolutionCode, str], text: DialogDraft
    ) -> None:
        code, what_was_done = end
        change = StateChange(State.RESOLVED, code=code, resolution=what_was_done)
        self._move(rows, change, text)

    def _defer(self, rows: Sequence[IncidentRow], when: str, text: DialogDraft) -> None:
        try:
            until = parse_when(when, self._clock())
        except InvalidInput as error:  # the minute has passed since the dialog judged it
            self._texts.leave(text)
            self.host.refuse(error)
        else:
            self._move(rows, StateChange(State.ON_HOLD_DEFERRAL, until=until), text)

    def _move(
        self, rows: Sequence[IncidentRow], change: StateChange, text: DialogDraft | None = None
    ) -> None:
        what = f"Set state {change.state.label}"

        def decide(row: IncidentRow) -> IncidentRow:
            return self._triage.set_state(self._account, row.number, row.version, change)

        def offer_below() -> None:
            if len(rows) == 1 and rows[0].children:
                self._offer_below(rows[0], what, decide)

        self._decisions.make(
            Decision(what=what, rows=rows, decide=decide, then=offer_below, text=text)
        )

    @task()
    async def _offer_below(self, above: IncidentRow, what: str, decide: Decide) -> None:
        """Offer to do the same on what hangs on a major incident."""
        rows = await in_thread_with_timeout(self._triage.below, self._account, above.number)
        if rows:
            question = f"The same on the {len(rows)} that hang on {above.reference}?"
            sure = await self.host.app.push_screen_wait(
                dialogs.ConfirmDialog(question, yes="Do it", no="Leave them")
            )
            if sure:
                self._decisions.carry_out(Decision(what=what, rows=rows, decide=decide))
