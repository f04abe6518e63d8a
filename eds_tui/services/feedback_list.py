"""The service that lists the feedback of schools for leads (rule 14)."""

from __future__ import annotations

from eds_tui.domain.account import Account, Action
from eds_tui.domain.rated_incident import RatedIncident
from eds_tui.repository.unit_of_work import Database


class FeedbackList:
    """Reads what schools said of closed incidents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def latest(
        self, actor: Account, school_id: int | None, limit: int
    ) -> tuple[RatedIncident, ...]:
        """Return the latest ratings, newest first.

        Args:
            actor: A lead.
            school_id: Only of this school's incidents; ``None`` is of every school's.
            limit: How many at most.

        Raises:
            NotAllowed: The account is not a lead's.
        """
        actor.require(Action.READ_FEEDBACK)
        with self._database.reading(actor) as work:
            return work.ratings.latest(school_id, limit)
