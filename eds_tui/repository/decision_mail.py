"""Finds and drops the e-mail about a decision that is undone (rule 28)."""

from __future__ import annotations

from sqlalchemy import Connection, and_, delete, select
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.event import MESSAGE_ID, Event
from eds_tui.domain.notification import DecisionMail, NotificationKind
from eds_tui.repository.tables import notifications


class DecisionMailRepository:
    """Finds and drops the e-mails about decisions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, incident_id: int, made: Event) -> DecisionMail | None:
        """Return how the e-mail about a decision stands, and let nobody take it meanwhile.

        Args:
            incident_id: The row id of the incident.
            made: The decision.

        Returns:
            ``None`` where there is none.
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
        return None if row is None else DecisionMail(**row._mapping)

    def drop(self, mail_id: int) -> None:
        """Drop an e-mail: it is not sent, or where it is being sent just now not tried again."""
        self._connection.execute(delete(notifications).where(notifications.c.id == mail_id))


def _tells_of(made: Event) -> ColumnElement[bool]:
    """Return the condition of the notification of a decision."""
    columns = notifications.c
    if MESSAGE_ID in made.details or "state" not in made.details["changed"]:
        return columns.message_id.in_([made.details.get(MESSAGE_ID, "none")])
    # An earlier version did not name it in the event: it was queued in the same moment.
    kinds = [NotificationKind.STATE, NotificationKind.RESOLVED, NotificationKind.CLOSED]
    return and_(columns.queued_at == made.at, columns.kind.in_([kind.value for kind in kinds]))
