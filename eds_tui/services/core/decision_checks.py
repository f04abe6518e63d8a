"""What a decision points to is looked up and checked: people and other incidents (rule 37)."""

from __future__ import annotations

from datetime import datetime

from eds_tui.domain.account import Account, Action
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.found import Found
from eds_tui.domain.incident import format_number
from eds_tui.domain.lifecycle import State
from eds_tui.domain.triage import StateChange
from eds_tui.repository.unit_of_work import UnitOfWork


def assignable(work: UnitOfWork, account_id: int, name: str) -> Account:
    """Return the person that incidents are to be given to.

    Raises:
        InvalidInput: There is no such person of the service centre any more.
    """
    person = work.accounts.by_id(account_id)
    if person is None or not person.may(Action.TRIAGE):
        sentence = f"{name} can't be given incidents; choose somebody else."
        raise InvalidInput({"assignee": sentence})
    return person


def pointed_to(work: UnitOfWork, actor: Account, found: Found, number: int, now: datetime) -> Found:
    """Return the incident that another is to point to.

    Raises:
        InvalidInput: There is none of that number, or it is that incident itself.
    """
    other = work.incidents.find(actor.scope, number, now)
    if other is None:
        raise InvalidInput({"parent": f"There is no incident {format_number(number)}."})
    if other.id == found.id:
        raise InvalidInput({"parent": "An incident can't hang on itself."})
    return other


def major(work: UnitOfWork, actor: Account, found: Found, number: int, now: datetime) -> Found:
    """Return the major incident that another is to hang on; one level is all there is.

    Raises:
        InvalidInput: It hangs on another itself, or others hang on the incident.
    """
    above = pointed_to(work, actor, found, number, now)
    if above.fields.parent_id is not None or work.incidents.has_children(found.id):
        sentence = "A major incident can't hang on another one, nor one that hangs on others."
        raise InvalidInput({"parent": sentence})
    return above


def check_not_so_already(work: UnitOfWork, found: Found, change: StateChange) -> None:
    """Refuse a hold that would begin again as it is, be it asked for twice after a lost answer.

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
        State.ON_HOLD_CUSTOMER: work.comments.latest(found.id),
        State.ON_HOLD_CHANGE: fields.waiting_for,
        State.ON_HOLD_DEFERRAL: fields.deferred_until,
    }.get(change.state)
    if same and same == stands:
        sentence = f"It is {change.state.label} already, for just that."
        raise InvalidInput({"state": sentence})
