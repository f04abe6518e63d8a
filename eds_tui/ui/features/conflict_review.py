"""Looking at what was refused because somebody else was quicker, and deciding again (rule 37)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eds_tui.domain.clock import Clock
from eds_tui.ui import dialogs
from eds_tui.ui.features.decision_text import DecisionTexts
from eds_tui.ui.features.decisions import (
    Decision,
    DecisionMemory,
    IncidentsInHand,
    Outcome,
    each_of,
    show_outcomes,
)  # fmt: skip
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import changing


@dataclass
class _Refused:
    """What is left of a decision that version conflicts were in the way of."""

    outcomes: list[Outcome]
    decision: Decision | None
    """``None`` where it can't be made over what is there now."""


class ConflictReview:
    """Shows the version conflicts of the last decision, and makes it again where that is wanted.

    One that was about a single incident is shown at once; of a decision on several, the refused are
    shown one after the other when they are asked for, and cost no key otherwise.

    Args:
        host: The screen.
        in_hand: Shows what becomes of the incidents.
        memory: What the session remembers.
        texts: What was typed for decisions.
        clock: For how times are written.
    """

    def __init__(
        self,
        *,
        host: Host,
        in_hand: IncidentsInHand,
        memory: DecisionMemory,
        texts: DecisionTexts,
        clock: Clock,
    ) -> None:
        self.host = host
        self._in_hand = in_hand
        self._memory = memory
        self._texts = texts
        self._clock = clock
        self._refused: _Refused | None = None

    def remember(self, outcomes: Sequence[Outcome], decision: Decision | None = None) -> None:
        """Remember what was refused, and show it where it was the only one.

        Args:
            outcomes: What came of a decision, one for each incident.
            decision: What was decided; ``None`` where it can't be decided again.
        """
        left = [each for each in outcomes if each.conflict is not None]
        self._refused = _Refused(left, decision) if left else None
        if left and len(outcomes) == 1:
            self._look()

    def show(self) -> None:
        """Show the refused ones."""
        if self._refused is None:
            self.host.say("Nothing of yours was refused here.")
        else:
            self._look()

    @task()
    async def _look(self) -> None:
        """Show the refused ones in turn, until all are seen or the dialog is left."""
        refused = self._refused
        index, total = 0, len(refused.outcomes) if refused else 0
        while refused is not None and index < len(refused.outcomes):
            outcome = refused.outcomes[index]
            count = total - len(refused.outcomes) + index + 1, total
            if outcome.conflict is None:
                return
            dialog = dialogs.ConflictDialog(outcome.refusal, outcome.conflict, self._clock(), count)
            answer = await self.host.app.push_screen_wait(dialog)
            if answer is dialogs.Answer.MINE:
                await self._decide_again(refused, outcome).wait()
                if outcome in refused.outcomes:
                    return  # the notice says why not, and it can be looked at again
                continue
            self._in_hand.put_fresh(outcome.conflict.row)
            if answer is dialogs.Answer.OPEN:
                self._in_hand.open_incident(outcome.before.number)
            if answer is not dialogs.Answer.THEIRS:
                return
            index += 1

    @task(blocks_input=True)
    async def _decide_again(self, refused: _Refused, outcome: Outcome) -> None:
        """Make the decision over what others have made of an incident, and was shown."""
        index, decision = refused.outcomes.index(outcome), refused.decision
        if decision is None or outcome.conflict is None:
            return
        fresh = replace(outcome.before, version=outcome.conflict.row.version)
        (again,) = await changing(each_of, (fresh,), decision.decide)
        if again.conflict is not None:
            refused.outcomes[index] = again
            return
        show_outcomes(self.host, self._in_hand, (again,))
        if again.after is not None:
            del refused.outcomes[index]
            self._memory.add(again.before.number, [row.number for row in decision.rows])
            if not refused.outcomes:
                self._refused = None
                async with self._texts.settling(decision.text) as settled:
                    settled.made = True
            if decision.then is not None:
                decision.then()
