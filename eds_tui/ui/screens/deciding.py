"""Deciding about incidents: carrying a decision out, saying what came of it, taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TypeVar

from textual import work

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import EdsError, ShutOut
from eds_tui.domain.presence import Writing
from eds_tui.domain.version_conflict import ConflictingChange, VersionConflict
from eds_tui.domain.views import IncidentRow
from eds_tui.services.conversation import Conversation
from eds_tui.services.history import History
from eds_tui.services.triage import Triage
from eds_tui.ui.commands.triage import Refused
from eds_tui.ui.dialogs.confirm import ConfirmDialog
from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.dialogs.write import LineDialog
from eds_tui.ui.features.kept_text import KeptText, Settled, settling
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.features.undo import TakenBack, take_back_each
from eds_tui.ui.runtime.background import changing
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.textual_ext.typeahead import BLOCKS_INPUT
from eds_tui.ui.wording import due_text

Result = TypeVar("Result")
Answer = TypeVar("Answer")
Decide = Callable[[IncidentRow], IncidentRow]
"""Makes a decision on one incident and returns it as it then is; runs in a thread."""


@dataclass
class Memory:
    """What a session remembers of its decisions, whichever place they were made in."""

    decided: tuple[int, ...] = ()
    """The numbers of the last decision."""


@dataclass(frozen=True)
class Deciding:
    """The services that make decisions, take work notes and tell what happened."""

    triage: Triage
    history: History
    conversation: Conversation
    memory: Memory
    drafts: SessionDrafts
    """Keep what is typed for a decision until it is made."""


@dataclass(frozen=True)
class Outcome:
    """What came of a decision on one incident."""

    before: IncidentRow
    after: IncidentRow | None
    refusal: str = ""
    conflict: ConflictingChange | None = None
    """What somebody else has changed, where that is why it was refused."""


class DecidingPlace(BaseScreen[Result]):
    """A place in which one decides about incidents.

    Args:
        deciding: The services, and what the session remembers.
        account: Who decides.
        clock: For deferrals.
    """

    def __init__(self, deciding: Deciding, account: Account, clock: Clock) -> None:
        super().__init__()
        self._triage, self._history = deciding.triage, deciding.history
        self._notes = deciding.conversation
        self._memory = deciding.memory
        self._drafts = deciding.drafts
        self._account = account
        self._clock = clock
        self._about: tuple[IncidentRow, ...] = ()
        self._text: KeptText | None = None
        """What was typed for the decision that is being made."""

    def targets(self) -> Sequence[IncidentRow]:
        """Return what a decision is about: what is ticked, else what is under the cursor."""
        raise NotImplementedError

    def decided(self, outcomes: Sequence[Outcome], *, move_on: bool = True) -> None:
        """Show what came of a decision.

        Args:
            outcomes: One for each incident.
            move_on: Whether the next incident is to be decided about.
        """
        raise NotImplementedError

    def writing(self) -> Writing | None:
        """Return the work note or decision that is being typed in a dialog."""
        front = self.app.screen
        if not isinstance(front, Dialog) or not front.is_mounted:
            return None
        if not self._about or not self._account.may(Action.TRIAGE):
            return None
        return Writing(self._about[0].number, internal=True) if front.written().strip() else None

    def refused(
        self,
        outcomes: Sequence[Outcome],
        decide: Decide | None = None,
        then: Callable[[], None] | None = None,
        text: KeptText | None = None,
    ) -> None:
        """Let the person look at what others were in the way of.

        Args:
            outcomes: What came of a decision, one for each incident.
            decide: Makes it again; ``None`` where it can't be.
            then: What follows once it is made.
            text: What was typed for it, kept until it is made on all.
        """
        raise NotImplementedError

    def _decide(self, what: str, decide: Decide, then: Callable[[], None] | None = None) -> None:
        """Decide on every target; more than one is asked about, with their number.

        Args:
            what: The decision as it is asked about: ``Set priority 3 – Medium``.
            decide: Makes it on one.
            then: What follows once it is made.
        """
        rows, text = self._about, self._text
        if len(rows) > 1:
            question = f"{what} on {len(rows)} incidents?"

            def answered(sure: bool | None) -> None:
                if sure:
                    self._go_ahead(rows, decide, then, text)
                else:
                    self._leave_text(text)

            self.app.push_screen(ConfirmDialog(question, yes="Do it", no="Leave them"), answered)
        elif rows:
            self._go_ahead(rows, decide, then, text)

    def _go_ahead(
        self,
        rows: tuple[IncidentRow, ...],
        decide: Decide,
        then: Callable[[], None] | None = None,
        text: KeptText | None = None,
    ) -> None:
        self._carry_out(rows, decide, then, text)

    @work(group=BLOCKS_INPUT)
    async def _carry_out(
        self,
        rows: tuple[IncidentRow, ...],
        decide: Decide,
        then: Callable[[], None] | None,
        text: KeptText | None,
    ) -> None:
        async with self.showing_errors():
            async with self.settling(text) as settled:
                outcomes = await changing(each_of, rows, decide)
                done = tuple(each.before.number for each in outcomes if each.after)
                settled.made = len(done) == len(outcomes)
                self._memory.decided = done or self._memory.decided
                self.tell_outcomes(outcomes)
            self.refused(outcomes, decide, then, text)
            if done and then is not None:
                then()

    def settling(self, text: KeptText | None) -> AbstractAsyncContextManager[Settled]:
        """Forget what was typed for something where that is made inside; else keep it."""
        return settling(text, self.showing_errors)

    @work
    async def _leave_text(self, text: KeptText | None) -> None:
        async with self.settling(text):
            """Nothing came of it."""

    async def keep(self) -> bool:
        """Keep what was typed for a decision that is just being made."""
        text = self._text
        if text is None or text.is_settled:
            return True
        kept = []
        async with self.showing_errors():
            kept.append(await text.keep())
        return bool(kept)

    def tell_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """Show and say what came of a decision."""
        self.decided(outcomes)
        self.notice.say(_summary(outcomes), bad=any(each.after is None for each in outcomes))

    def _one(self) -> IncidentRow | None:
        """Take down what the decision is about, which stays with it, and return the first."""
        self._about, self._text = tuple(self.targets()), None
        return self._about[0] if self._about else None

    def ask_text(self, dialog: Dialog[Answer], name: str, then: Callable[[Answer], None]) -> None:
        """Ask for a text about the incidents in hand, which is kept until it has led to something.

        Args:
            dialog: Asks for it; what was left in it before is put back.
            name: What is asked for, as the drafts call it.
            then: What is done with the answer.
        """
        text = KeptText(self._drafts, name, [row.number for row in self._about])
        dialog.keeper = text

        def answered(answer: Answer | None) -> None:
            if answer is None:
                self._throw_away(text)
            else:
                self._text = text
                then(answer)

        self.app.push_screen(dialog, answered)

    @work
    async def _throw_away(self, text: KeptText) -> None:
        async with self.showing_errors():
            await text.drop()

    def remember_over(self, number: int, numbers: tuple[int, ...]) -> None:
        """Count an incident that was decided on in the end to the decision on all of them."""
        others = (each for each in self._memory.decided if each in numbers and each != number)
        self._memory.decided = (*others, number)

    def action_undo(self) -> None:
        """Take one's own last decision back."""
        under = self._one()
        numbers = self._memory.decided or ((under.number,) if under else ())
        if not numbers:
            self.say(_NOTHING_TO_UNDO)
            return
        decided_here = bool(self._memory.decided)
        self._memory.decided = ()
        self._take_back(numbers, decided_here=decided_here)

    @work(group=BLOCKS_INPUT)
    async def _take_back(
        self,
        numbers: tuple[int, ...],
        *,
        decided_here: bool,
        reason: str = "",
        text: KeptText | None = None,
    ) -> None:
        async with self.showing_errors():
            async with self.settling(text) as settled:
                taken = await changing(take_back_each, self._triage, self._account, numbers, reason)
                settled.made = len(taken.done) == len(numbers)
            if taken.is_nothing and not decided_here:
                self.say(_NOTHING_TO_UNDO)
                return
            outcomes = [Outcome(row, row) for row in taken.done]
            if outcomes:
                self.decided(outcomes, move_on=False)
            names = ", ".join(row.reference for row in taken.done)
            words = [f"Taken back: {names}."] if names else []
            hint = [_HOW_TO_LOOK] if len(numbers) > 1 and taken.conflicts else []
            if told := [*words, *taken.refusals, *hint]:
                self.notice.say(" ".join(told), bad=bool(taken.refusals))
            outcomes += [
                Outcome(e.conflict.row, None, e.message, e.conflict) for e in taken.conflicts
            ]
            self.refused(outcomes)
            if taken.needs_reason:
                self._ask_why_taken_back(taken)

    def _ask_why_taken_back(self, taken: TakenBack) -> None:
        question, self._about, later = taken.asked()
        numbers = tuple(row.number for row in self._about)
        # Left with Esc, it is still what the key takes back.
        self._memory.decided = (*numbers, *later)

        def go_on(reason: str) -> None:
            self._memory.decided = later
            self._take_back(numbers, decided_here=True, reason=reason, text=self._text)

        self.ask_text(LineDialog(question), "undo", go_on)


