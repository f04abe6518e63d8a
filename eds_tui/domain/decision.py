"""What a triage decision changes, and which decisions conflict with one another (rule 37)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.lifecycle import State
from eds_tui.domain.notification import NotificationKind
from eds_tui.domain.triage_fields import TriageFields, difference


class Aspect(StrEnum):
    """What a decision can be about."""

    STATE = "state"
    PRIORITY = "priority"
    ASSIGNMENT = "assignment"
    CONFIDENTIAL = "confidential"
    LINK = "link"
    CATEGORY = "category"
    IMPACT = "impact"
    SCHOOL = "school"
    CALLER = "caller"
    TELEPHONE = "telephone"
    EMAIL = "email"
    DESCRIPTION = "description"


FIELDS_OF: dict[Aspect, frozenset[str]] = {
    Aspect.STATE: frozenset(
        {
            "state", "deferred_until", "waiting_for", "flag", "resolution_code", "duplicate_of_id",
        }
    ),
    Aspect.PRIORITY: frozenset({"priority"}),
    Aspect.ASSIGNMENT: frozenset({"assigned_to_id", "assigned_to", "team"}),
    Aspect.CONFIDENTIAL: frozenset({"confidential"}),
    Aspect.LINK: frozenset({"parent_id"}),
    Aspect.CATEGORY: frozenset({"category"}),
    Aspect.IMPACT: frozenset({"impact"}),
    Aspect.SCHOOL: frozenset({"school_id"}),
    Aspect.CALLER: frozenset({"contact_name"}),
    Aspect.TELEPHONE: frozenset({"contact_telephone"}),
    Aspect.EMAIL: frozenset({"contact_email"}),
    Aspect.DESCRIPTION: frozenset({"description"}),
}  # fmt: skip
"""The fields that people decide on; due dates, warnings and pauses only follow from them."""

PUT_RIGHT = frozenset(
    {
        Aspect.CATEGORY, Aspect.IMPACT, Aspect.SCHOOL, Aspect.CALLER, Aspect.TELEPHONE,
        Aspect.EMAIL, Aspect.DESCRIPTION,
    }
)  # fmt: skip
"""What was logged, which is put right field by field (rule 40)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a triage decision comes to."""

    after: TriageFields
    about: Aspect
    """What it decides, even where it leaves it as it was."""
    comment: str = ""
    """A public comment that it brings with it."""
    notify: NotificationKind | None = None
    details: dict[str, Any] = field(default_factory=dict)
    """What the history keeps beside the changed fields."""
    already: dict[str, str] = field(default_factory=dict)
    """Field to sentence: what is said where it changes nothing, and then nothing is kept."""
    weighty: bool = False
    """Whether it rests on all that was seen, and not only on what it changes."""
    points_to: int | None = None
    """The row id of the incident that the comment points to, which its text does not name."""
    drop_unsent: bool = False
    """Whether every e-mail about the incident that has not been sent is dropped (rule 25)."""
    moves_school: bool = False
    """Whether it goes to another school, which gets nothing of what was said before (rule 40)."""
    drop_mail: int | None = None
    """The row id of the one e-mail that is dropped (rule 28)."""

    def check(self, before: TriageFields) -> None:
        """Refuse a decision that changes nothing.

        Raises:
            InvalidInput: What it would come to is so already.
        """
        if self.after == before and not self.comment:
            raise InvalidInput(self.already)


_ENDED = frozenset({State.RESOLVED, State.CLOSED})


def aspects(names: Collection[str]) -> frozenset[Aspect]:
    """Return what a change of some fields is about."""
    return frozenset(aspect for aspect, fields in FIELDS_OF.items() if not fields.isdisjoint(names))


def conflicts(seen: TriageFields, now: TriageFields, decision: Decision) -> bool:
    """Return whether what others have done stands in the way of a decision (rule 37).

    Two decisions go side by side where they are about different things and each means the same
    whether or not the other was made: a priority and an assignment, a hold and a link. To ask would
    cost a key and bring no other answer. The due date is counted anew from what both come to.

    A person is asked where the decision rests on what has changed since:

    - both are about one thing, be it to the same end: two states, two priorities, two assignments.
      A priority that takes an incident out of triage is about its state as well;
    - the other one ended the incident or brought it back: what comes after was meant for the other
      half of its life;
    - it says something to the school, and whether the school may see the incident has changed, or
      which school it is;
    - it resolves, closes as a duplicate, reopens, hides or shows: these rest on all that was seen.
      Nobody ends what a colleague has just taken on, or made critical, without knowing it.

    What was changed and changed back stands in nobody's way.

    Args:
        seen: The fields on the screen of whoever decides.
        now: The fields as others have left them.
        decision: What is wanted, made on what was seen.
    """
    theirs = aspects(difference(seen, now).keys())
    mine = aspects(difference(seen, decision.after).keys()) | {decision.about}
    ended = seen.state is not now.state and not _ENDED.isdisjoint({seen.state, now.state})
    says = bool(decision.comment) or Aspect.SCHOOL in mine
    shown = says and not theirs.isdisjoint({Aspect.CONFIDENTIAL, Aspect.SCHOOL})
    return bool(theirs) and (decision.weighty or ended or shown or bool(theirs & mine))
