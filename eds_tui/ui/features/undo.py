"""Taking one's own last decision back on each of some incidents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from eds_tui.domain.account import Account
from eds_tui.domain.errors import Conflict, EdsError, InvalidInput, ShutOut
from eds_tui.domain.incident import format_number
from eds_tui.domain.undo import ReasonNeeded
from eds_tui.domain.version_conflict import VersionConflict
from eds_tui.domain.views import IncidentRow
from eds_tui.services.triage import Triage
from eds_tui.ui import dialogs
from eds_tui.ui.features.conflict_review import ConflictReview
from eds_tui.ui.features.decision_text import DecisionTexts
from eds_tui.ui.features.decisions import (
    HOW_TO_LOOK,
    DecisionMemory,
    IncidentsInHand,
    Outcome,
)  # fmt: skip
from eds_tui.ui.features.dialog_draft import DialogDraft
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import changing

_NOTHING_TO_UNDO = "There is nothing of yours to undo here."


class LastDecision:
    """Takes the last decision of the session back, or that on the incident in hand.

    Args:
        host: The screen.
        in_hand: The incidents.
        triage: The service.
        account: Whose decisions they are.
        memory: What the session remembers.
        texts: Ask for a reason.
        review: Shows what others have changed since.
    """

    def __init__(
        self,
        *,
        host: Host,
        in_hand: IncidentsInHand,
        triage: Triage,
        account: Account,
        memory: DecisionMemory,
        texts: DecisionTexts,
        review: ConflictReview,
    ) -> None:
        self.host = host
        self._in_hand = in_hand
        self._triage = triage
        self._account = account
        self._memory = memory
        self._texts = texts
        self._review = review

    def undo(self) -> None:
        """Take one's own last decision back."""
        under = self._in_hand.first()
        numbers = self._memory.decided or ((under.number,) if under else ())
        if not numbers:
            self.host.say(_NOTHING_TO_UNDO)
            return
        decided_here = bool(self._memory.decided)
        self._memory.decided = ()
        self._take_back(numbers, decided_here=decided_here)

    @task(blocks_input=True)
    async def _take_back(
        self,
        numbers: tuple[int, ...],
        *,
        decided_here: bool,
        reason: str = "",
        text: DialogDraft | None = None,
    ) -> None:
        async with self._texts.settling(text) as settled:
            taken = await changing(take_back_each, self._triage, self._account, numbers, reason)
            settled.made = len(taken.done) == len(numbers)
        if taken.is_nothing and not decided_here:
            self.host.say(_NOTHING_TO_UNDO)
            return
        outcomes = [Outcome(row, row) for row in taken.done]
        if outcomes:
            self._in_hand.show_outcomes(outcomes, move_on=False)
        if words := taken.in_words(several=len(numbers) > 1):
            self.host.say(words, bad=bool(taken.refusals))
        outcomes += [Outcome(e.conflict.row, None, e.message, e.conflict) for e in taken.conflicts]
        self._review.remember(outcomes)
        if taken.needs_reason:
            self._ask_reason(taken)

    def _ask_reason(self, taken: TakenBack) -> None:
        question, rows, later = taken.asked()
        numbers = tuple(row.number for row in rows)
        # Left with Esc, it is still what the key takes back.
        self._memory.decided = (*numbers, *later)

        def go_on(reason: str, text: DialogDraft) -> None:
            self._memory.decided = later
            self._take_back(numbers, decided_here=True, reason=reason, text=text)

        self._texts.ask(dialogs.LineDialog(question), "undo", rows, go_on)


@dataclass
class TakenBack:
    """What came of taking decisions back."""

    done: list[IncidentRow] = field(default_factory=list)
    """The incidents of which it was taken back, as they then are."""
    conflicts: list[VersionConflict] = field(default_factory=list)
    """Those that others have changed since."""
    needs_reason: list[ReasonNeeded] = field(default_factory=list)
    """Those that nothing was done about yet: a reason is to be asked for."""
    refusals: list[str] = field(default_factory=list)
    """Why each of the others was not, those that others have changed among them."""
    is_nothing: bool = True
    """Whether there was nothing of this person's to take back anywhere."""

    def asked(self) -> tuple[str, tuple[IncidentRow, ...], tuple[int, ...]]:
        """Return what to ask, for which incidents, and the numbers of those asked about later."""
        question = self.needs_reason[0].question
        rows = [each.row for each in self.needs_reason if each.question == question]
        later = [each.row.number for each in self.needs_reason if each.question != question]
        return question, tuple(rows), tuple(later)

    def in_words(self, *, several: bool) -> str:
        """Return what is said of it, if anything.

        Args:
            several: Whether it was about more than one incident.
        """
        names = ", ".join(row.reference for row in self.done)
        words = [f"Taken back: {names}."] if names else []
        hint = [HOW_TO_LOOK] if several and self.conflicts else []
        return " ".join([*words, *self.refusals, *hint])


def take_back_each(
    triage: Triage, account: Account, numbers: Sequence[int], reason: str = ""
) -> TakenBack:
    """Take back what can be.

    Args:
        triage: The service.
        account: Whose decisions they are.
        numbers: The incidents'.
        reason: Why; may be empty until it is asked for.
    """
    taken = TakenBack()
    for number in numbers:
        try:
            taken.done.append(triage.undo(account, number, reason))
        except ShutOut:
            raise
        except ReasonNeeded as needed:
            taken.needs_reason.append(needed)
        except VersionConflict as error:
            taken.conflicts.append(error)
            taken.refusals.append(error.message)
        except InvalidInput as error:
            # The sentence is about the decision; of several it has to say whose.
            named = f"{format_number(number)}: " if len(numbers) > 1 else ""
            taken.refusals.append(f"{named}{error.message}")
        except Conflict as error:
            taken.refusals.append(error.message)
            continue
        except EdsError as error:
            taken.refusals.append(error.message)
        taken.is_nothing = False
    return taken
