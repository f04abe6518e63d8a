"""The service for the history of an incident, its due date explained, and the log for leads."""

from __future__ import annotations

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.event import Event, EventKind
from eds_tui.domain.explanation import explain, in_lines
from eds_tui.domain.service_level import standing
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.core.lookup import find_incident

WATCHED = (
    EventKind.SIGNED_IN,
    EventKind.SIGNED_OUT,
    EventKind.UNLOCKED,
    EventKind.SIGN_IN_REFUSED,
    EventKind.CONFIDENTIAL_OPENED,
)
"""What leads can look through: sign-ins, and who opened confidential incidents."""
ADMINISTRATION = (
    EventKind.ACCOUNT_ADDED,
    EventKind.ACCOUNT_CHANGED,
    EventKind.ACCOUNT_DISABLED,
    EventKind.PASSWORD_CHANGED,
    EventKind.SCHOOL_ADDED,
    EventKind.SCHOOL_CHANGED,
    EventKind.SERVICE_LEVEL_CHANGED,
    EventKind.REPLY_CHANGED,
    EventKind.MESSAGE_TEXT_CHANGED,
    EventKind.MAIL_RETRIED,
    EventKind.DATABASE_RESTORED,
)
"""What else they can: who changed accounts, schools, the calendar, replies and texts."""

MOST_SHOWN = 200
"""Events that are shown at most."""


class History:
    """Reads the event log."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of_incident(self, actor: Account, number: int) -> tuple[Event, ...]:
        """Return what happened to an incident, oldest first.

        Raises:
            NotAllowed: The account is a school's.
            NotFound: There is no such incident.
        """
        actor.require(Action.SEE_HISTORY)
        with self._database.reading(actor) as work:
            found = find_incident(work, actor, number, self._clock())
            return work.events.of_incident(found.id)

    def watched(self, actor: Account, limit: int = MOST_SHOWN) -> tuple[Event, ...]:
        """Return the latest sign-ins and openings of confidential incidents, newest first.

        Raises:
            NotAllowed: The account is not a lead's.
        """
        return self._latest(actor, WATCHED, limit)

    def administration(self, actor: Account, limit: int = MOST_SHOWN) -> tuple[Event, ...]:
        """Return the latest changes of accounts, schools, calendar and texts, newest first.

        Raises:
            NotAllowed: The account is not a lead's.
        """
        return self._latest(actor, ADMINISTRATION, limit)

    def _latest(
        self, actor: Account, kinds: tuple[EventKind, ...], limit: int
    ) -> tuple[Event, ...]:
        actor.require(Action.MANAGE_ACCOUNTS)
        with self._database.reading(actor) as work:
            return work.events.latest(kinds, limit)

    def why_due(self, actor: Account, number: int) -> tuple[str, ...]:
        """Return in lines why an incident is due when it is, segment by segment (rule 21)."""
        actor.require(Action.SEE_HISTORY)
        now = self._clock()
        with self._database.reading(actor) as work:
            found = find_incident(work, actor, number, now)
            level = work.service_levels.load()
        target = level.target(found.row.priority)
        opened_at, pauses = found.row.opened_at, found.fields.all_pauses
        stands = standing(opened_at, target, level.calendar, pauses, now)
        head = [f"Priority {found.row.priority.label}: target {target.label}."]
        if not target.is_set:
            return (*head, "Nothing is promised for this priority, so there is no due date.")
        if stands.due is None:
            return (*head, "The calendar has no open hour ahead, so there is no due date.")
        segments = explain(opened_at, target, level.calendar, pauses, now)
        return (*head, *in_lines(segments))
