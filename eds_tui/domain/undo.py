"""Computes what undoing a decision changes, and what it needs (rules 15 to 19, 25).

It is a decision like any other and is checked as the one that it makes: what could not be done by
hand is not done by taking something back either.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from eds_tui.domain.account import Account
from eds_tui.domain.correction import MOVED_BACK, told
from eds_tui.domain.decision import Aspect, Decision, aspects
from eds_tui.domain.decision_checks import assignable, major
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.found import Found
from eds_tui.domain.lifecycle import CLOSES_AFTER, MOVES_BACK, State, state_at
from eds_tui.domain.notification import DecisionMail, NotificationKind
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


@dataclass(frozen=True, slots=True, kw_only=True)
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
            if due is None or due > at:
                after = replace(after, warned=0)
        return cls(before=current, after=after)

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
        if Aspect.SCHOOL in self.about:
            raise InvalidInput({"undo": MOVED_BACK})
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """The major incident that an incident is to hang on again."""

    number: int
    other: Found | None
    """The incident of that number, where there is one."""
    has_children: bool
    """Whether any incident hangs on the one that is decided on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoFacts:
    """What taking a decision back rests on beside the incident."""

    answered: bool
    """Whether the school has written since the decision was made."""
    person: Account | None
    """Whoever it is given back to, as their account is now."""
    above: Above | None
    """What it hangs on again."""
    mail: DecisionMail | None
    """The e-mail to the school about the decision."""


def take_back(
    found: Found, now: datetime, *, undo: Undo, facts: UndoFacts, reason: str
) -> Decision:
    """Return the decision that taking a decision back comes to.

    The e-mail about it is dropped where it has not been sent; else the school gets another, that
    it was taken back. What was put right by it is put back, and the school reads that too.

    Args:
        found: The incident as it is.
        now: The moment.
        undo: What is taken back.
        facts: What that rests on.
        reason: Why; may be empty where the move needs none.

    Raises:
        ReasonNeeded: The move needs a reason.
        InvalidInput: What it comes to could not be done by hand.
    """
    undo.check(now, answered=facts.answered)
    _check_pointers(found, undo, facts)
    undo.check_reason(reason, found.row)
    mail = facts.mail
    details: dict[str, Any] = {"undone": True} | ({"reason": reason} if reason else {})
    return Decision(
        after=undo.after,
        about=min(undo.about, default=Aspect.STATE),
        comment=told(found.fields, undo.after),
        notify=NotificationKind.TAKEN_BACK if mail and mail.is_told(now) else None,
        details=details,
        already={"undo": f"{found.row.reference} is as it was before that decision already."},
        drop_unsent=undo.after.confidential,
        drop_mail=mail.id if mail and mail.sent_at is None else None,
    )


def _check_pointers(found: Found, undo: Undo, facts: UndoFacts) -> None:
    """Refuse to give it back to who has left, or to hang it where nothing can hang by now."""
    after = undo.after
    if Aspect.ASSIGNMENT in undo.about and after.assigned_to_id is not None:
        assignable(facts.person, after.assigned_to)
    if (above := facts.above) is not None:
        major(found, above.number, above.other, has_children=above.has_children)


REOPENS = "Why is it reopened?"
HIDES = "Hide it: why?"
SHOWS = "Show it to the school: why?"
"""What is asked for the reason of each."""

_WOULD_BE_CLOSED = (
    f"It was resolved more than {CLOSES_AFTER.total_seconds() / 3600:.0f} hours ago and would be"
    " closed at once. Resolve it again instead."
)
_ANSWERED = "The school has written since; ask it again instead."
