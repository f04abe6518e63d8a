"""Stores a change of an incident with its event and its e-mail, in one transaction (rule 30)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from eds_tui.domain.account import Account
from eds_tui.domain.decision import Decision
from eds_tui.domain.event import COMMENT, MESSAGE_ID, EventKind
from eds_tui.domain.found import Found
from eds_tui.domain.lifecycle import State
from eds_tui.domain.notification import NotificationKind
from eds_tui.domain.triage_fields import TriageFields, difference
from eds_tui.repository.unit_of_work import UnitOfWork


def store_effects(
    work: UnitOfWork,
    actor: Account,
    found: Found,
    decision: Decision,
    kind: EventKind,
    now: datetime,
) -> None:
    """Store what a decision brings with it: comment, e-mail, and the event of it.

    Args:
        work: The unit of work, to be given up when this raises.
        actor: Who has decided.
        found: The incident that was decided on.
        decision: What that comes to; its fields are stored already.
        kind: What the history calls it.
        now: The moment.
    """
    after, details = decision.after, dict(decision.details)
    if decision.drop_unsent:
        work.notifications.drop_unsent(found.id)
    if decision.moves_school:
        work.moves.moved(found.id, found.fields.school_id, after.school_id)
        work.notifications.drop_unsent(found.id, to_school=True)
    if decision.drop_mail is not None:
        work.decision_mail.drop(decision.drop_mail)
    comment_id = _store_comment(work, actor, found, decision, now)
    if comment_id is not None:
        details[COMMENT] = comment_id
    if decision.notify and (
        message_id := notify_school(
            work,
            found,
            decision.notify,
            now,
            confidential=after.confidential,
            school_id=after.school_id,
            comment_id=comment_id,
            state=after.state,
            until=after.deferred_until,
        )
    ):
        details[MESSAGE_ID] = message_id
    record_change(work, actor, found, after, kind, now, details)


def _store_comment(
    work: UnitOfWork, actor: Account, found: Found, decision: Decision, now: datetime
) -> int | None:
    """Add the comment that a decision brings with it, and return its row id."""
    if not decision.comment:
        return None
    key = uuid.uuid4().hex
    return work.comments.add(
        found.id, key, actor, "", decision.comment, now, points_to=decision.points_to
    )


def record_change(
    work: UnitOfWork,
    actor: Account | None,
    found: Found,
    after: TriageFields,
    kind: EventKind,
    at: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add the event of a change of triage fields to the log.

    Args:
        work: The unit of work that the change is stored in.
        actor: Who made it; ``None`` for a timed transition.
        found: The incident before it.
        after: Its fields after it.
        kind: What the history calls it.
        at: When it happened.
        details: What the history keeps beside the changed fields.
    """
    kept = {"changed": difference(found.fields, after), **(details or {})}
    work.events.add(kind, at, actor, incident_id=found.id, details=kept)


def notify_school(
    work: UnitOfWork,
    found: Found,
    kind: NotificationKind,
    now: datetime,
    *,
    confidential: bool,
    school_id: int | None = None,
    comment_id: int | None = None,
    state: State | None = None,
    until: datetime | None = None,
) -> str:
    """Queue an e-mail to the school of an incident; none of a confidential one (rules 25, 28).

    Args:
        work: The unit of work that the change is stored in.
        found: The incident.
        kind: What the e-mail is about.
        now: The moment.
        confidential: Whether the incident is hidden from its school once this is done.
        school_id: The school that it is of then, where that is another one.
        comment_id: The one public comment that it quotes.
        state: The state that it is about.
        until: When that state ends, where it is a deferral.

    Returns:
        Its Message-ID; empty where nothing is queued.
    """
    if confidential:
        return ""
    recipient = work.schools.email(school_id or found.row.school_id) or ""
    details = {"state": state.value} if state is not None else {}
    if until is not None:
        details["until"] = until.isoformat()
    return work.notifications.queue(
        kind, found.id, recipient, now, comment_id=comment_id, details=details
    )
