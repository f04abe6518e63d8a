"""The service that forgets who has rung from a school, which leads look after (rule 42)."""

from __future__ import annotations

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.known_caller import KnownCaller
from eds_tui.domain.text import storable, visible
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.core.administration import AdministrativeLog


class KnownCallers:
    """Reads and forgets the callers of a school who are none of its contacts.

    Args:
        database: Where they are.
        clock: The clock.
        operator: The Linux user at the console; empty where it is nobody's doing.
    """

    def __init__(self, database: Database, clock: Clock, operator: str = "") -> None:
        self._database = database
        self._log = AdministrativeLog(clock=clock, operator=operator)

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
