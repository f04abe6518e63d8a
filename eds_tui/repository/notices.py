"""Selects queued e-mails with all that their texts need, as their reader may know it."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from eds_tui.domain.delivery import GIVEN_UP_AFTER
from eds_tui.domain.lifecycle import State
from eds_tui.domain.notification import Notice, NotificationKind, thread_id
from eds_tui.domain.pointer import dealt_with
from eds_tui.domain.school import school_title
from eds_tui.domain.views import on_behalf
from eds_tui.repository.attachments import files_of_comment
from eds_tui.repository.tables import (
    comment_pointers,
    comments,
    incidents,
    notifications,
    schools,
)  # fmt: skip

_pointed_to = incidents.alias("pointed_to")


@cache
def select_notices() -> Select[Any]:
    """Return the select of notifications with all that their e-mails are made of."""
    columns = notifications.c
    # It goes to the school: the number that a comment points to is there if it may see that.
    may_see = and_(
        _pointed_to.c.id == comment_pointers.c.incident_id,
        _pointed_to.c.school_id == incidents.c.school_id,
        _pointed_to.c.confidential.is_(False),
    )
    return (
        select(
            notifications,
            incidents.c.number,
            incidents.c.confidential,
            incidents.c.submission,
            schools.c.name.label("school"),
            schools.c.town,
            comments.c.body,
            comments.c.author,
            comments.c.caller,
            comments.c.from_school,
            _pointed_to.c.number.label("points_to"),
        )
        .join(incidents, incidents.c.id == columns.incident_id)
        # What a former school wrote, which the service desk is told of, is that one's.
        .outerjoin(
            comments, and_(comments.c.id == columns.comment_id, comments.c.internal.is_(False))
        )
        .join(
            schools,
            schools.c.id == func.coalesce(comments.c.former_school_id, incidents.c.school_id),
        )
        # A work note is never sent, whatever the queue may say (rule 27).
        .outerjoin(comment_pointers, comment_pointers.c.comment_id == comments.c.id)
        .outerjoin(_pointed_to, may_see)
    )


def to_notice(connection: Connection, row: Any, message_id: str, taken_until: datetime) -> Notice:
    """Return a notification that was taken, of a row of :func:`select_notices`."""
    is_public = row.comment_id is not None and row.body is not None
    state, until = row.details.get("state"), row.details.get("until")
    return Notice(
        id=row.id,
        kind=NotificationKind(row.kind),
        recipient=row.recipient,
        message_id=message_id,
        attempts=row.attempts + 1,
        try_until=row.try_until or row.queued_at + GIVEN_UP_AFTER,
        taken_until=taken_until,
        incident_id=row.incident_id,
        number=row.number,
        school=school_title(row.school, row.town),
        thread_id=thread_id(row.submission),
        at=row.queued_at,
        reason=row.reason,
        state=State(state) if state else None,
        until=datetime.fromisoformat(until) if until else None,
        comment=(row.body or "") if row.points_to is None else dealt_with(row.points_to),
        author=on_behalf(row.author or "", row.caller or ""),
        from_school=bool(row.from_school),
        files=files_of_comment(connection, row.comment_id, offered=True) if is_public else (),
    )
