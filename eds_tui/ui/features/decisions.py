"""Deciding about incidents: carrying a decision out on each, and saying what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from eds_tui.domain.errors import EdsError, ShutOut
from eds_tui.domain.row_in_words import state_label
from eds_tui.domain.version_conflict import ConflictingChange, VersionConflict
from eds_tui.domain.views import IncidentRow
from eds_tui.services.callers import Callers
from eds_tui.services.canned_replies import CannedReplies
from eds_tui.services.conversation import Conversation
from eds_tui.services.files import FileShelf
from eds_tui.services.history import History
from eds_tui.services.triage import Triage
from eds_tui.ui import dialogs
from eds_tui.ui.commands.triage import Refused
from eds_tui.ui.features.decision_text import DecisionTexts
from eds_tui.ui.features.dialog_draft import DialogDraft
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.presentation.incident_text import due_text
from eds_tui.ui.runtime.background import changing

HOW_TO_LOOK = f"{Refused.key()} shows what changed."
"""Said where something was refused because somebody else was quicker."""
Decide = Callable[[IncidentRow], IncidentRow]
"""Makes a decision on one incident and returns it as it then is; runs in a thread."""


@dataclass
class DecisionMemory:
    """What a session remembers of its decisions, whichever screen they were made on."""

    decided: tuple[int, ...] = ()
    """The numbers of the last decision."""
    logged: int = 0
    """The number of what was logged last, until the cursor of the queue has gone to it."""

    def add(self, number: int, numbers: Sequence[int]) -> None:
        """Count an incident that was decided on in the end to the decision on all of them."""
        others = (each for each in self.decided if each in numbers and each != number)
        self.decided = (*others, number)


@dataclass(frozen=True, kw_only=True)
class DecisionServices:
    """The services that make decisions, take work notes and know what happened."""

    triage: Triage
    history: History
    conversation: Conversation
    callers: Callers
    memory: DecisionMemory
    drafts: SessionDrafts
    """Keep what is typed for a decision until it is made."""
    replies: CannedReplies
    """Has the canned replies."""
    shelf: FileShelf
    """Where the files of a work note are chosen from."""


@dataclass(frozen=True)
class Outcome:
    """What came of a decision on one incident."""

    before: IncidentRow
    after: IncidentRow | None
    refusal: str = ""
    conflict: ConflictingChange | None = None
    """What somebody else has changed, where that is why it was refused."""


class ShowOutcomes(Protocol):
    """Shows on the screen what came of a decision."""

    def __call__(self, outcomes: Sequence[Outcome], *, move_on: bool) -> None:
        """Show it.

        Args:
            outcomes: One for each incident; none after a work note.
            move_on: Whether the next incident is to be decided about.
        """


@dataclass(frozen=True, kw_only=True)
class IncidentsInHand:
    """The incidents that a screen has for decisions, and how it shows what becomes of them."""

    targets: Callable[[], Sequence[IncidentRow]]
    """Returns what a decision is about: what is ticked, else what is under the cursor."""
    show_outcomes: ShowOutcomes
    put_fresh: Callable[[IncidentRow], None]
    """Shows an incident as it is now, where it is shown at all."""
    open_incident: Callable[[int], None]
    """Goes to the incident with a number."""
    rang: Callable[[str], object] = lambda caller: None
    """Is told who rang about it, whose words may follow."""

    def first(self) -> IncidentRow | None:
        """Return the first of what a decision is about."""
        return next(iter(self.targets()), None)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision on some incidents."""

    what: str
    """As it is asked about: ``Set priority 3 – Medium``."""
    rows: Sequence[IncidentRow]
    """The incidents."""
    decide: Decide
    done: str = ""
    """Said beside where it was made, for what a row does not tell: ``under INC0000002``."""
    then: Callable[[], None] | None = None
    """What follows once it is made on one at least."""
    text: DialogDraft | None = None
    """What was typed for it, kept until it is made on all."""


class Decisions:
    """Carries decisions out, and says what came of them.

    Args:
        host: The screen.
        in_hand: Shows what becomes of the incidents.
        memory: What the session remembers.
        texts: What was typed for decisions.
        refused: Called after every decision with what came of it on each, and the decision.
    """

    def __init__(
        self,
        *,
        host: Host,
        in_hand: IncidentsInHand,
        memory: DecisionMemory,
        texts: DecisionTexts,
        refused: Callable[[Sequence[Outcome], Decision], None],
    ) -> None:
        self.host = host
        self._in_hand = in_hand
        self._memory = memory
        self._texts = texts
        self._refused = refused

    def make(self, decision: Decision) -> None:
        """Decide on every incident; more than one is asked about, with their number."""
        count = len(decision.rows)
        if count > 1:

            def answered(sure: bool | None) -> None:
                if sure:
                    self.carry_out(decision)
                else:
                    self._texts.leave(decision.text)

            dialog = dialogs.ConfirmDialog(
                f"{decision.what} on {count} incidents?", yes="Do it", no="Leave them"
            )
            self.host.app.push_screen(dialog, answered)
        elif count:
            self.carry_out(decision)

    @task(blocks_input=True)
    async def carry_out(self, decision: Decision) -> None:
        """Decide on every incident without asking."""
        async with self._texts.settling(decision.text) as settled:
            outcomes = await changing(each_of, decision.rows, decision.decide)
            done = tuple(each.before.number for each in outcomes if each.after)
            settled.made = len(done) == len(outcomes)
            self._memory.decided = done or self._memory.decided
            show_outcomes(self.host, self._in_hand, outcomes, done=decision.done)
        self._refused(outcomes, decision)
        if done and decision.then is not None:
            decision.then()


def show_outcomes(
    host: Host, in_hand: IncidentsInHand, outcomes: Sequence[Outcome], *, done: str = ""
) -> None:
    """Show and say what came of a decision.

    Args:
        host: The screen.
        in_hand: Shows what becomes of the incidents.
        outcomes: One for each incident.
        done: What is said beside where it was made.
    """
    in_hand.show_outcomes(outcomes, move_on=True)
    host.say(_summary(outcomes, done), bad=any(each.after is None for each in outcomes))


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


def _summary(outcomes: Sequence[Outcome], done: str) -> str:
    """Return what is said of a decision: how many were done, and each one refused with why."""
    refused = [each for each in outcomes if each.after is None]
    if len(outcomes) == 1:
        (only,) = outcomes
        return only.refusal if only.after is None else _now(only.after, done)
    count = len(outcomes) - len(refused)
    words = f"{count} done{f', {done}' if done and count else ''}"
    if refused:
        reasons = " ".join(map(_named, refused))
        words += f", {len(refused)} refused: {reasons}"
    if any(each.conflict for each in refused):
        words += f" {HOW_TO_LOOK}"
    return words


def _named(outcome: Outcome) -> str:
    reference = outcome.before.reference
    known = outcome.refusal.startswith(reference)
    return outcome.refusal if known else f"{reference}: {outcome.refusal}"


def _now(row: IncidentRow, done: str) -> str:
    due = f", due {due_text(row)}" if row.sla_due else ""
    whose = f", {row.assignment}" if row.assignment else ""
    said = f"{done}; " if done else ""
    return f"{row.reference}: {said}{row.priority.label}, {state_label(row)}{due}{whose}"
