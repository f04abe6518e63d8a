"""Looking at what was refused because somebody else was quicker, and deciding again (rule 37)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from textual import work

from eds_tui.domain.views import IncidentRow
from eds_tui.ui.dialogs.conflict import Answer, ConflictDialog
from eds_tui.ui.features.kept_text import KeptText
from eds_tui.ui.runtime.background import changing
from eds_tui.ui.screens.deciding import Decide, DecidingPlace, Outcome, each_of
from eds_tui.ui.textual_ext.typeahead import BLOCKS_INPUT

Result = TypeVar("Result")


@dataclass
class _Refused:
    """What is left of a decision that others were in the way of."""

    outcomes: list[Outcome]
    decide: Decide | None = None
    """``None`` where it can't be made over what is there now."""
    then: Callable[[], None] | None = None
    numbers: tuple[int, ...] = ()
    """All that the decision was about."""
    text: KeptText | None = None
    """What was typed for it."""


class RefusalsPlace(DecidingPlace[Result]):
    """A place in which a refused decision is looked at and made again.

    One that was about a single incident is shown at once; of a decision on several, the refused are
    shown one after the other when they are asked for, and cost no key otherwise.
    """

    _refused: _Refused | None = None

    def open_incident(self, number: int) -> None:
        """Go to an incident."""
        raise NotImplementedError

    def put_fresh(self, row: IncidentRow) -> None:
        """Show an incident as it is now, where it is shown at all."""
        raise NotImplementedError

    def refused(
        self,
        outcomes: Sequence[Outcome],
        decide: Decide | None = None,
        then: Callable[[], None] | None = None,
        text: KeptText | None = None,
    ) -> None:
        """Remember what was refused, and show it where it was the only one."""
        left = [each for each in outcomes if each.conflict is not None]
        numbers = tuple(each.before.number for each in outcomes)
        self._refused = _Refused(left, decide, then, numbers, text) if left else None
        if left and len(outcomes) == 1:
            self._look()

    def action_refused(self) -> None:
        """Show the refused ones."""
        if self._refused is None:
            self.say("Nothing of yours was refused here.")
        else:
            self._look()

    @work
    async def _look(self) -> None:
        """Show the refused ones in turn, until all are seen or the dialog is left."""
        async with self.showing_errors():
            refused = self._refused
            place, total = 0, len(refused.outcomes) if refused else 0
            while refused is not None and place < len(refused.outcomes):
                outcome = refused.outcomes[place]
                count = total - len(refused.outcomes) + place + 1, total
                if outcome.conflict is None:
                    return
                dialog = ConflictDialog(outcome.refusal, outcome.conflict, self._clock(), count)
                answer = await self.app.push_screen_wait(dialog)
                if answer is Answer.MINE:
                    await self._over(refused, outcome).wait()
                    if outcome in refused.outcomes:
                        return  # the notice says why not, and it can be looked at again
                    continue
                self.put_fresh(outcome.conflict.row)
                if answer is Answer.OPEN:
                    self.open_incident(outcome.before.number)
                if answer is not Answer.THEIRS:
                    return
                place += 1

    @work(group=BLOCKS_INPUT)
    async def _over(self, refused: _Refused, outcome: Outcome) -> None:
        """Make the decision over what others have made of an incident, and was shown."""
        async with self.showing_errors():
            place = refused.outcomes.index(outcome)
            if refused.decide is None or outcome.conflict is None:
                return
            fresh = replace(outcome.before, version=outcome.conflict.row.version)
            (again,) = await changing(each_of, (fresh,), refused.decide)
            if again.conflict is not None:
                refused.outcomes[place] = again
                return
            self.tell_outcomes((again,))
            if again.after is not None:
                del refused.outcomes[place]
                self.remember_over(again.before.number, refused.numbers)
                if not refused.outcomes:
                    self._refused = None
                    async with self.settling(refused.text) as settled:
                        settled.made = True
                if refused.then is not None:
                    refused.then()
