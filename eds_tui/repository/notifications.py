"""E-mails to be sent, put into the queue with what they are about (rule 28)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from eds_tui.domain.notification import NotificationKind
from eds_tui.repository.tables import notifications


class NotificationRepository:
    """Queues notifications and drops those that must not go out."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def queue(
        self,
        kind: NotificationKind,
        incident_id: int,
        recipient: str,
        at: datetime,
        *,
        comment_id: int | None = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        """Queue one notification; the recipient is fixed from now on.

        Args:
            kind: What it is about.
            incident_id: The row id of the incident.
            recipient: The address; where there is none, nothing is queued.
            at: When.
            comment_id: The one public comment that it quotes.
            details: The one change that it tells of.
        """
        if recipient:
            self._connection.execute(
                insert(notifications).values(
                    kind=kind.value,
                    incident_id=incident_id,
                    recipient=recipient,
                    comment_id=comment_id,
                    details=details or {},
                    queued_at=at,
                    sent_at=None,
                )
            )

    def drop_unsent(self, incident_id: int) -> int:
        """Drop what has not been sent of an incident, and return how many that were (rule 25)."""
        dropped = self._connection.execute(
            delete(notifications).where(
                notifications.c.incident_id == incident_id, notifications.c.sent_at.is_(None)
            )
        )
        return dropped.rowcount

    def waiting(self, incident_id: int) -> int:
        """Return how many notifications of an incident wait to be sent."""
        return self._connection.execute(
            select(func.count()).where(
                notifications.c.incident_id == incident_id, notifications.c.sent_at.is_(None)
            )
        ).scalar_one()
