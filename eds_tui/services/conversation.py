"""Talking about an incident: comments, and a school's rating at the end (guide 3; rules 13, 14)."""

from __future__ import annotations

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import InvalidInput, NotAllowed, NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.incident import LONGEST_COMMENT, format_number, line_problem, text_problem
from eds_tui.domain.lifecycle import TAKES_COMMENTS, State
from eds_tui.domain.text import storable
from eds_tui.repository.incidents import Found
from eds_tui.repository.unit_of_work import Database, UnitOfWork

TELEPHONE_TO_REOPEN = (
    "The comment is kept, but it does not reopen the incident. To have it reopened, telephone"
    " the ICT Service Centre."
)
"""What a school is told when it comments on a resolved incident (rule 18)."""


class Conversation:
    """Adds comments and ratings."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def comment(
        self, actor: Account, number: int, body: str, submission: str, caller: str = ""
    ) -> State:
        """Add a comment that the school sees, at the end, whatever others have added.

        Args:
            actor: Who types it.
            number: The incident's.
            body: The text, at most 8,000 characters.
            submission: A key made with the comment box: the same key is kept once.
            caller: For whom, when the service centre takes it on the telephone (rule 29).

        Returns:
            The incident's state, for which a resolved one is answered ``TELEPHONE_TO_REOPEN``.

        Raises:
            InvalidInput: The text is empty or too long, or the incident is closed.
            NotFound: There is no such incident that this account may know of.
        """
        actor.require(Action.COMMENT)
        body, caller = storable(body), storable(caller).strip()
        if problem := text_problem("comment", body, LONGEST_COMMENT):
            raise InvalidInput({"comment": problem})
        if problem := line_problem("caller's name", caller):
            raise InvalidInput({"caller": problem})
        now = self._clock()
        with self._database.writing() as work:
            found = self._find(work, actor, number)
            if work.comments.is_sent(submission):
                return found.row.state
            if found.row.state not in TAKES_COMMENTS:
                raise InvalidInput({"comment": _closed(number)})
            said_for = caller if actor.role.is_service_centre else ""
            comment_id = work.comments.add(found.id, submission, actor, said_for, body, now)
            work.events.add(
                EventKind.COMMENT_ADDED,
                now,
                actor,
                incident_id=found.id,
                details={"id": comment_id},
            )
            work.commit()
        return found.row.state

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
        with self._database.writing() as work:
            found = self._find(work, actor, number)
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

    def _find(self, work: UnitOfWork, actor: Account, number: int) -> Found:
        found = work.incidents.find(actor.scope, number, self._clock())
        if found is None:
            raise NotFound(f"There is no incident {format_number(number)} in your lists.")
        return found


def _closed(number: int) -> str:
    return (
        f"{format_number(number)} is closed and takes no more comments."
        " Report a new incident and give this number in it."
    )
