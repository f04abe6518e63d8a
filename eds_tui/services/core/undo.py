"""One's own last decision, taken back as a decision of its own (rules 19, 25, 28, 30)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from eds_tui.domain.account import Account
from eds_tui.domain.clash import Overtaken
from eds_tui.domain.decision import Aspect, Decision
from eds_tui.domain.errors import Conflict
from eds_tui.domain.event import Event, EventKind
from eds_tui.domain.found import Found
from eds_tui.domain.notification import NotificationKind
from eds_tui.domain.undo import Undo
from eds_tui.repository.unit_of_work import UnitOfWork
from eds_tui.services.core.decision_checks import assignable, major
from eds_tui.services.core.version_conflict import touched_since


def taking_back(
    work: UnitOfWork, actor: Account, found: Found, reason: str, now: datetime
) -> Decision:
    """Return the decision that taking somebody's last one back comes to.

    The e-mail that told the school of it is dropped where it has not been sent; else the school is
    told that it was taken back.

    Args:
        work: The unit of work, to be given up when this raises.
        actor: Who takes it back.
        found: The incident as it is.
        reason: Why; may be empty where the move needs none.
        now: The moment.

    Raises:
        Overtaken: Others have changed the incident since.
        Conflict: There is no decision of this person's to take back.
        ReasonNeeded: The move needs a reason.
        InvalidInput: What it comes to could not be done by hand.
    """
    made = _last_decision(work, actor, found)
    undo = Undo.of(found.fields, made.details["changed"], made.at)
    undo.check(now, answered=work.comments.has_school_written(found.id, made.at))
    _check_pointers(work, actor, found, undo, now)
    undo.check_reason(reason, found.row)
    if undo.after.confidential:
        work.notifications.drop_unsent(found.id)
    told = work.decision_mail.take_back(found.id, made, now)
    details: dict[str, Any] = {"undone": True} | ({"reason": reason} if reason else {})
    notify = NotificationKind.TAKEN_BACK if told else None
    about = min(undo.about, default=Aspect.STATE)
    already = {"undo": f"{found.row.reference} is as it was before that decision already."}
    return Decision(undo.after, about, notify=notify, details=details, already=already)


def _last_decision(work: UnitOfWork, actor: Account, found: Found) -> Event:
    changes = work.events.last_changes(found.id, 1)
    last = changes[0] if changes else None
    if last is not None and last.kind is EventKind.TRIAGED and last.actor_id == actor.id:
        return last
    since = _touched_since(last, actor)
    sentence = f"There is nothing of yours to undo on {found.row.reference}.{since}"
    clash = touched_since(work, found, actor) if since else None
    raise Overtaken(sentence, clash) if clash else Conflict(sentence)


def _check_pointers(
    work: UnitOfWork, actor: Account, found: Found, undo: Undo, now: datetime
) -> None:
    """Refuse to give it back to who has left, or to hang it where nothing can hang by now."""
    after = undo.after
    if Aspect.ASSIGNMENT in undo.about and after.assigned_to_id is not None:
        assignable(work, after.assigned_to_id, after.assigned_to)
    if Aspect.LINK in undo.about and after.parent_id is not None:
        numbers = work.incidents.numbers({after.parent_id})
        major(work, actor, found, numbers[after.parent_id], now)


def _touched_since(last: Event | None, actor: Account) -> str:
    if last is None or last.actor_id == actor.id:
        return ""
    if last.kind is EventKind.CLOCK and not last.actor:
        return " The clock has moved it on since."
    return f" {last.actor} has touched it since."
