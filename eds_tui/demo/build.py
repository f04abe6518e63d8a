"""Fills an empty database with the demonstration."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from eds_tui.demo.accounts import ACCOUNTS, PASSWORD
from eds_tui.demo.built import holds_demonstration, is_built
from eds_tui.demo.data import DemoData, read_data
from eds_tui.demo.plan import PlannedComment, PlannedIncident, guide_incidents, school_accounts
from eds_tui.demo.year import Year
from eds_tui.domain.account import Account, NewAccount
from eds_tui.domain.errors import Conflict
from eds_tui.domain.event import EventKind
from eds_tui.domain.incident import NewIncident
from eds_tui.domain.lifecycle import TRIAGE, State, closes_at
from eds_tui.domain.priority import Priority
from eds_tui.domain.service_level import standing
from eds_tui.domain.triage import ResolutionCode
from eds_tui.domain.triage_fields import Difference, TriageFields, difference
from eds_tui.domain.unread import Side
from eds_tui.domain.views import CannedReply
from eds_tui.host.passwords import Passwords
from eds_tui.repository.unit_of_work import Database, UnitOfWork
from eds_tui.services.core.timed_transitions import recompute

_TEAM = "First line"
_OTHER_TEAM = "Field engineers"
PATIENCE = timedelta(minutes=10)
"""How long a program that builds waits for another one that builds or writes."""
_DEFERRED_FOR = timedelta(days=3)
_UNREAD_FOR = timedelta(days=2)
"""How long nobody has looked at anything when the demonstration begins."""


def build(database: Database, now: datetime) -> None:
    """Fill an empty database; one that holds the demonstration already is left as it is.

    Several programs may build at once: one does, the others wait for it, ``PATIENCE`` at most.

    Args:
        database: With its schema.
        now: Nothing will be dated later.

    Raises:
        Conflict: The database holds something else.
        Unavailable: It can't be written; nothing is kept.
    """
    if is_built(database):
        return
    now = now.replace(microsecond=0)
    data = read_data()
    incidents = [*guide_incidents(data, now), *Year(data, now).incidents()]
    password_hash = Passwords().hash(PASSWORD)
    with database.patient(PATIENCE).writing() as work:
        work.alone()
        if holds_demonstration(work):
            return
        if work.accounts.any() or work.schools.page("", limit=1):
            raise Conflict(
                "This database is in use already. The demonstration is only put into an empty one."
            )
        builder = _Builder(work, data, now)
        builder.add_people(password_hash, min(incident.opened_at for incident in incidents))
        with work.texts_read_once():
            for incident in incidents:
                builder.add_incident(incident)
            recompute(work, work.service_levels.load(), now)
            for title, body in data.replies.items():
                work.canned_replies.save(CannedReply(title, body))
            builder.add_comments()
        builder.add_events()
        work.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """An entry of the event log that will be written."""

    at: datetime
    kind: EventKind
    actor: Account | None
    incident_id: int | None
    details: dict[str, Any]


class _Builder:
    """Writes what is planned.

    Comments and events wait until every incident has its id, so that each is in the order of time.
    """

    def __init__(self, work: UnitOfWork, data: DemoData, now: datetime) -> None:
        self._now = now
        self._work = work
        self._data = data
        self._level = work.service_levels.load()
        self._schools: dict[str, int] = {}
        self._accounts: dict[str, Account] = {}
        self._comments: list[tuple[int, PlannedComment]] = []
        self._entries: list[_Entry] = []
        self._read_until: datetime | None = None

    def add_people(self, password_hash: str, at: datetime) -> None:
        """Add schools and accounts; one hash serves all, since hashing is slow on purpose."""
        accounts = [
            NewAccount(login=own.login, name=own.name, role=own.role, team=_TEAM)
            for own in ACCOUNTS
            if own.role.is_service_centre
        ]
        for school in self._data.schools:
            school_id = self._work.schools.add(school)
            self._schools[school.portal_number] = school_id
            details = {"portal_number": school.portal_number}
            self._entries.append(
                _Entry(
                    at=at,
                    kind=EventKind.SCHOOL_ADDED,
                    actor=None,
                    incident_id=None,
                    details=details,
                )
            )
            accounts += school_accounts(school, school_id)
        for new in accounts:
            account_id = self._work.accounts.add(new, password_hash, at)
            account = self._work.accounts.by_id(account_id)
            assert account is not None
            self._accounts[new.login] = account
            details = {"login": new.login, "role": new.role.value}
            self._entries.append(
                _Entry(
                    at=at,
                    kind=EventKind.ACCOUNT_ADDED,
                    actor=None,
                    incident_id=None,
                    details=details,
                )
            )

    def _assigned(self, fields: TriageFields, number: int) -> TriageFields:
        """Give two of three incidents to a person of the service centre, the rest to a team."""
        login = (None, "handler", "lead")[number % 3]
        if login is None:
            return replace(fields, team=_TEAM if number % 2 else _OTHER_TEAM)
        person = self._accounts[login]
        return replace(fields, assigned_to_id=person.id, assigned_to=person.name, team=person.team)

    def add_incident(self, planned: PlannedIncident) -> None:
        """Add an incident under the next number."""
        work, actor = self._work, self._accounts[planned.login]
        number = work.incidents.next_number()
        incident_id = work.incidents.add(self._new_incident(planned, actor, number), number)
        details = {"channel": planned.channel.value, "confidential": planned.confidential}
        self._entries.append(
            _Entry(
                at=planned.opened_at,
                kind=EventKind.INCIDENT_LOGGED,
                actor=actor,
                incident_id=incident_id,
                details=details,
            )
        )
        if planned.state is not State.NEW or planned.priority is not Priority.NONE:
            self._bring_to_its_state(planned, incident_id)
        if planned.state not in TRIAGE and planned.resolved_at is None:
            found = work.incidents.by_id(incident_id, planned.opened_at)
            assigned = self._assigned(found.fields, number)
            work.incidents.change(found, assigned, "")
            changed = difference(found.fields, assigned)
            self._record(planned.opened_at, planned.state, incident_id, changed)
        if planned.file:
            pieces = iter([self._data.files[planned.file].encode()])
            work.attachments.add(incident_id, planned.file, pieces, planned.opened_at)
        self._comments += [(incident_id, comment) for comment in planned.comments]

    def _bring_to_its_state(self, planned: PlannedIncident, incident_id: int) -> None:
        """Give an incident its priority, state and due date; a closed one was resolved before."""
        work, closed = self._work, planned.state is State.CLOSED
        since = planned.resolved_at or planned.opened_at
        until = self._now + _DEFERRED_FOR if planned.state is State.ON_HOLD_DEFERRAL else None
        state = State.RESOLVED if closed else planned.state
        found = work.incidents.by_id(incident_id, since)
        after = replace(found.fields.moved(state, since, until), priority=planned.priority)
        stands = standing(
            planned.opened_at, self._level.target(after.priority), self._level.calendar,
            after.known_pauses, since,
        )  # fmt: skip
        after = replace(after, sla_due=stands.due, warn_at=stands.warn_at)
        if state is State.RESOLVED:
            late = stands.due is not None and stands.due < since
            after = replace(
                after, resolution_code=ResolutionCode.FIXED.value, late_when_resolved=late
            )
        work.incidents.change(found, after, "")
        self._record(since, state, incident_id, difference(found.fields, after))
        if closed:
            found = work.incidents.by_id(incident_id, since)
            after, at = found.fields.by_the_clock(closes_at(since))
            assert at is not None
            work.incidents.change(found, after, "")
            self._record(at, State.CLOSED, incident_id, difference(found.fields, after))

    def _record(self, at: datetime, state: State, incident_id: int, changed: Difference) -> None:
        """Have the lead make a change, and the clock close what is resolved."""
        by_clock = state is State.CLOSED
        kind = EventKind.CLOCK if by_clock else EventKind.TRIAGED
        actor = None if by_clock else self._accounts["lead"]
        self._entries.append(
            _Entry(
                at=at, kind=kind, actor=actor, incident_id=incident_id, details={"changed": changed}
            )
        )

    def _new_incident(self, planned: PlannedIncident, actor: Account, number: int) -> NewIncident:
        return NewIncident(
            submission=f"demo-incident-{number}",
            school_id=self._schools[planned.portal_number],
            category=planned.category,
            impact=planned.impact,
            confidential=planned.confidential,
            description=planned.description,
            contact_name=planned.contact.name,
            contact_telephone=planned.contact.telephone,
            contact_email=planned.contact.email,
            channel=planned.channel,
            logged_by_id=actor.id,
            logged_by=actor.name,
            opened_at=planned.opened_at,
            handling_seconds=planned.handling_seconds,
        )

    def add_comments(self) -> None:
        """Add the comments of every incident added so far."""
        in_order = sorted(self._comments, key=lambda pair: pair[1].at)
        for place, (incident_id, said) in enumerate(in_order, 1):
            author, key = self._accounts[said.login], f"demo-comment-{place}"
            comment_id = self._work.comments.add(
                incident_id, key, author, said.caller, said.body, said.at
            )
            details = {"id": comment_id}
            self._entries.append(
                _Entry(
                    at=said.at,
                    kind=EventKind.COMMENT_ADDED,
                    actor=author,
                    incident_id=incident_id,
                    details=details,
                )
            )

    def add_events(self) -> None:
        """Write the log of all that was added; what happened lately is still unread."""
        since = self._now - _UNREAD_FOR
        for entry in sorted(self._entries, key=lambda entry: entry.at):
            if entry.at >= since and self._read_until is None:
                self._read_until = since
                self._read_all(since)
            self._work.events.add(
                entry.kind,
                entry.at,
                entry.actor,
                incident_id=entry.incident_id,
                details=entry.details,
            )

    def _read_all(self, until: datetime) -> None:
        """Let both sides have read all that was said and done until a moment."""
        said = sum(comment.at < until for _, comment in self._comments)
        for side in Side:
            self._work.unread.read_all(side, said)
