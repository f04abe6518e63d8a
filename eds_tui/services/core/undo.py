"""Finds one's own last decision, with what undoing it depends on (rules 19, 25, 28, 30)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from eds_tui.domain.account import Account
from eds_tui.domain.decision import Aspect
from eds_tui.domain.errors import Conflict
from eds_tui.domain.event import DECIDED, Event, EventKind
from eds_tui.domain.found import Found
from eds_tui.domain.triage_decisions import Decide
from eds_tui.domain.undo import Above, Undo, UndoFacts, take_back
from eds_tui.domain.version_conflict import VersionConflict
from eds_tui.repository.unit_of_work import UnitOfWork
from eds_tui.services.core.decision_facts import Read
from eds_tui.services.core.version_conflict import change_since_own_decision


def reading_own_last(actor: Account, reason: str) -> Read:
    """Return the reader of an undo, to be given up with its unit of work when it raises.

    Args:
        actor: Who takes their last decision back.
        reason: Why; may be empty where the move needs none.

    Raises:
        VersionConflict: When it reads: others have changed the incident since.
        Conflict: Likewise: there is no decision of this person's to take back.
    """

    def read(work: UnitOfWork, found: Found, now: datetime) -> Decide:
        made = _last_decision(work, actor, found)
        undo = Undo.of(found.fields, made.details["changed"], made.at)
        facts = UndoFacts(
            answered=work.comments.has_school_written(found.id, made.at),
            person=_person(work, undo),
            above=_above(work, actor, found, undo, now),
            mail=work.decision_mail.of(found.id, made),
        )
        return partial(take_back, undo=undo, facts=facts, reason=reason)

    return read


def _last_decision(work: UnitOfWork, actor: Account, found: Found) -> Event:
    changes = work.events.last_changes(found.id, 1)
    last = changes[0] if changes else None
    if last is not None and last.kind in DECIDED and last.actor_id == actor.id:
        return last
    since = _by_whom_since(last, actor)
    sentence = f"There is nothing of yours to undo on {found.row.reference}.{since}"
    conflict = change_since_own_decision(work, found, actor) if since else None
    raise VersionConflict(sentence, conflict) if conflict else Conflict(sentence)


def _person(work: UnitOfWork, undo: Undo) -> Account | None:
    """Return the account of whoever it is given back to."""
    account_id = undo.after.assigned_to_id
    if Aspect.ASSIGNMENT not in undo.about or account_id is None:
        return None
    return work.accounts.by_id(account_id)


def _above(
    work: UnitOfWork, actor: Account, found: Found, undo: Undo, now: datetime
) -> Above | None:
    """Return the major incident that it hangs on again."""
    parent_id = undo.after.parent_id
    if Aspect.LINK not in undo.about or parent_id is None:
        return None
    number = work.incidents.numbers({parent_id})[parent_id]
    other = work.incidents.find(actor.scope, number, now)
    return Above(number=number, other=other, has_children=work.incidents.has_children(found.id))


def _by_whom_since(last: Event | None, actor: Account) -> str:
    if last is None or last.actor_id == actor.id:
        return ""
    if last.kind is EventKind.CLOCK and not last.actor:
        return " The clock has moved it on since."
    return f" {last.actor} has touched it since."
