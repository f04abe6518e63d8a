"""Bringing an attached file back, byte for byte (rule 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.incident import format_number
from eds_tui.domain.text import storable, visible
from eds_tui.repository.unit_of_work import Database

Result = TypeVar("Result")


class Attachments:
    """Hands attached files out."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def fetch(
        self, actor: Account, number: int, name: str, sink: Callable[[Iterator[bytes]], Result]
    ) -> Result:
        """Give an attached file's bytes, piece by piece, to something that keeps them.

        Args:
            actor: Who asks.
            number: The incident's.
            name: The file's, as it was attached or as it is shown; the latest of several.
            sink: Takes the pieces while the database is open and returns what it likes.

        Returns:
            What the sink returned.

        Raises:
            NotFound: No such file on an incident that this account may know of.
        """
        actor.require(Action.READ_INCIDENTS)
        now = self._clock()
        with self._database.reading(actor) as work:
            found = work.incidents.find(actor.scope, number, now)
            files = work.attachments.of_incident(found.id) if found else ()
            named = [file for file in files if storable(name) in {file.name, visible(file.name)}]
            if found is None or not named:
                raise NotFound(f"{format_number(number)} has no file named {visible(name)}.")
            result = sink(work.attachments.pieces(named[-1].id))
        with self._database.writing(actor) as work:
            details = {"name": named[-1].name}
            work.events.add(
                EventKind.ATTACHMENT_SAVED, now, actor, incident_id=found.id, details=details
            )
            work.commit()
        return result
