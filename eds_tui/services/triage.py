"""Triage: one decision on one incident, checked, timed, recorded and undoable (rules 15 to 25)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.decision import Aspect, Decision
from eds_tui.domain.errors import Conflict, InvalidInput
from eds_tui.domain.event import COMMENT, MESSAGE_ID, EventKind
from eds_tui.domain.found import Found
from eds_tui.domain.incident import format_number
from eds_tui.domain.lifecycle import TRIAGE, State
from eds_tui.domain.notification import NotificationKind
from eds_tui.domain.pointer import check_public, dealt_with
from eds_tui.domain.priority import Priority
from eds_tui.domain.text import storable
from eds_tui.domain.triage import (
    Assignee,
    ResolutionCode,
    StateChange,
    check_change,
    check_not_closed,
    reason_problem,
)
from eds_tui.domain.views import IncidentRow
from eds_tui.repository.unit_of_work import Database, UnitOfWork
from eds_tui.services.core.changes import notify_school, record_change
from eds_tui.services.core.decision_checks import (
    assignable,
    check_not_so_already,
    major,
    pointed_to,
)
from eds_tui.services.core.lookup import find_incident
from eds_tui.services.core.timed_transitions import apply_timed_transitions, with_due
from eds_tui.services.core.undo import taking_back
from eds_tui.services.core.version_conflict import Decide, overtaken


class Triage:
    """Makes decisions on incidents for the service centre."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def set_priority(
        self, actor: Account, number: int, version: int | None, priority: Priority
    ) -> IncidentRow:
        """Give a priority; one that waits for triage is in progress from then on (rule 20)."""

        def decide(work: UnitOfWork, found: Found, now: datetime) -> Decision:
            check_not_closed(found.row.state)
            before = found.fields
            already = {"priority": f"The priority is {priority.label} already."}
            after = replace(before, priority=priority)
            if before.state in TRIAGE and priority is not Priority.NONE:
                after = after.moved(State.IN_PROGRESS, now)
                return Decision(after, Aspect.PRIORITY, notify=NotificationKind.STATE)
            return Decision(after, Aspect.PRIORITY, already=already)

        return self._decide(actor, number, version, decide)

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

        def decide(work: UnitOfWork, found: Found, now: datetime) -> Decision:
            check_change(change, found.row.state, now)
            check_not_so_already(work, found, change)
            after = found.fields.moved(change.state, now, change.until)
            if change.state is State.ON_HOLD_CHANGE:
                after = replace(after, waiting_for=change.waiting_for)
            said = {State.ON_HOLD_CUSTOMER: change.question, State.RESOLVED: change.resolution}
            notify = NotificationKind.STATE
            if change.state is State.RESOLVED and change.code is not None:
                after = replace(
                    after, resolution_code=change.code.value, late_when_resolved=found.row.late
                )
                notify = NotificationKind.RESOLVED
            details = {"reason": change.reason} if change.reason else {}
            weighty = State.RESOLVED in {change.state, found.row.state}
            comment = said.get(change.state, "")
            return Decision(after, Aspect.STATE, comment, notify, details, weighty=weighty)

        return self._decide(actor, number, version, decide)

    def assign(
        self, actor: Account, number: int, version: int | None, assignee: Assignee
    ) -> IncidentRow:
        """Give an incident to a person, to a team, or back to nobody."""

        def decide(work: UnitOfWork, found: Found, now: datetime) -> Decision:
            check_not_closed(found.row.state)
            team = assignee.team
            if assignee.account_id is not None:
                team = assignable(work, assignee.account_id, assignee.name).team
            after = replace(
                found.fields,
                assigned_to_id=assignee.account_id,
                assigned_to=assignee.name if assignee.account_id is not None else "",
                team=team,
            )
            already = {"assignee": f"It is assigned to {assignee.label} already."}
            return Decision(after, Aspect.ASSIGNMENT, already=already)

        return self._decide(actor, number, version, decide)

    def set_confidential(
        self, actor: Account, number: int, version: int | None, confidential: bool, reason: str
    ) -> IncidentRow:
        """Hide an incident from its school, or show it again, with a reason (rule 25)."""
        reason = storable(reason)
        if problem := reason_problem(reason):
            raise InvalidInput(problem)

        def decide(work: UnitOfWork, found: Found, now: datetime) -> Decision:
            if confidential:
                work.notifications.drop_unsent(found.id)
            after = replace(found.fields, confidential=confidential)
            sentence = f"It is {'' if confidential else 'not '}confidential already."
            return Decision(
                after, Aspect.CONFIDENTIAL, details={"reason": reason},
                already={"confidential": sentence}, weighty=True,
            )  # fmt: skip

        return self._decide(actor, number, version, decide)

    def link(
        self, actor: Account, number: int, version: int | None, parent: int | None
    ) -> IncidentRow:
        """Hang an incident on a major one, or with ``None`` on none."""

        def decide(work: UnitOfWork, found: Found, now: datetime) -> Decision:
            check_not_closed(found.row.state)
            above = None if parent is None else major(work, actor, found, parent, now)
            details = {"parent": format_number(parent)} if parent is not None else {}
            after = replace(found.fields, parent_id=above.id if above else None)
            where = f"under {format_number(parent)}" if parent is not None else "under none"
            already = {"parent": f"It hangs {where} already."}
            return Decision(after, Aspect.LINK, details=details, already=already)

        return self._decide(actor, number, version, decide)

    def close_as_duplicate(
        self, actor: Account, number: int, version: int | None, original: int
    ) -> IncidentRow:
        """Close an incident that another one is about already, with a pointer to that one."""

        def decide(work: UnitOfWork, found: Found, now: datetime) -> Decision:
            other = pointed_to(work, actor, found, original, now)
            if found.row.state is State.CLOSED:
                raise InvalidInput({"state": "It is closed already."})
            if other.row.state is State.CLOSED:
                sentence = f"{other.row.reference} is closed; name one that is still open."
                raise InvalidInput({"duplicate_of": sentence})
            after = replace(
                found.fields.moved(State.CLOSED, now),
                resolution_code=ResolutionCode.DUPLICATE.value,
                duplicate_of_id=other.id,
                late_when_resolved=found.row.late,
            )
            return Decision(
                after, Aspect.STATE, dealt_with(), NotificationKind.CLOSED,
                {"duplicate_of": other.row.reference}, weighty=True, points_to=other.id,
            )  # fmt: skip

        return self._decide(actor, number, version, decide)

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
            return work.incidents.below(actor.scope, found.id, now)

    def undo(self, actor: Account, number: int, reason: str = "") -> IncidentRow:
        """Take one's own last decision on an incident back, while nobody else has touched it.

        What was said to the school with it stays said.

        Args:
            actor: Whose decision it was.
            number: The incident's.
            reason: Why; needed where doing the same by hand needs one.

        Raises:
            Overtaken: Others have changed it since.
            Conflict: There is no decision of this person's to take back.
            ReasonNeeded: It reopens, hides or shows the incident, and no reason was given.
            InvalidInput: What it comes to could not be done by hand.
        """
        reason = storable(reason)

        def decide(work: UnitOfWork, found: Found, now: datetime) -> Decision:
            return taking_back(work, actor, found, reason, now)

        return self._decide(actor, number, None, decide, kind=EventKind.UNDONE)

    def _decide(
        self,
        actor: Account,
        number: int,
        version: int | None,
        decide: Decide,
        *,
        kind: EventKind = EventKind.TRIAGED,
    ) -> IncidentRow:
        """Make one decision in one transaction.

        Args:
            actor: Who decides.
            number: The incident's.
            version: The one that was on the screen; ``None`` decides whatever it is. What others
                have changed since stays, where the decision can go beside it.
            decide: Says what the decision comes to.
            kind: What the history calls it.

        Raises:
            Overtaken: Somebody changed since then what the decision rests on (rule 37).
            InvalidInput: The decision is not allowed or lacks something.
            NotFound: There is no such incident.
        """
        actor.require(Action.TRIAGE)
        now = self._clock()
        with self._database.writing(actor) as work:
            found = find_incident(work, actor, number, now)
            if version is None or found.row.version == version:
                found = apply_timed_transitions(work, found, now)
            else:
                found = overtaken(work, actor, found, version, decide, now)
            decision = decide(work, found, now)
            decision.check(found.fields)
            check_public("comment", work.comments.confidential_in(decision.comment, found.id))
            after = with_due(work, found, decision.after, now)
            if not work.incidents.change(found, after, actor.name):
                raise Conflict(f"{found.row.reference} was changed meanwhile.")
            self._record(work, actor, found, replace(decision, after=after), kind, now)
            row = work.incidents.by_id(found.id, now).row
            work.commit()
        return row

    def _record(
        self,
        work: UnitOfWork,
        actor: Account,
        found: Found,
        decision: Decision,
        kind: EventKind,
        now: datetime,
    ) -> None:
        after = decision.after
        details = dict(decision.details)
        comment_id = None
        if decision.comment:
            key = uuid.uuid4().hex
            comment_id = work.comments.add(
                found.id, key, actor, "", decision.comment, now, points_to=decision.points_to
            )
            details[COMMENT] = comment_id
        if decision.notify and (
            message_id := notify_school(
                work,
                found,
                decision.notify,
                now,
                confidential=after.confidential,
                comment_id=comment_id,
                state=after.state,
            )
        ):
            details[MESSAGE_ID] = message_id
        record_change(work, actor, found, after, kind, now, details)
