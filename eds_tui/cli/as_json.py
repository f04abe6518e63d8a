"""Writes incidents and e-mails as JSON for scripts: one object a line, every text as stored."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from eds_tui.domain.file_names import shown_names
from eds_tui.domain.incident import format_number
from eds_tui.domain.mail_state import remarks

if TYPE_CHECKING:
    from eds_tui.domain.hand_over import HandOverNote, Pile
    from eds_tui.domain.incident_detail import CommentView, IncidentDetail
    from eds_tui.domain.notification import MailState, QueuedMail
    from eds_tui.domain.views import IncidentRow


def row_json(row: IncidentRow, *, internal: bool) -> str:
    """Return a row of a list as one line; ``details`` is the start of the description.

    Args:
        row: The incident.
        internal: Whether the reader is of the service centre, and sees how it is dealt with.
    """
    return json.dumps(row_data(row, internal=internal) | {"details": row.details})


def detail_json(detail: IncidentDetail, *, internal: bool) -> str:
    """Return an incident with all that belongs to it as one line.

    Args:
        detail: The incident.
        internal: Whether the reader is of the service centre, and sees how it is dealt with.
    """
    feedback = detail.feedback
    return json.dumps(
        row_data(detail.row, internal=internal)
        | {
            "description": detail.description,
            "resolved_at": _moment(detail.resolved_at),
            **(_links(detail) if internal else {}),
            "comments": [_comment(each, detail, internal) for each in detail.comments],
            "attachments": [
                {
                    "id": file.id,
                    "name": file.name,
                    "shown_as": shown,
                    "size": file.size,
                    "at": _moment(file.at),
                    **({"kept_back": file.kept_back} if internal else {}),
                }
                for shown, file in zip(
                    shown_names(file.name for file in detail.attachments),
                    detail.attachments,
                    strict=True,
                )
            ],
            "feedback": feedback
            and {"rating": feedback.rating, "text": feedback.words, "at": _moment(feedback.at)},
        }
    )


def _comment(comment: CommentView, detail: IncidentDetail, internal: bool) -> dict[str, Any]:
    news = detail.news
    return {
        "at": _moment(comment.at),
        "author": comment.author,
        "from_school": comment.from_school,
        "internal": comment.internal,
        **({"former_school": comment.former_school or None} if internal else {}),
        "new": bool(news and news.first and comment.id >= news.first),
        "text": comment.body,
        "attachments": [file.id for file in detail.attachments if file.comment_id == comment.id],
    }


def pile_json(pile: Pile) -> str:
    """Return what somebody has to do as one line; ``person`` is empty for a team and for nobody."""
    return json.dumps(
        {
            "account": pile.login or None,
            "person": pile.holder.name or None,
            "team": pile.holder.team or None,
            "open": pile.open,
            "late": pile.late,
            "oldest": _moment(pile.oldest),
            "disabled": pile.disabled,
        }
    )


def note_json(note: HandOverNote) -> str:
    """Return a hand-over note as one line, with who has each of its incidents by now."""
    return json.dumps(
        {
            "id": note.id,
            "at": _moment(note.at),
            "author": note.author,
            "from": note.source,
            "to": note.target,
            "note": note.note,
            "new": note.is_new,
            "incidents": [
                {"number": each.reference, "now_with": each.now_with or None, "open": each.is_open}
                for each in note.incidents
            ],
        }
    )


def mail_json(mail: QueuedMail) -> str:
    """Return an e-mail that is not sent as one line."""
    return json.dumps(
        {
            "id": mail.id,
            "incident": format_number(mail.number),
            "about": mail.kind.value,
            "to": mail.recipient,
            "queued_at": _moment(mail.queued_at),
            "tries": mail.attempts,
            "try_at": _moment(mail.try_at),
            "given_up_at": _moment(mail.given_up_at),
            "reason": mail.reason,
        }
    )


def _links(detail: IncidentDetail) -> dict[str, Any]:
    original = detail.duplicate_of
    return {
        "waiting_for": detail.waiting_for or None,
        "duplicate_of": format_number(original) if original else None,
        "below": [row.reference for row in detail.below],
        "duplicates": [row.reference for row in detail.duplicates],
    }


def mail_state_json(state: MailState) -> str:
    """Return how the sending of e-mails stands as one line."""
    return json.dumps(
        {
            "waiting": state.waiting,
            "oldest": _moment(state.oldest),
            "failing": state.failing,
            "given_up": state.given_up,
            "last_sent": _moment(state.last_sent),
            "remarks": list(remarks(state.held_up, state.clock)),
        }
    )


def row_data(row: IncidentRow, *, internal: bool) -> dict[str, Any]:
    """Return what a list has of an incident.

    Args:
        row: The incident.
        internal: Whether the reader is of the service centre, and sees how it is dealt with.
    """
    dealt_with = {
        "assigned_to": row.assigned_to or None,
        "team": row.team or None,
        "flag": row.flag or None,
        "resolution": row.resolution or None,
        "parent": format_number(row.parent) if row.parent else None,
        "children": row.children,
        "chases": row.chases,
        "chased_at": _moment(row.chased_at),
        "version": row.version,
    }
    return {
        "number": row.reference,
        "school": row.school,
        "state": row.state.label,
        "priority": row.priority.value,
        "sla_due": _moment(row.sla_due),
        "paused": row.paused,
        "late": row.late,
        "late_minutes": row.late_minutes,
        "unread": row.unread,
        "deferred_until": _moment(row.deferred_until),
        "confidential": row.confidential,
        "category": row.category.label,
        "impact": row.impact.value,
        "contact": {
            "name": row.contact_name,
            "telephone": row.contact_telephone,
            "email": row.contact_email,
        },
        "logged_by": row.logged_by,
        "channel": row.channel.value,
        "opened_at": _moment(row.opened_at),
        "closes_at": _moment(row.closes_at),
        **(dealt_with if internal else {"please_answer": row.question or None}),
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
