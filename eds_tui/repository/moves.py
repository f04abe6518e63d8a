"""Stores what goes with putting an incident to another school (rule 40)."""

from __future__ import annotations

from sqlalchemy import Connection, case, delete, or_, select, update

from eds_tui.repository import full_text
from eds_tui.repository.tables import accounts, attachments, comments, presence


class MoveRepository:
    """Keeps back from a new school what was said and attached while another one had an incident."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def moved(self, incident_id: int, former_id: int, new_id: int) -> None:
        """Keep back what was between the service centre and the former school.

        What was so with the new one, where it has had the incident before, it gets back.

        Args:
            incident_id: The row id of the incident, which is of the new school by now.
            former_id: The row id of the school that it was of.
            new_id: The row id of the school that it is of.
        """
        for table in (comments, attachments):
            column = table.c.former_school_id
            whose = case((column.is_(None), former_id), else_=column)
            self._connection.execute(
                update(table)
                .where(table.c.incident_id == incident_id)
                .where(or_(column.is_(None), column == new_id))
                .values(former_school_id=case((column == new_id, None), else_=whose))
            )
        self._end_writing(incident_id)
        full_text.index(self._connection, incident_id)

    def _end_writing(self, incident_id: int) -> None:
        """Forget who of a school is writing on it: the new one is not to read that name."""
        of_schools = select(accounts.c.id).where(accounts.c.school_id.is_not(None))
        self._connection.execute(
            delete(presence).where(
                presence.c.incident_id == incident_id, presence.c.account_id.in_(of_schools)
            )
        )
