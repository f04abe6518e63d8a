"""The service for the calendar and the targets in force (rules 21, 22)."""

from __future__ import annotations

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.event import EventKind
from eds_tui.domain.targets import ServiceLevel, level_differences
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.core.administration import AdministrativeLog
from eds_tui.services.core.timed_transitions import recompute


class ServiceLevels:
    """Keeps the service level and recomputes what depends on it.

    Args:
        database: Where it is kept.
        clock: The clock.
        operator: The Linux user at the console; empty where it is nobody's doing.
    """

    def __init__(self, database: Database, clock: Clock, operator: str = "") -> None:
        self._database = database
        self._clock = clock
        self._log = AdministrativeLog(clock=clock, operator=operator)

    def current(self) -> ServiceLevel:
        """Return the service level in force."""
        with self._database.reading() as work:
            return work.service_levels.load()

    def change(self, actor: Account | None, level: ServiceLevel) -> int:
        """Put another service level in force, and recompute every open incident's due date.

        Args:
            actor: A lead; ``None`` at the console.
            level: The calendar and the targets.

        Returns:
            How many open incidents there are.

        Raises:
            InvalidInput: A calendar without any open hour, or a target that can't be.
            NotAllowed: The account may not change it.
        """
        if actor is not None:
            actor.require(Action.MANAGE_SERVICE_LEVEL)
        now = self._clock()
        level.check(now)
        with self._database.writing(actor) as work:
            changed = level_differences(work.service_levels.load(), level)
            work.service_levels.save(level, now)
            count = recompute(work, level, now)
            self._log.add(
                work,
                EventKind.SERVICE_LEVEL_CHANGED,
                actor,
                **level.to_data(),
                changed=changed,
            )
            work.commit()
        return count
