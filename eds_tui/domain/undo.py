"""Taking a decision back: what that comes to, and what it needs (rules 15 to 19, 25).

It is a decision like any other and is checked as the one that it makes: what could not be done by
hand is not done by taking something back either.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from eds_tui.domain.decision import Aspect, aspects
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.lifecycle import CLOSES_AFTER, MOVES_BACK, State, state_at
from eds_tui.domain.triage import (
    check_not_closed,
    deferral_problem,
    not_allowed,
    reason_problem,
    reopens,
)
from eds_tui.domain.triage_fields import Difference, TriageFields, difference, reverted
from eds_tui.domain.views import IncidentRow


class ReasonNeeded(InvalidInput):
    """Taking this back asks for a reason, and none was given.

    Args:
        question: What is asked.
        row: The incident.
    """

    def __init__(self, question: str, row: IncidentRow) -> None:
        super().__init__({"reason": f"{question} A reason is needed."})
        self.question = question
        """What is asked, as the title of a dialog."""
        self.row = row
        """The incident."""


@dataclass(frozen=True, slots=True)
class Undo:
    """A decision and what it is to be taken back to."""

    before: TriageFields
    """As the incident is now."""
    after: TriageFields
    """As it was before the decision."""

    @classmethod
    def of(cls, current: TriageFields, made: Difference, at: datetime) -> Undo:
        """Return what taking a decision back comes to.

        Args:
            current: The fields as they are; nothing but the clock has changed them since.
            made: What the decision changed.
            at: When it was made.
        """
        after = reverted(current, made)
        if "sla_due" in made and "warned" not in made:
            # A due date ahead begins without a warning: what was warned of since was of that one.
            due = made["sla_due"][1]
            if due is None or datetime.fromisoformat(due) > at:
                after = replace(after, warned=0)
        return cls(current, after)

    @property
    def about(self) -> frozenset[Aspect]:
        """What it changes."""
        return aspects(difference(self.before, self.after))

    @property
    def question(self) -> str:
        """What is asked where the move needs a reason (rules 19, 25); empty where it needs none."""
        if self.before.confidential is not self.after.confidential:
            return HIDES if self.after.confidential else SHOWS
        return REOPENS if reopens(self.before.state, self.after.state) else ""

    def check(self, now: datetime, *, answered: bool) -> None:
        """Refuse what could not be done by hand.

        Args:
            now: The moment.
            answered: Whether the school has written since the decision was made.

        Raises:
            InvalidInput: It can't be taken back.
        """
        if self.about - {Aspect.CONFIDENTIAL}:
            check_not_closed(self.before.state)
        if Aspect.STATE in self.about:
            self._check_state(now, answered=answered)

    def check_reason(self, reason: str, row: IncidentRow) -> None:
        """Refuse a reason that is missing or will not do.

        Args:
            reason: Why; may be empty where the move needs none.
            row: The incident.

        Raises:
            ReasonNeeded: The move needs one.
            InvalidInput: It is too long.
        """
        if self.question and not reason.strip():
            raise ReasonNeeded(self.question, row)
        if reason.strip() and (problem := reason_problem(reason)):
            raise InvalidInput(problem)

    def _check_state(self, now: datetime, *, answered: bool) -> None:
        after = self.after
        if after.state not in MOVES_BACK[self.before.state]:
            raise InvalidInput({"state": not_allowed(self.before.state, after.state)})
        if state_at(after.state, after.closes_at, now) is State.CLOSED:
            raise InvalidInput({"state": _WOULD_BE_CLOSED})
        problem = {}
        if after.state is State.ON_HOLD_DEFERRAL:
            problem = deferral_problem(after.deferred_until, now)
        elif after.state is State.ON_HOLD_CUSTOMER and answered:
            problem = {"question": _ANSWERED}
        if problem:
            raise InvalidInput(problem)


REOPENS = "Why is it reopened?"
HIDES = "Hide it: why?"
SHOWS = "Show it to the school: why?"
"""What is asked for the reason of each."""

_WOULD_BE_CLOSED = (
    f"It was resolved more than {CLOSES_AFTER.total_seconds() / 3600:.0f} hours ago and would be"
    " closed at once. Resolve it again instead."
)
_ANSWERED = "The school has written since; ask it again instead."