_HOW_TO_LOOK = f"{Refused.key()} shows what changed."
_NOTHING_TO_UNDO = "There is nothing of yours to undo here."


def each_of(rows: Sequence[IncidentRow], decide: Decide) -> list[Outcome]:
    """Make a decision on each of some incidents, and return what came of it."""
    outcomes = []
    for row in rows:
        try:
            outcomes.append(Outcome(row, decide(row)))
        except ShutOut:
            raise
        except VersionConflict as error:
            outcomes.append(Outcome(row, None, error.message, error.conflict))
        except EdsError as error:
            outcomes.append(Outcome(row, None, error.message))
    return outcomes


def _summary(outcomes: Sequence[Outcome]) -> str:
    """Return what is said of a decision: how many were done, and each one refused with why."""
    refused = [each for each in outcomes if each.after is None]
    if len(outcomes) == 1:
        (only,) = outcomes
        return only.refusal if only.after is None else _now(only.after)
    words = f"{len(outcomes) - len(refused)} done"
    if refused:
        reasons = " ".join(map(_named, refused))
        words += f", {len(refused)} refused: {reasons}"
    if any(each.conflict for each in refused):
        words += f" {_HOW_TO_LOOK}"
    return words


def _named(outcome: Outcome) -> str:
    reference = outcome.before.reference
    known = outcome.refusal.startswith(reference)
    return outcome.refusal if known else f"{reference}: {outcome.refusal}"


def _now(row: IncidentRow) -> str:
    due = f", due {due_text(row)}" if row.sla_due else ""
    whose = f", {row.assignment}" if row.assignment else ""
    return f"{row.reference}: {row.priority.label}, {row.state.label}{due}{whose}"
