"""Incidents for scripts: one JSON object a line, every text exactly as it is stored."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eds_tui.domain.views import IncidentDetail, IncidentRow


def row_json(row: IncidentRow) -> str:
    """Return a row of a list as one line; ``details`` is the start of the description."""
    return json.dumps(_row(row) | {"details": row.details})


def detail_json(detail: IncidentDetail) -> str:
    """Return an incident with all that belongs to it as one line."""
    feedback = detail.feedback
    return json.dumps(
        _row(detail.row)
        | {
            "description": detail.description,
            "resolved_at": _moment(detail.resolved_at),
            "comments": [
                {
                    "at": _moment(comment.at),
                    "author": comment.author,
                    "from_school": comment.from_school,
                    "text": comment.body,
                }
                for comment in detail.comments
            ],
            "attachments": [
                {"name": file.name, "size": file.size, "at": _moment(file.at)}
                for file in detail.attachments
            ],
            "feedback": feedback
            and {"rating": feedback.rating, "text": feedback.words, "at": _moment(feedback.at)},
        }
    )


def _row(row: IncidentRow) -> dict[str, Any]:
    return {
        "number": row.reference,
        "school": row.school,
        "state": row.state.label,
        "priority": row.priority.value,
        "sla_due": _moment(row.sla_due),
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
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
