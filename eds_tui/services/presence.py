"""The service that reports who is writing where."""

from __future__ import annotations

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.presence import Writer, Writing
from eds_tui.repository.unit_of_work import Database


class Presence:
    """Keeps who is writing where; nothing of it is an event."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def say(self, actor: Account, session: str, writing: Writing | None) -> None:
        """Say what somebody is writing in a session, or that they no longer write.

        It holds for a few seconds and is to be said again until it ends; a session that dies says
        nothing more.
        """
        # It ends for an account that has been disabled as for any.
        with self._database.writing(actor if writing else None) as work:
            if writing is None:
                work.presence.end(session)
            else:
                work.presence.say(session, actor, writing, self._clock())
            work.commit()

    def others(self, actor: Account, session: str, number: int) -> tuple[Writer, ...]:
        """Return who else is writing on an incident: to a school only those who comment."""
        internal = actor.may(Action.SEE_WORK_NOTES)
        with self._database.reading(actor) as work:
            return work.presence.others(
                actor.scope, session, number, self._clock(), internal=internal
            )
