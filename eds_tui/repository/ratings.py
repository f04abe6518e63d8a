"""Reads the ratings of all incidents in one list (rule 14)."""

from __future__ import annotations

from sqlalchemy import Connection, select

from eds_tui.domain.incident_detail import Feedback
from eds_tui.domain.rated_incident import RatedIncident
from eds_tui.domain.school import school_title
from eds_tui.repository.tables import accounts, feedback, incidents, schools


class RatingRepository:
    """Reads ratings with what was rated."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest(self, school_id: int | None, limit: int) -> tuple[RatedIncident, ...]:
        """Return the latest ratings, newest first.

        Args:
            school_id: Only of this school's incidents; ``None`` is of every school's.
            limit: How many at most.
        """
        found = (
            select(
                incidents.c.number,
                incidents.c.description,
                schools.c.name,
                schools.c.town,
                accounts.c.name.label("by"),
                feedback.c.rating,
                feedback.c.words,
                feedback.c.at,
            )
            .join(incidents, incidents.c.id == feedback.c.incident_id)
            .join(schools, schools.c.id == incidents.c.school_id)
            .join(accounts, accounts.c.id == feedback.c.account_id)
            .order_by(feedback.c.at.desc(), incidents.c.number.desc())
            .limit(limit)
        )
        if school_id is not None:
            found = found.where(incidents.c.school_id == school_id)
        return tuple(
            RatedIncident(
                number=row.number,
                school=school_title(row.name, row.town),
                details=row.description,
                by=row.by,
                feedback=Feedback(row.rating, row.words, row.at),
            )
            for row in self._connection.execute(found)
        )
