"""The service for canned replies: texts that leads write and every handler may put in a comment."""

from __future__ import annotations

from eds_tui.domain.account import Account, Action
from eds_tui.domain.errors import InvalidInput, NotFound
from eds_tui.domain.incident import LONGEST_COMMENT, line_problem, text_problem
from eds_tui.domain.text import storable, visible
from eds_tui.domain.views import CannedReply
from eds_tui.repository.unit_of_work import Database


class CannedReplies:
    """Lists, saves and deletes canned replies. At the console the actor is ``None``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, actor: Account | None) -> tuple[CannedReply, ...]:
        """Return every canned reply by title.

        Args:
            actor: One of the service centre; ``None`` at the console.

        Raises:
            NotAllowed: The account is a school's.
        """
        if actor is not None:
            actor.require(Action.TRIAGE)
        with self._database.reading(actor) as work:
            return work.canned_replies.all()

    def save(self, actor: Account | None, reply: CannedReply) -> None:
        """Save a canned reply, in the place of one with the same title.

        Args:
            actor: A lead; ``None`` at the console.
            reply: Title and text.

        Raises:
            InvalidInput: The title or the text is empty or too long.
            NotAllowed: The account is not a lead's.
        """
        if actor is not None:
            actor.require(Action.MANAGE_REPLIES)
        reply = CannedReply(title=storable(reply.title).strip(), body=storable(reply.body))
        problems = {
            "title": line_problem("title", reply.title, required=True),
            "body": text_problem("text", reply.body, LONGEST_COMMENT),
        }
        if found := {name: sentence for name, sentence in problems.items() if sentence}:
            raise InvalidInput(found)
        with self._database.writing(actor) as work:
            work.canned_replies.save(reply)
            work.commit()

    def drop(self, actor: Account | None, title: str) -> None:
        """Delete a canned reply.

        Args:
            actor: A lead; ``None`` at the console.
            title: Its title.

        Raises:
            NotAllowed: The account is not a lead's.
            NotFound: There is none with that title.
        """
        if actor is not None:
            actor.require(Action.MANAGE_REPLIES)
        with self._database.writing(actor) as work:
            if not work.canned_replies.drop(storable(title)):
                raise NotFound(f"There is no reply titled {visible(title)}.")
            work.commit()
