"""The e-mail that tells a school of a decision, where that is taken back (rule 28)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, delete, select
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.event import MESSAGE_ID, Event
from eds_tui.domain.notification import NotificationKind
from eds_tui.repository.tables import notifications


class DecisionMailRepository:
    """Takes e-mails about decisions back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take_back(self, incident_id: int, made: Event, now: datetime) -> bool:
        """Drop the notification of a decision where it has not been sent (rule 28).

        One that is being sent just now is not tried again, and counts as sent.

        Args:
            incident_id: The row id of the incident.
            made: The decision.
            now: The moment.

        Returns:
            Whether somebody has been told of the decision.
        """
        columns = notifications.c
        statement = (
            select(columns.id, columns.sent_at, columns.taken_until)
            .where(columns.incident_id == incident_id, _tells_of(made))
            .order_by(columns.id.desc())
            .limit(1)
            .with_for_update()
        )
        row = self._connection.execute(statement).one_or_none()
        if row is None:
            return False
        if row.sent_at is not None:
            return True
        self._connection.execute(delete(notifications).where(columns.id == row.id))
        return row.taken_until is not None and row.taken_until > now


def _tells_of(made: Event) -> ColumnElement[bool]:
    """Return the condition of the notification of a decision."""
    columns = notifications.c
    if MESSAGE_ID in made.details or "state" not in made.details["changed"]:
        return columns.message_id.in_([made.details.get(MESSAGE_ID, "none")])
    # An earlier version did not name it in the event: it was queued in the same moment.
    kinds = [NotificationKind.STATE, NotificationKind.RESOLVED, NotificationKind.CLOSED]
    return and_(columns.queued_at == made.at, columns.kind.in_([kind.value for kind in kinds]))
