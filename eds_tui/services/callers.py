"""The service for who rings: known callers of a school, and chases of an incident (42, 43)."""

from __future__ import annotations

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import InvalidInput, NotFound
from eds_tui.domain.event import CALLER, EventKind
from eds_tui.domain.incident import line_problem
from eds_tui.domain.known_caller import KnownCaller, callers_about
from eds_tui.domain.lifecycle import TAKES_COMMENTS
from eds_tui.domain.school import Contact
from eds_tui.domain.text import storable, visible
from eds_tui.domain.views import IncidentRow
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.core.administration import AdministrativeLog
from eds_tui.services.core.callers import remember_caller
from eds_tui.services.core.lookup import find_incident

MOST_SHOWN = 200
"""Chased incidents that are listed at most."""


class Callers:
    """Offers who may have rung, counts that they did, and forgets who is not to be offered.

    Args:
        database: Where they are.
        clock: The clock.
        operator: The Linux user at the console; empty where it is nobody's doing.
    """

    def __init__(self, database: Database, clock: Clock, operator: str = "") -> None:
        self._database = database
        self._clock = clock
        self._log = AdministrativeLog(clock=clock, operator=operator)

    def about(self, actor: Account, number: int) -> tuple[Contact, ...]:
        """Return who may have rung: who did last or had it logged, then who is known there.

        Raises:
            NotFound: There is no such incident.
        """
        actor.require(Action.LOG_CALLS)
        with self._database.reading(actor) as work:
            found = find_incident(work, actor, number, self._clock())
            school = work.schools.by_id(found.row.school_id)
            rang = work.calls.callers(found.row.school_id)
            last = [
                event.details.get(CALLER, "")
                for event in work.events.of_incident(found.id)
                if event.kind is EventKind.CHASED
            ]
        contacts = school.contacts if school else ()
        return callers_about(found.row, contacts, rang, last[-1] if last else "")

    def chase(self, actor: Account, number: int, caller: str) -> IncidentRow:
        """Count that somebody rang about an incident, and return it as it is then.

        Args:
            actor: Who took the call.
            number: The incident's.
            caller: Who rang.

        Raises:
            InvalidInput: No caller is given, or the incident is closed.
            NotFound: There is no such incident.
        """
        actor.require(Action.LOG_CALLS)
        caller = storable(caller).strip()
        if problem := line_problem("caller's name", caller, required=True):
            raise InvalidInput({"caller": problem})
        now = self._clock()
        with self._database.writing(actor) as work:
            found = find_incident(work, actor, number, now)
            if found.row.state not in TAKES_COMMENTS:
                reference = found.row.reference
                raise InvalidInput(
                    {"number": f"{reference} is closed. Log a new one that names it."}
                )
            work.calls.count_chase(found.id, now)
            work.events.add(
                EventKind.CHASED, now, actor, incident_id=found.id, details={CALLER: caller}
            )
            remember_caller(work, found.row.school_id, caller, "", now)
            row = work.incidents.by_id(found.id, now).row
            work.commit()
        return row

    def chased(self, actor: Account, limit: int = MOST_SHOWN) -> tuple[IncidentRow, ...]:
        """Return the open incidents that were chased, the most often first."""
        actor.require(Action.TRIAGE)
        with self._database.reading(actor) as work:
            return work.calls.chased(actor.scope, self._clock(), limit)

    def of_school(self, actor: Account, school_id: int) -> tuple[KnownCaller, ...]:
        """Return who has rung from a school, the latest first."""
        actor.require(Action.LOOK_UP_SCHOOLS)
        with self._database.reading(actor) as work:
            return work.calls.callers(school_id)

    def forget(self, actor: Account, school_id: int, name: str | None = None) -> tuple[str, ...]:
        """Forget a caller, or all of a school, and return their names.

        Args:
            actor: A lead.
            school_id: The school's row id.
            name: Whose; ``None`` for all.

        Raises:
            NotAllowed: The account is not a lead's.
            NotFound: There is no such caller, or no such school.
        """
        actor.require(Action.MANAGE_SCHOOLS)
        with self._database.writing(actor) as work:
            school = work.schools.by_id(school_id)
            if school is None:
                raise NotFound("That school is no longer in the list.")
            names = work.calls.forget(school_id, None if name is None else storable(name))
            if not names and name is not None:
                raise NotFound(f"{visible(name)} is none of the callers of this school.")
            if names:
                self._log.add(
                    work,
                    EventKind.SCHOOL_CHANGED,
                    actor,
                    portal_number=school.portal_number,
                    changed={"callers": [", ".join(names), ""]},
                )
            work.commit()
        return names
