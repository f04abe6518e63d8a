"""Computes each triage decision on an incident as it was seen (rules 15 to 25).

Each function is pure. What a decision rests on beside the incident is read before and given to it;
what it does beside changing fields (a comment, an e-mail) it returns and does not do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from eds_tui.domain.account import Account
from eds_tui.domain.decision import Aspect, Decision
from eds_tui.domain.decision_checks import assignable, check_not_so_already, major, pointed_to
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.found import Found
from eds_tui.domain.incident import format_number
from eds_tui.domain.lifecycle import TRIAGE, State
from eds_tui.domain.notification import NotificationKind
from eds_tui.domain.pointer import dealt_with
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import (
    Assignee,
    ResolutionCode,
    StateChange,
    check_change,
    check_not_closed,
)

Decide = Callable[[Found, datetime], Decision]
"""Says what a decision comes to on an incident as it was seen, at a moment."""


def give_priority(found: Found, now: datetime, *, priority: Priority) -> Decision:
    """Give a priority; one that waits for triage is in progress from then on (rule 20).

    Raises:
        InvalidInput: The incident is closed.
    """
    check_not_closed(found.row.state)
    before = found.fields
    already = {"priority": f"The priority is {priority.label} already."}
    after = replace(before, priority=priority)
    if before.state in TRIAGE and priority is not Priority.NONE:
        after = after.moved(State.IN_PROGRESS, now)
        return Decision(after=after, about=Aspect.PRIORITY, notify=NotificationKind.STATE)
    return Decision(after=after, about=Aspect.PRIORITY, already=already)


def change_state(
    found: Found, now: datetime, *, change: StateChange, last_comment: str | None
) -> Decision:
    """Move an incident to another state, with what that state asks for (rules 15 to 19).

    Args:
        found: The incident.
        now: The moment.
        change: What is wanted.
        last_comment: The latest public comment on it.

    Raises:
        InvalidInput: The move is not allowed or lacks something, or it stands like that already.
    """
    check_change(change, found.row.state, now)
    check_not_so_already(found, change, last_comment)
    after = found.fields.moved(change.state, now, change.until)
    if change.state is State.ON_HOLD_CHANGE:
        after = replace(after, waiting_for=change.waiting_for)
    said = {State.ON_HOLD_CUSTOMER: change.question, State.RESOLVED: change.resolution_words}
    notify = NotificationKind.STATE
    if change.state is State.RESOLVED and change.code is not None:
        after = replace(after, resolution_code=change.code.value, late_when_resolved=found.row.late)
        notify = NotificationKind.RESOLVED
    details = {"reason": change.reason} if change.reason else {}
    weighty = State.RESOLVED in {change.state, found.row.state}
    comment = said.get(change.state, "")
    return Decision(
        after=after,
        about=Aspect.STATE,
        comment=comment,
        notify=notify,
        details=details,
        weighty=weighty,
    )


def assign(found: Found, now: datetime, *, assignee: Assignee, person: Account | None) -> Decision:
    """Give an incident to a person, to a team, or back to nobody.

    Args:
        found: The incident.
        now: The moment.
        assignee: Who was chosen.
        person: That person's account as it is now.

    Raises:
        InvalidInput: The incident is closed, or the person can't be given any.
    """
    check_not_closed(found.row.state)
    team = assignee.team
    if assignee.account_id is not None:
        team = assignable(person, assignee.name).team
    after = replace(
        found.fields,
        assigned_to_id=assignee.account_id,
        assigned_to=assignee.name if assignee.account_id is not None else "",
        team=team,
    )
    already = {"assignee": f"It is assigned to {assignee.label} already."}
    return Decision(after=after, about=Aspect.ASSIGNMENT, already=already)


def hide_or_show(found: Found, now: datetime, *, confidential: bool, reason: str) -> Decision:
    """Hide an incident from its school, or show it again (rule 25)."""
    sentence = f"It is {'' if confidential else 'not '}confidential already."
    return Decision(
        after=replace(found.fields, confidential=confidential),
        about=Aspect.CONFIDENTIAL,
        details={"reason": reason},
        already={"confidential": sentence},
        weighty=True,
        drop_unsent=confidential,
    )


def hang(
    found: Found, now: datetime, *, parent: int | None, other: Found | None, has_children: bool
) -> Decision:
    """Hang an incident on a major one, or on none.

    Args:
        found: The incident.
        now: The moment.
        parent: The number of the major one; ``None`` for none.
        other: The incident of that number, where there is one.
        has_children: Whether any incident hangs on the one that is decided on.

    Raises:
        InvalidInput: The incident is closed, or can't hang there.
    """
    check_not_closed(found.row.state)
    above = None if parent is None else major(found, parent, other, has_children=has_children)
    details = {"parent": format_number(parent)} if parent is not None else {}
    after = replace(found.fields, parent_id=above.id if above else None)
    where = f"under {format_number(parent)}" if parent is not None else "under none"
    already = {"parent": f"It hangs {where} already."}
    return Decision(after=after, about=Aspect.LINK, details=details, already=already)


def close_as_duplicate(
    found: Found, now: datetime, *, original: int, other: Found | None
) -> Decision:
    """Close an incident that another one is about already, with a pointer to that one.

    Args:
        found: The incident.
        now: The moment.
        original: The number of the other one.
        other: The incident of that number, where there is one.

    Raises:
        InvalidInput: Either is closed, or there is no such other incident.
    """
    other = pointed_to(found, original, other)
    if found.row.state is State.CLOSED:
        raise InvalidInput({"state": "It is closed already."})
    if other.row.state is State.CLOSED:
        sentence = f"{other.row.reference} is closed; name one that is still open."
        raise InvalidInput({"duplicate_of": sentence})
    after = replace(
        found.fields.moved(State.CLOSED, now),
        resolution_code=ResolutionCode.DUPLICATE.value,
        duplicate_of_id=other.id,
        late_when_resolved=found.row.late,
    )
    return Decision(
        after=after, about=Aspect.STATE, comment=dealt_with(), notify=NotificationKind.CLOSED,
        details={"duplicate_of": other.row.reference}, weighty=True, points_to=other.id,
    )  # fmt: skip
