"""Housekeeping: stores timed transitions and due warnings, each once (rules 16, 18, 22)."""

from __future__ import annotations

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
        self._forget_who_left()
        if self._is_clock_off():
            return 0
        done: set[int] = set()
        while True:
            now = self._clock()
            with self._database.reading() as work:
                waiting = set(work.incidents.come_due(now, AT_A_TIME)) - done
            if not waiting:
                return len(done)
            with self._database.writing() as work:
                if not work.try_keep_house():
                    return len(done)
                # Another program may have been quicker: what is due is looked up again.
                waiting &= set(work.incidents.come_due(now, AT_A_TIME))
                for incident_id in sorted(waiting):
                    self._store_due(work, work.incidents.by_id(incident_id, now), now)
                work.commit()
            done |= waiting

    def remark(self) -> str:
        """Return in a sentence why nothing is done just now; nothing where that is not so."""
        with self._database.reading() as work:
            return work.clock.remark()

    def _is_clock_off(self) -> bool:
        with self._database.reading() as work:
            skew = work.clock.skew()
            is_new = work.clock.is_to_be_noted()
        if is_new:
            with self._database.writing() as work:
                work.clock.note()
                work.commit()
        return is_off(skew)

    def _forget_who_left(self) -> None:
        """Drop what sessions that ended without a word have left behind."""
        before = self._clock() - GONE_AFTER
        with self._database.reading() as work:
            if not work.presence.is_any_older(before):
                return
        with self._database.writing() as work:
            work.presence.drop_older(before)
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
