"""The service that reads incidents: lists, counts, and one incident whole (guide 2.6 and 3)."""

from __future__ import annotations

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.event import EventKind
from eds_tui.domain.found import Found
from eds_tui.domain.sorting import Sort
from eds_tui.domain.views import (
    LATEST_CLOSED,
    IncidentDetail,
    ListQuery,
    Page,
    View,
    Window,
)  # fmt: skip
from eds_tui.repository.unit_of_work import Database, UnitOfWork
from eds_tui.services.core.lookup import find_incident


class Queue:
    """Reads incidents, each reader within what they may learn of (rule 24)."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def page(self, actor: Account, query: ListQuery, window: Window) -> Page:
        """Return a window of a list, sorted as the query says (rules 11, 12 and 46).

        A school account's lists are of its own school, whatever the query says.

        Raises:
            InvalidInput: A school account would have its one school sorted by school.
        """
        actor.require(Action.READ_INCIDENTS)
        if query.sort is Sort.SCHOOL and not actor.role.is_service_centre:
            raise InvalidInput({"sort": "All of them are of your school: sort by something else."})
        with self._database.reading(actor) as work:
            return work.incidents.page(work.actor.scope, query, window, self._clock())

    def latest_closed(self, actor: Account, school_id: int | None = None) -> Page:
        """Return the latest 20 closed incidents of a school, newest closed first (rule 12)."""
        query = ListQuery(View.CLOSED, school_id)
        page = self.page(actor, query, Window(limit=LATEST_CLOSED))
        return Page(page.rows)

    def counts(self, actor: Account) -> dict[View, int]:
        """Return how many incidents each list of open ones has."""
        actor.require(Action.READ_INCIDENTS)
        with self._database.reading(actor) as work:
            return work.incidents.counts(work.actor.scope, self._clock())

    def open(self, actor: Account, number: int, *, again: bool = False) -> IncidentDetail:
        """Return one incident whole. Opening a confidential one is recorded (rule 26).

        Args:
            actor: Who reads.
            number: The incident's.
            again: Whether it is on the reader's screen already, and only read anew.

        Raises:
            NotFound: There is none with that number, or none that this account may know of; the
                answer is the same (rule 24).
        """
        actor.require(Action.READ_INCIDENTS)
        with self._database.reading(actor) as work:
            found, detail = self._whole(work, actor, number)
        if found.row.confidential and not again:
            with self._database.writing(actor) as work:
                work.events.add(
                    EventKind.CONFIDENTIAL_OPENED,
                    self._clock(),
                    actor,
                    incident_id=found.id,
                    details={"number": found.row.reference},
                )
                work.commit()
        return detail

    def glance(self, actor: Account, number: int) -> IncidentDetail | None:
        """Return one incident whole for showing it beside its list, which is not opening it.

        Returns:
            ``None`` for a confidential one: its text is shown to nobody without a record (rule 26).

        Raises:
            NotFound: There is none that this account may know of.
        """
        actor.require(Action.READ_INCIDENTS)
        with self._database.reading(actor) as work:
            _, detail = self._whole(work, actor, number)
        return None if detail.row.confidential else detail

    def _whole(self, work: UnitOfWork, actor: Account, number: int) -> tuple[Found, IncidentDetail]:
        now = self._clock()
        found = find_incident(work, actor, number, now)
        internal = actor.may(Action.TRIAGE)
        original = found.fields.duplicate_of_id if internal else None
        return found, IncidentDetail(
            row=found.row,
            description=found.description,
            comments=work.comments.of_incident(
                actor.scope, found.id, now, internal=actor.may(Action.SEE_WORK_NOTES)
            ),
            attachments=work.attachments.of_incident(found.id),
            resolved_at=found.fields.resolved_at,
            feedback=work.comments.feedback(found.id),
            waiting_for=found.fields.waiting_for if internal else "",
            duplicate_of=work.incidents.numbers({original})[original] if original else None,
            below=work.incidents.below(actor.scope, found.id, now, View.ALL)
            if internal and found.row.children
            else (),
        )
