"""The service for handing over: who has what, giving it on with a note, and reading notes."""

from __future__ import annotations

from collections.abc import Iterable

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import Conflict, InvalidInput, NotFound
from eds_tui.domain.hand_over import (
    HandOver,
    HandOverNote,
    Pile,
    piles_of,
    scope_of_pile,
    view_of_pile,
)
from eds_tui.domain.triage import Assignee
from eds_tui.domain.views import IncidentRow, ListQuery, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.core.deciding import Seen, decide_on
from eds_tui.services.core.decision_facts import reading_hand_over

MOST_NOTES = 50
"""Notes that are read again at a time, the latest."""


class HandOvers:
    """Counts piles, hands them over, and keeps the notes (rule 51)."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def piles(self, actor: Account) -> tuple[Pile, ...]:
        """Return who has what: nobody's pile, the teams', then everybody's by name."""
        actor.require(Action.TRIAGE)
        now = self._clock()
        with self._database.reading(actor) as work:
            return piles_of(work.accounts.all(), work.piles.all(actor.scope, now), now)

    def pile(self, actor: Account, holder: Assignee) -> tuple[IncidentRow, ...]:
        """Return all that somebody has to do, newest first."""
        actor.require(Action.TRIAGE)
        query = ListQuery(view_of_pile(holder))
        rows: list[IncidentRow] = []
        now, window = self._clock(), Window()
        with self._database.reading(actor) as work:
            scope = scope_of_pile(holder, actor.scope)
            while True:
                page = work.incidents.page(scope, query, window, now)
                rows += page.rows
                if not page.older:
                    return tuple(rows)
                window = Window(key=query.key(rows[-1]))

    def give(
        self, actor: Account, number: int, version: int | None, given: HandOver
    ) -> IncidentRow:
        """Hand one incident over, and count it to its note, in one transaction.

        Args:
            actor: Who hands over.
            number: The incident's.
            version: The one that was on the screen; ``None`` hands it over whatever it is.
            given: What it is a part of: whose it was, who gets it, the note for all of it.

        Raises:
            VersionConflict: Somebody has given it on, or ended it, meanwhile.
            InvalidInput: The note is too long, or the incident can't be given to them.
            NotFound: There is no such incident.
        """
        actor.require(Action.TRIAGE)
        given = given.checked()
        now = self._clock()
        with self._database.writing(actor) as work:
            read = reading_hand_over(given)
            found = decide_on(work, actor, Seen(number=number, version=version), read, now)
            note_id = work.hand_overs.begun(actor, given, now)
            work.hand_overs.add_incident(note_id, found.id)
            work.commit()
        return found.row

    def give_all(
        self, actor: Account, rows: Iterable[IncidentRow], given: HandOver
    ) -> tuple[list[IncidentRow], list[str]]:
        """Hand several over in one transaction, which can be done once under a key.

        Args:
            actor: Who hands over.
            rows: The incidents as they were seen.
            given: What they are a part of.

        Returns:
            Those that were handed over, as they then are, and a line for each that was not.

        Raises:
            InvalidInput: The note is too long; nothing is handed over.
        """
        actor.require(Action.TRIAGE)
        given = given.checked()
        now, done, refused = self._clock(), list[IncidentRow](), list[str]()
        with self._database.writing(actor) as work:
            read = reading_hand_over(given)
            for row in rows:
                try:
                    # It is refused before any of it is stored, so that the others can go on.
                    seen = Seen(number=row.number, version=row.version)
                    found = decide_on(work, actor, seen, read, now)
                except (Conflict, InvalidInput, NotFound) as error:
                    refused.append(f"{row.reference}: {error.message}")
                else:
                    note_id = work.hand_overs.begun(actor, given, now)
                    work.hand_overs.add_incident(note_id, found.id)
                    done.append(found.row)
            if done:
                work.commit({"numbers": [each.number for each in done], "refused": refused})
        return done, refused

    def unread(self, actor: Account) -> tuple[HandOverNote, ...]:
        """Return the notes that somebody is to read before anything else, oldest first."""
        actor.require(Action.TRIAGE)
        with self._database.reading(actor) as work:
            return work.hand_overs.unread(work.actor)

    def notes(self, actor: Account, limit: int = MOST_NOTES) -> tuple[HandOverNote, ...]:
        """Return the latest notes for or by somebody, newest first; a lead reads all."""
        actor.require(Action.TRIAGE)
        with self._database.reading(actor) as work:
            return work.hand_overs.latest(work.actor, limit)

    def mark_read(self, actor: Account, notes: Iterable[HandOverNote]) -> None:
        """Keep that somebody has read notes, for themselves alone."""
        actor.require(Action.TRIAGE)
        with self._database.writing(actor) as work:
            work.hand_overs.mark_read(actor, (each.id for each in notes), self._clock())
            work.commit()
