"""The service for triage: one decision on one incident, recorded and undoable (rules 15 to 25)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.event import EventKind
from eds_tui.domain.priority import Priority
from eds_tui.domain.text import storable
from eds_tui.domain.triage import Assignee, StateChange, reason_problem
from eds_tui.domain.triage_decisions import give_priority, hide_or_show
from eds_tui.domain.views import IncidentRow, View
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.core.deciding import Seen, decide
from eds_tui.services.core.decision_facts import (
    Read,
    reading_last_comment,
    reading_major,
    reading_nothing,
    reading_original,
    reading_person,
)
from eds_tui.services.core.undo import reading_own_last


class Triage:
    """Makes decisions on incidents for the service centre."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def set_priority(
        self, actor: Account, number: int, version: int | None, priority: Priority
    ) -> IncidentRow:
        """Give a priority; one that waits for triage is in progress from then on (rule 20)."""
        decide = partial(give_priority, priority=priority)
        return self._decide(actor, number, version, reading_nothing(decide))

    def set_state(
        self, actor: Account, number: int, version: int | None, change: StateChange
    ) -> IncidentRow:
        """Move an incident to another state, with what that state asks for (rules 15 to 19)."""
        change = replace(
            change,
            question=storable(change.question),
            resolution=storable(change.resolution),
            waiting_for=storable(change.waiting_for),
            reason=storable(change.reason),
        )
        return self._decide(actor, number, version, reading_last_comment(change))

    def assign(
        self, actor: Account, number: int, version: int | None, assignee: Assignee
    ) -> IncidentRow:
        """Give an incident to a person, to a team, or back to nobody."""
        return self._decide(actor, number, version, reading_person(assignee))

    def set_confidential(
        self, actor: Account, number: int, version: int | None, confidential: bool, reason: str
    ) -> IncidentRow:
        """Hide an incident from its school, or show it again, with a reason (rule 25)."""
        reason = storable(reason)
        if problem := reason_problem(reason):
            raise InvalidInput(problem)
        decide = partial(hide_or_show, confidential=confidential, reason=reason)
        return self._decide(actor, number, version, reading_nothing(decide))

    def link(
        self, actor: Account, number: int, version: int | None, parent: int | None
    ) -> IncidentRow:
        """Hang an incident on a major one, or with ``None`` on none."""
        return self._decide(actor, number, version, reading_major(actor, parent))

    def close_as_duplicate(
        self, actor: Account, number: int, version: int | None, original: int
    ) -> IncidentRow:
        """Close an incident that another one is about already, with a pointer to that one."""
        return self._decide(actor, number, version, reading_original(actor, original))

    def assignees(self, actor: Account) -> tuple[Assignee, ...]:
        """Return who an incident can be given to: nobody, the teams, then the people by name."""
        actor.require(Action.TRIAGE)
        with self._database.reading(actor) as work:
            people = work.accounts.service_centre()
        teams = sorted({person.team for person in people if person.team})
        return (
            Assignee(),
            *(Assignee(team=team) for team in teams),
            *(Assignee(person.id, person.name, person.team) for person in people),
        )

    def below(self, actor: Account, number: int) -> tuple[IncidentRow, ...]:
        """Return the open incidents that hang on a major one, to carry a decision to them.

        A confidential major incident has none in this sense: nothing of it is carried anywhere.
        """
        actor.require(Action.TRIAGE)
        now = self._clock()
        with self._database.reading(actor) as work:
            found = work.incidents.find(actor.scope, number, now)
            if found is None or found.row.confidential:
                return ()
            return work.incidents.pointing_to(actor.scope, found.id, now, "parent_id", View.OPEN)

    def undo(self, actor: Account, number: int, reason: str = "") -> IncidentRow:
        """Take one's own last decision on an incident back, while nobody else has touched it.

        What was said to the school with it stays said.

        Args:
            actor: Whose decision it was.
            number: The incident's.
            reason: Why; needed where doing the same by hand needs one.

        Raises:
            VersionConflict: Others have changed it since.
            Conflict: There is no decision of this person's to take back.
            ReasonNeeded: It reopens, hides or shows the incident, and no reason was given.
            InvalidInput: What it comes to could not be done by hand.
        """
        reason = storable(reason)
        read = reading_own_last(actor, reason)
        return self._decide(actor, number, None, read, kind=EventKind.UNDONE)

    def _decide(
        self,
        actor: Account,
        number: int,
        version: int | None,
        read: Read,
        *,
        kind: EventKind = EventKind.TRIAGED,
    ) -> IncidentRow:
        seen = Seen(number=number, version=version)
        return decide(self._database, self._clock(), actor, seen, read, kind=kind)
