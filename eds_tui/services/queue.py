"""The service that reads incidents: lists, counts, and one incident whole (guide 2.6 and 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.event import EventKind
from eds_tui.domain.found import Found
from eds_tui.domain.hand_over import scope_of_pile
from eds_tui.domain.incident_detail import IncidentDetail
from eds_tui.domain.sorting import Sort
from eds_tui.domain.superseding import Cancellation
from eds_tui.domain.unread import READ_BY, News, Side, what_is_new
from eds_tui.domain.views import LATEST_CLOSED, IncidentRow, ListQuery, Page, View, Window
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
            NotAllowed: It is somebody's pile, and the account may not triage.
        """
        actor.require(Action.READ_INCIDENTS)
        if query.holder is not None:
            actor.require(Action.TRIAGE)
        if query.sort is Sort.SCHOOL and not actor.role.is_service_centre:
            raise InvalidInput({"sort": "All of them are of your school: sort by something else."})
        with self._database.reading(actor) as work:
            scope = work.actor.scope
            if query.holder is not None:
                scope = scope_of_pile(query.holder, scope)
            return work.incidents.page(scope, query, window, self._clock())

    def latest_closed(self, actor: Account, school_id: int | None = None) -> Page:
        """Return the latest 20 closed incidents of a school, newest closed first (rule 12)."""
        query = ListQuery(View.CLOSED, school_id)
        page = self.page(actor, query, Window(limit=LATEST_CLOSED))
        return Page(page.rows)

    def counts(self, actor: Account, cancellation: Cancellation | None = None) -> dict[View, int]:
        """Return how many incidents each list of open ones has.

        Args:
            actor: Who reads.
            cancellation: By which it can be given up from another thread.

        Raises:
            Superseded: It was given up.
        """
        actor.require(Action.READ_INCIDENTS)
        with self._database.reading(actor, cancellation=cancellation) as work:
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
        with self._database.reading(actor, by_key=True) as work:
            found, detail = self._whole(work, actor, number)
        if found.row.confidential and not again:
            self._record_opening(actor, found)
        return detail

    def glance(self, actor: Account, number: int) -> IncidentDetail | None:
        """Return one incident whole for showing it beside its list, which is not opening it.

        Returns:
            ``None`` for a confidential one: its text is shown to nobody without a record (rule 26).

        Raises:
            NotFound: There is none that this account may know of.
        """
        actor.require(Action.READ_INCIDENTS)
        with self._database.reading(actor, by_key=True) as work:
            _, detail = self._whole(work, actor, number)
        return None if detail.row.confidential else detail

    def _whole(self, work: UnitOfWork, actor: Account, number: int) -> tuple[Found, IncidentDetail]:
        now = self._clock()
        found = find_incident(work, actor, number, now)
        internal, notes = actor.may(Action.TRIAGE), actor.may(Action.SEE_WORK_NOTES)
        pointing = partial(work.incidents.pointing_to, actor.scope, found.id, now)
        original = found.fields.duplicate_of_id if internal else None
        beside = found.beside
        detail = IncidentDetail(
            row=found.row,
            description=found.description,
            comments=work.comments.of_incident(actor.scope, found.id, now, internal=notes),
            attachments=(
                work.attachments.of_incident(found.id, internal=notes) if beside.files else ()
            ),
            resolved_at=found.fields.resolved_at,
            feedback=work.comments.feedback(found.id) if beside.rating else None,
            waiting_for=found.fields.waiting_for if internal else "",
            duplicate_of=work.incidents.numbers({original})[original] if original else None,
            below=pointing("parent_id") if internal and found.row.children else (),
            duplicates=pointing("duplicate_of_id") if internal and beside.duplicates else (),
            above=_above(work, actor, found, now) if internal else None,
        )
        if found.row.unread:
            detail = replace(detail, news=_news(actor, found, detail))
        return found, detail

    def _record_opening(self, actor: Account, found: Found) -> None:
        with self._database.writing(actor) as work:
            work.events.add(
                EventKind.CONFIDENTIAL_OPENED,
                self._clock(),
                actor,
                incident_id=found.id,
                details={"number": found.row.reference},
            )
            work.commit()

    def read(self, actor: Account, number: int, news: News) -> None:
        """Keep that what was new in an incident has been read, for all of the reader's side.

        Args:
            actor: Who has read it.
            number: The incident's.
            news: What was shown; whatever has come since then stays new (rule 41).

        Raises:
            NotFound: There is none that this account may know of any more.
        """
        actor.require(Action.READ_INCIDENTS)
        side = Side.of(actor.scope)
        with self._database.writing(actor) as work:
            now = self._clock()
            found = find_incident(work, actor, number, now)
            if work.unread.read(side, found.id, news):
                work.events.add(READ_BY[side], now, actor, incident_id=found.id)
                work.commit()


def _above(work: UnitOfWork, actor: Account, found: Found, now: datetime) -> IncidentRow | None:
    """Return the incident that one hangs on, as far as the reader may know of it."""
    if found.row.parent is None:
        return None
    above = work.incidents.find(actor.scope, found.row.parent, now)
    return above.row if above else None


def _news(actor: Account, found: Found, detail: IncidentDetail) -> News:
    return what_is_new(
        Side.of(actor.scope),
        event_id=found.last_news,
        said=found.said,
        comments=detail.comments,
        opened_at=found.row.opened_at,
    )
