"""The service for comments, work notes and a school's rating (guide 3; rules 13, 14)."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.clock_trust import ClockInDoubt
from eds_tui.domain.errors import InvalidInput, NotAllowed
from eds_tui.domain.event import EventKind
from eds_tui.domain.found import Found
from eds_tui.domain.incident import (
    LONGEST_COMMENT,
    ChosenFile,
    format_number,
    line_problem,
    text_problem,
)
from eds_tui.domain.lifecycle import TAKES_COMMENTS, State, state_at
from eds_tui.domain.notification import NotificationKind
from eds_tui.domain.pointer import check_public
from eds_tui.domain.text import storable
from eds_tui.domain.triage_fields import answered
from eds_tui.host.staging import staged
from eds_tui.repository.unit_of_work import Database, UnitOfWork
from eds_tui.services.core.changes import notify_school, record_change
from eds_tui.services.core.lookup import find_incident
from eds_tui.services.core.said import (
    Said,
    check_said,
    check_school,
    keyed,
    state_when_sent,
    store_said,
)  # fmt: skip
from eds_tui.services.core.timed_transitions import apply_timed_transitions, with_due

TELEPHONE_TO_REOPEN = (
    "The comment is kept, but it does not reopen the incident. To have it reopened, telephone"
    " the ICT Service Centre."
)
"""What a school reads when it comments on a resolved incident (rule 18)."""


class Conversation:
    """Adds comments, work notes and ratings.

    Args:
        database: Where they are kept.
        clock: When.
        service_centre_email: The service desk's mailbox, which gets what schools write (rule 28).
    """

    def __init__(self, database: Database, clock: Clock, service_centre_email: str = "") -> None:
        self._database = database
        self._clock = clock
        self._service_centre_email = service_centre_email

    def comment(
        self,
        actor: Account,
        number: int,
        body: str,
        submission: str,
        caller: str = "",
        files: tuple[ChosenFile, ...] = (),
        school_seen: int | None = None,
    ) -> State:
        """Add a comment that the school sees, at the end, whatever others have added.

        Args:
            actor: Who types it.
            number: The incident's.
            body: The text, at most 8,000 characters; may be empty where there are files (rule 50).
            submission: A key made with the comment box: the same key is kept once.
            caller: For whom, when the service centre takes it on the telephone (rule 29).
            files: What is attached; all of it is kept with the text, or nothing.
            school_seen: The row id of the school that it was typed for; ``None`` is whichever it
                is.

        Returns:
            The incident's state, for which a resolved one is answered ``TELEPHONE_TO_REOPEN``.

        Raises:
            InvalidInput: The text is empty or too long, a file too large, or the incident closed.
            NotFound: There is no such incident that this account may know of.
            AlreadySent: It is kept already, and text or files have been changed since.
            AnotherSchool: The incident belongs to another school by now; nothing is kept.
            Unavailable: A file can't be read, or the database; nothing is kept.
        """
        actor.require(Action.COMMENT)
        said_for = _one_caller(caller) if actor.role.is_service_centre else ""
        said = Said(
            body=storable(body), submission=submission, caller=said_for, files=files,
            school_seen=school_seen,
        )  # fmt: skip
        return self._add(actor, number, said)

    def work_note(
        self,
        actor: Account,
        number: int,
        body: str,
        submission: str,
        files: tuple[ChosenFile, ...] = (),
    ) -> State:
        """Add a work note, which no school ever sees (rule 27); a closed incident takes it too.

        Its files are seen as little.

        Raises:
            InvalidInput: The text is empty or too long, or a file is too large.
            NotFound: There is no such incident.
            Unavailable: A file can't be read, or the database; nothing is kept.
        """
        actor.require(Action.TRIAGE)
        said = Said(body=storable(body), submission=submission, internal=True, files=files)
        return self._add(actor, number, said)

    def _add(self, actor: Account, number: int, said: Said) -> State:
        check_said(said)
        now = self._clock()
        if said.files and (state := self._sent_before(actor, number, said, now)) is not None:
            # The files may be gone by now: they are not asked for again.
            return state
        with staged(said.files) as files, self._database.writing(actor) as work:
            found = find_incident(work, actor, number, now)
            said, sent = keyed(work, actor, found, said)
            if sent is not None:
                return state_when_sent(found, said, sent)
            if found.row.state not in TAKES_COMMENTS and not said.internal:
                raise InvalidInput({"comment": _closed(number)})
            check_school(work, found, said)
            if actor.role.is_service_centre and not said.internal:
                check_public("comment", work.comments.confidential_in(said.content, found.id))
            comment_id = store_said(work, actor, found, said, files, now)
            state = found.row.state
            if not said.internal:
                self._notify(work, actor, found, comment_id, now)
                state = self._answer(work, actor, found, said, now)
            work.commit({"state": state.value})
        return state

    def _sent_before(self, actor: Account, number: int, said: Said, now: datetime) -> State | None:
        """Return the state for a comment that is kept already; ``None`` where it is not."""
        # Who wrote what under which key is none of what a school reads through the wall.
        with self._database.reading(actor, walled=False) as work:
            found = find_incident(work, actor, number, now)
            said, sent = keyed(work, actor, found, said)
            return None if sent is None else state_when_sent(found, said, sent)

    @staticmethod
    def _answer(work: UnitOfWork, actor: Account, found: Found, said: Said, now: datetime) -> State:
        """Let a comment move the incident on: the school's answer ends its hold (rule 17).

        The school is told that it does, since its notified address may be another person's (28).
        """
        with suppress(ClockInDoubt):  # no timed transition is stored then; the words are kept
            found = apply_timed_transitions(work, found, now)
        from_school = not actor.role.is_service_centre or bool(said.caller)
        after = answered(found.fields, now, from_school=from_school)
        if after != found.fields:
            after = with_due(work, found, after, now)
            work.incidents.change(found, after, actor.name)
            record_change(work, actor, found, after, EventKind.CLOCK, now)
        if after.state is not found.fields.state:
            kind, hidden = NotificationKind.STATE, after.confidential
            notify_school(work, found, kind, now, confidential=hidden, state=after.state)
        return state_at(after.state, after.closes_at, now, after.deferred_until)

    def _notify(
        self, work: UnitOfWork, actor: Account, found: Found, comment_id: int, now: datetime
    ) -> None:
        """Tell the other side of a comment; nobody of a confidential incident's (rule 28)."""
        kind, confidential = NotificationKind.COMMENT, found.row.confidential
        if actor.role.is_service_centre:
            notify_school(work, found, kind, now, confidential=confidential, comment_id=comment_id)
        elif not confidential:
            work.notifications.queue(
                kind, found.id, self._service_centre_email, now, comment_id=comment_id
            )

    def rate(self, actor: Account, number: int, rating: int, words: str) -> None:
        """Keep a school's rating of a closed incident of its own (rule 14).

        Args:
            actor: A school account.
            number: The incident's.
            rating: 1 (poor) to 5 (very good).
            words: May be empty.

        Raises:
            InvalidInput: The rating is not 1 to 5, or the words are too many.
            NotAllowed: The incident is not closed.
            Conflict: It has been rated already.
        """
        actor.require(Action.RATE_INCIDENTS)
        if rating not in range(1, 6):
            raise InvalidInput({"rating": "Choose a rating from 1 to 5."})
        words = storable(words)
        if words and (problem := text_problem("words", words, LONGEST_COMMENT)):
            raise InvalidInput({"words": problem})
        now = self._clock()
        with self._database.writing(actor) as work:
            found = find_incident(work, actor, number, now)
            if found.row.state is not State.CLOSED:
                raise NotAllowed(f"{format_number(number)} can be rated when it is closed.")
            work.comments.rate(found.id, rating, words, actor, now)
            work.events.add(
                EventKind.FEEDBACK_GIVEN,
                now,
                actor,
                incident_id=found.id,
                details={"rating": rating},
            )
            work.commit()


def _one_caller(caller: str) -> str:
    caller = storable(caller).strip()
    if problem := line_problem("caller's name", caller):
        raise InvalidInput({"caller": problem})
    return caller


def _closed(number: int) -> str:
    return (
        f"{format_number(number)} is closed and takes no more comments."
        " Report a new incident and give this number in it."
    )
