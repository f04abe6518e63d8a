"""Checks what a decision refers to: people, other incidents, the current state."""

from __future__ import annotations

from eds_tui.domain.account import Account, Action
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.found import Found
from eds_tui.domain.incident import format_number
from eds_tui.domain.lifecycle import State
from eds_tui.domain.triage import StateChange


def assignable(person: Account | None, name: str) -> Account:
    """Return the person that incidents are to be given to.

    Args:
        person: The account as it is now; ``None`` where it is gone.
        name: As the person was named when chosen.

    Raises:
        InvalidInput: There is no such person of the service centre any more.
    """
    if person is None or not person.may(Action.TRIAGE):
        sentence = f"{name} can't be given incidents; choose somebody else."
        raise InvalidInput({"assignee": sentence})
    return person


def pointed_to(found: Found, number: int, other: Found | None) -> Found:
    """Return the incident that another is to point to.

    Args:
        found: The one that is decided on.
        number: The number that was given.
        other: The incident of that number, where there is one.

    Raises:
        InvalidInput: There is none of that number, or it is that incident itself.
    """
    if other is None:
        raise InvalidInput({"parent": f"There is no incident {format_number(number)}."})
    if other.id == found.id:
        raise InvalidInput({"parent": "An incident can't hang on itself."})
    return other


def major(found: Found, number: int, other: Found | None, *, has_children: bool) -> Found:
    """Return the major incident that another is to hang on; one level is all there is.

    Args:
        found: The one that is decided on.
        number: The number that was given.
        other: The incident of that number, where there is one.
        has_children: Whether any incident hangs on the one that is decided on.

    Raises:
        InvalidInput: It hangs on another itself, or others hang on the incident.
    """
    above = pointed_to(found, number, other)
    if above.fields.parent_id is not None or has_children:
        sentence = "A major incident can't hang on another one, nor one that hangs on others."
        raise InvalidInput({"parent": sentence})
    return above


def check_not_so_already(found: Found, change: StateChange, last_comment: str | None) -> None:
    """Refuse a hold that would begin again as it is, be it asked for twice after a lost answer.

    Args:
        found: The incident.
        change: What is wanted.
        last_comment: The latest public comment on it.

    Raises:
        InvalidInput: It stands like that, for the same reason, and the school has been told.
    """
    fields = found.fields
    if change.state is not fields.state:
        return
    same = {
        State.ON_HOLD_CUSTOMER: change.question,
        State.ON_HOLD_CHANGE: change.waiting_for,
        State.ON_HOLD_DEFERRAL: change.until,
    }.get(change.state)
    stands = {
        State.ON_HOLD_CUSTOMER: last_comment,
        State.ON_HOLD_CHANGE: fields.waiting_for,
        State.ON_HOLD_DEFERRAL: fields.deferred_until,
    }.get(change.state)
    if same and same == stands:
        sentence = f"It is {change.state.label} already, for just that."
        raise InvalidInput({"state": sentence})
