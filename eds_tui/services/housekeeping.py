"""Housekeeping: stores timed transitions and due warnings, each once (rules 16, 18, 22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from eds_tui.domain.clock import Clock
from eds_tui.domain.clock_trust import is_off
from eds_tui.domain.due_warnings import due_warnings, warned_of
from eds_tui.domain.found import Found
from eds_tui.repository.unit_of_work import Database, UnitOfWork
from eds_tui.services.core.timed_transitions import apply_timed_transitions, with_due

GONE_AFTER = timedelta(minutes=5)
"""After how long without a sign of life a session is gone."""

AT_A_TIME = 50
"""Incidents dealt with in one transaction, so that nobody waits long for the writer's slot."""


@dataclass(frozen=True, kw_only=True)
class _Seen:
    has_anybody_left: bool
    skew: timedelta
    is_clock_new: bool
    waiting: set[int]
    """Incidents to which something has happened by the clock."""


class Housekeeping:
    """Stores timed transitions, gives the warnings of due dates, and drops dead sessions.

    Readers see a timed transition at the right moment without it; storing makes it part of the
    history and e-mails the school. However many programs do so, each is stored once, and where
    one is at it the others leave it to that one.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def run(self) -> int:
        """Do what there is to do just now, and return for how many incidents.

        By a clock that can't be right nothing is done; once it is right, all of it is. What another
        program is just storing is left to it: nobody waits for that.
        """
        seen = self._look()
        if seen.has_anybody_left:
            self._forget_who_left()
        if seen.is_clock_new:
            self._note_clock()
        if is_off(seen.skew):
            return 0
        done: set[int] = set()
        waiting = seen.waiting
        while waiting:
            now = self._clock()
            with self._database.writing() as work:
                if not work.try_keep_house():
                    return len(done)
                # Another program may have been quicker: what is due is looked up again.
                waiting &= set(work.incidents.come_due(now, AT_A_TIME))
                for incident_id in sorted(waiting):
                    self._store_due(work, work.incidents.by_id(incident_id, now), now)
                if not done:
                    work.incidents.put_counts_together()
                work.commit()
            done |= waiting
            with self._database.reading() as work:
                waiting = set(work.incidents.come_due(self._clock(), AT_A_TIME)) - done
        return len(done)

    def remark(self) -> str:
        """Return in a sentence why nothing is done just now; nothing where that is not so."""
        with self._database.reading() as work:
            return work.clock.remark()

    def _look(self) -> _Seen:
        """Return what there is to do, read at once: most of the time there is nothing."""
        now = self._clock()
        with self._database.reading() as work:
            return _Seen(
                has_anybody_left=work.presence.is_any_older(now - GONE_AFTER),
                skew=work.clock.skew(),
                is_clock_new=work.clock.is_to_be_noted(),
                waiting=set(work.incidents.come_due(now, AT_A_TIME)),
            )

    def _note_clock(self) -> None:
        with self._database.writing() as work:
            work.clock.note()
            work.commit()

    def _forget_who_left(self) -> None:
        """Drop what sessions that ended without a word have left behind."""
        with self._database.writing() as work:
            work.presence.drop_older(self._clock() - GONE_AFTER)
            work.commit()

    def _store_due(self, work: UnitOfWork, found: Found, now: datetime) -> None:
        found = apply_timed_transitions(work, found, now)
        after = with_due(work, found, found.fields, now)
        warnings = due_warnings(after, now)
        for each in warnings:
            work.events.add(each.kind, each.at, None, incident_id=found.id)
        after = warned_of(after, warnings)
        if after != found.fields:
            work.incidents.set_clock(found.id, after)
