"""The service that puts right what an incident was logged with (rule 40)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.correction import (
    NOTHING_CHANGED,
    Correction,
    Destination,
    check_correction,
    put_right,
)  # fmt: skip
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.event import EventKind
from eds_tui.domain.found import Found
from eds_tui.domain.triage_decisions import Decide
from eds_tui.domain.views import IncidentRow
from eds_tui.repository.unit_of_work import Database, UnitOfWork
from eds_tui.services.core.deciding import Seen, decide


class Corrections:
    """Puts right what was logged, for the service centre."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def correct(
        self, actor: Account, number: int, version: int | None, correction: Correction
    ) -> IncidentRow:
        """Put right what was logged of an incident that is not closed, in one event.

        The due date follows; the suggested priority is the triager's. The school reads what was
        changed; another school is told as of a new one, and the former one nothing more.

        Args:
            actor: Who puts it right.
            number: The incident's.
            version: The one that was seen; ``None`` is whatever it is.
            correction: What is put right.

        Returns:
            The incident as it then is.

        Raises:
            VersionConflict: Somebody changed one of these fields since then (rule 37).
            InvalidInput: A field will not do, nothing is changed, or the incident is closed.
            NotFound: There is no such incident.
            NotAllowed: The account is a school's.
        """
        actor.require(Action.TRIAGE)
        correction = correction.as_stored()
        if not correction:
            raise InvalidInput({"correction": NOTHING_CHANGED})
        check_correction(correction)
        read = partial(_reading_school, actor, correction)
        seen = Seen(number=number, version=version)
        return decide(self._database, self._clock(), actor, seen, read, kind=EventKind.CORRECTED)


def _reading_school(
    actor: Account, correction: Correction, work: UnitOfWork, _found: Found, _now: datetime
) -> Decide:
    """Read the school that an incident is to be put to, as it is by now."""
    school_id = correction.school_id
    school = None if school_id is None else work.schools.by_id(school_id)
    destination = Destination(title=school.title, closed=school.closed) if school else None
    return partial(put_right, correction=correction, destination=destination, by=actor.name)
