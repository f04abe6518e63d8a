"""The service that returns an attached file, byte for byte, or takes it back (rules 7 and 30)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import InvalidInput, NotFound
from eds_tui.domain.event import FILE, EventKind
from eds_tui.domain.file_names import positions_of, shown_name, shown_names
from eds_tui.domain.incident import format_number, line_problem
from eds_tui.domain.incident_detail import AttachmentView
from eds_tui.domain.text import storable
from eds_tui.repository.unit_of_work import Database, UnitOfWork

Result = TypeVar("Result")


class Attachments:
    """Hands attached files out, and takes back what was attached by mistake."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def fetch(
        self,
        actor: Account,
        number: int,
        file: int | str,
        sink: Callable[[Iterator[bytes]], Result],
    ) -> Result:
        """Give an attached file's bytes, piece by piece, to something that keeps them.

        Args:
            actor: Who asks.
            number: The incident's.
            file: Its id, or its name, as it was attached or as it is shown, where that is of one
                file alone.
            sink: Takes the pieces while the database is open and returns what it likes.

        Returns:
            What the sink returned.

        Raises:
            InvalidInput: Several files have that name; the sentence says which.
            NotFound: No such file on an incident that this account may know of.
        """
        actor.require(Action.READ_INCIDENTS)
        now = self._clock()
        with self._database.reading(actor) as work:
            incident_id, meant = _find(work, actor, number, file, now)
            result = sink(work.attachments.pieces(meant.id))
        with self._database.writing(actor) as work:
            details = {"name": meant.name}
            work.events.add(
                EventKind.ATTACHMENT_SAVED, now, actor, incident_id=incident_id, details=details
            )
            work.commit()
        return result

    def take_back(self, actor: Account, number: int, file: int | str, reason: str) -> None:
        """Take back a file, whoever attached it: nobody is offered it, and its bytes are deleted.

        Its name stays in the history, with who took it back and why.

        Args:
            actor: One of the service centre.
            number: The incident's, which may be closed.
            file: Its id, or its name, as :meth:`fetch` takes it.
            reason: For the history.

        Raises:
            InvalidInput: There is no reason, or several files have that name.
            NotAllowed: The account is a school's.
            NotFound: No such file is on the incident, or it has been taken back.
        """
        actor.require(Action.TRIAGE)
        reason = storable(reason).strip()
        if problem := line_problem("reason", reason, required=True):
            raise InvalidInput({"reason": problem})
        now = self._clock()
        with self._database.writing(actor) as work:
            incident_id, meant = _find(work, actor, number, file, now)
            shown = work.attachments.of_incident(incident_id, internal=False)
            if not work.attachments.take_back(meant.id, now):
                raise NotFound(_no_file(number, file))
            kind = EventKind.ATTACHMENT_TAKEN_BACK
            if meant.id not in {each.id for each in shown}:
                kind = EventKind.HIDDEN_FILE_TAKEN_BACK
            details = {FILE: shown_name(meant.name), "reason": reason}
            work.events.add(kind, now, actor, incident_id=incident_id, details=details)
            work.commit()


def _find(
    work: UnitOfWork, actor: Account, number: int, file: int | str, now: datetime
) -> tuple[int, AttachmentView]:
    """Return the row id of an incident, and the one file of it that is meant.

    Raises:
        InvalidInput: Several files have that name; the sentence says which.
        NotFound: There is none, as far as the actor may know.
    """
    found = work.incidents.find(actor.scope, number, now)
    internal = actor.may(Action.SEE_WORK_NOTES)
    files = work.attachments.of_incident(found.id, internal=internal) if found else ()
    meant = _meant(files, file)
    if found is None or not meant:
        raise NotFound(_no_file(number, file))
    if len(meant) > 1:
        raise InvalidInput({"file": _which(number, file, files, meant)})
    return found.id, meant[0]


def _no_file(number: int, file: int | str) -> str:
    return f"{format_number(number)} has no file {_in_words(file)}."


def _meant(files: Sequence[AttachmentView], file: int | str) -> list[AttachmentView]:
    if isinstance(file, int):
        return [each for each in files if each.id == file]
    return [files[place] for place in positions_of(file, (each.name for each in files))]


def _in_words(file: int | str) -> str:
    return f"with the id {file}" if isinstance(file, int) else f"named {shown_name(file)}"


def _which(
    number: int, file: int | str, files: Sequence[AttachmentView], meant: Sequence[AttachmentView]
) -> str:
    shown = dict(zip(files, shown_names(each.name for each in files), strict=True))
    choices = ", ".join(f"{shown[each]} (id {each.id}, {each.size:,} bytes)" for each in meant)
    return (
        f"{format_number(number)} has {len(meant)} files {_in_words(file)}."
        f" Give the id of one: {choices}."
    )
