"""Stores a comment or work note with its files, once under its key (rules 8, 13 and 50)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from eds_tui.domain.account import Account
from eds_tui.domain.errors import AlreadySent, AnotherSchool, InvalidInput
from eds_tui.domain.event import FILES, EventKind
from eds_tui.domain.file_names import in_a_row, said_with
from eds_tui.domain.found import Found
from eds_tui.domain.incident import LONGEST_COMMENT, ChosenFile, files_problem, text_problem
from eds_tui.domain.lifecycle import State
from eds_tui.domain.text import storable
from eds_tui.host.staging import StagedFile
from eds_tui.repository.comments import Sent
from eds_tui.repository.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A comment or work note as it is to be stored."""

    body: str
    submission: str
    caller: str = ""
    internal: bool = False
    files: tuple[ChosenFile, ...] = ()
    school_seen: int | None = None
    """The row id of the school that it was typed for; ``None`` tells whichever it is."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its files, as they are stored."""
        return tuple(storable(file.name) for file in self.files)

    @property
    def content(self) -> str:
        """What the same key is to stand for, the files by their names."""
        return said_with(self.body, self.names)


def keyed(work: UnitOfWork, actor: Account, found: Found, said: Said) -> tuple[Said, Sent | None]:
    """Return a comment under a key of this person's on this incident, and what is kept under it.

    A key that has served somebody else, or another incident, says nothing of this comment.
    """
    sent = work.comments.sent(said.submission)
    if sent is None or (sent.author_id, sent.incident_id) == (actor.id, found.id):
        return said, sent
    own = uuid.uuid5(uuid.NAMESPACE_OID, f"{actor.id} {found.id} {said.submission}").hex
    return replace(said, submission=own), work.comments.sent(own)


def check_said(said: Said) -> None:
    """Refuse what can't be kept: no words and no file, too many words, too large a file."""
    field, name = ("note", "work note") if said.internal else ("comment", "comment")
    words_needed = said.internal or not said.files or bool(said.body.strip())
    if words_needed and (problem := text_problem(name, said.body, LONGEST_COMMENT)):
        raise InvalidInput({field: problem})
    if problem := files_problem(said.files):
        raise InvalidInput({"files": problem})


def check_school(work: UnitOfWork, found: Found, said: Said) -> None:
    """Hold back what was typed for the school that the incident belonged to before (rule 40).

    Raises:
        AnotherSchool: It belongs to another one by now, which is not to read that.
    """
    row, seen = found.row, said.school_seen
    if seen is not None and seen != row.school_id and not said.internal:
        meant = work.schools.titles([seen]).get(seen, "another school")
        raise AnotherSchool(row.reference, meant, row.school, row.school_id)


def store_said(
    work: UnitOfWork,
    actor: Account,
    found: Found,
    said: Said,
    files: tuple[StagedFile, ...],
    now: datetime,
) -> int:
    """Store a comment or work note with its files and its event; return its row id."""
    comment_id = work.comments.add(
        found.id, said.submission, actor, said.caller, said.body, now, internal=said.internal
    )
    for file, name in zip(files, said.names, strict=True):
        work.attachments.add(found.id, name, file.pieces, now, comment_id=comment_id)
    kind = EventKind.WORK_NOTE_ADDED if said.internal else EventKind.COMMENT_ADDED
    named = {FILES: in_a_row(said.names)} if said.names else {}
    details = {"id": comment_id, **named}
    work.events.add(kind, now, actor, incident_id=found.id, details=details)
    return comment_id


def state_when_sent(found: Found, said: Said, sent: Sent) -> State:
    """Return the state for a comment that is kept already.

    Raises:
        AlreadySent: It is another text now, or has other files; nothing of that is kept.
    """
    if sent.content != said.content:
        raise AlreadySent(
            "Your comment had been sent already, as it read at first."
            " What stands here now has not been sent.",
            sent.content,
        )
    return found.row.state
