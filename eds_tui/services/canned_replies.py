"""The service for canned replies: texts that are put in a comment, to be edited.

Leads write those that every handler is offered; each may keep some of their own beside them.
"""

from __future__ import annotations

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import InvalidInput, NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.incident import LONGEST_COMMENT, line_problem, text_problem
from eds_tui.domain.text import storable, visible
from eds_tui.domain.views import CannedReply
from eds_tui.repository.unit_of_work import Database, UnitOfWork
from eds_tui.services.core.administration import AdministrativeLog

_NONE = "There is no reply titled {}."


class CannedReplies:
    """Lists, saves and deletes canned replies. At the console the actor is ``None``.

    Args:
        database: Where they are.
        clock: The clock.
        operator: The Linux user at the console; empty where it is nobody's doing.
    """

    def __init__(self, database: Database, clock: Clock, operator: str = "") -> None:
        self._database = database
        self._log = AdministrativeLog(clock=clock, operator=operator)

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
        reply = _checked(reply)
        with self._database.writing(actor) as work:
            before = work.canned_replies.get(reply.title) or ""
            work.canned_replies.save(reply)
            self._record(work, actor, reply.title, before, reply.body)
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
            title = storable(title)
            before = work.canned_replies.get(title)
            if before is None:
                raise NotFound(_NONE.format(visible(title)))
            work.canned_replies.drop(title)
            self._record(work, actor, title, before, "")
            work.commit()

    def own(self, actor: Account) -> tuple[CannedReply, ...]:
        """Return what somebody keeps for themselves, by title; nobody else is given any of it.

        Raises:
            NotAllowed: The account is a school's.
        """
        actor.require(Action.TRIAGE)
        with self._database.reading(actor) as work:
            return work.own_replies.of(actor.id)

    def save_own(self, actor: Account, reply: CannedReply) -> None:
        """Save a reply for oneself, in the place of one's own with the same title.

        Raises:
            InvalidInput: The title or the text is empty or too long.
            NotAllowed: The account is a school's.
        """
        actor.require(Action.TRIAGE)
        reply = _checked(reply)
        with self._database.writing(actor) as work:
            work.own_replies.save(actor.id, reply)
            work.commit()

    def drop_own(self, actor: Account, title: str) -> None:
        """Delete a reply of one's own.

        Raises:
            NotAllowed: The account is a school's.
            NotFound: There is none with that title.
        """
        actor.require(Action.TRIAGE)
        with self._database.writing(actor) as work:
            if not work.own_replies.drop(actor.id, storable(title)):
                raise NotFound(_NONE.format(visible(title)))
            work.commit()

    def _record(
        self, work: UnitOfWork, actor: Account | None, title: str, before: str, after: str
    ) -> None:
        if before != after:
            changed = {"text": [before, after]}
            self._log.add(work, EventKind.REPLY_CHANGED, actor, reply=title, changed=changed)


def _checked(reply: CannedReply) -> CannedReply:
    """Return a reply as it is stored; one without title or text, or too long, is refused."""
    reply = CannedReply(title=storable(reply.title).strip(), body=storable(reply.body))
    problems = {
        "title": line_problem("title", reply.title, required=True),
        "body": text_problem("text", reply.body, LONGEST_COMMENT),
    }
    if found := {name: sentence for name, sentence in problems.items() if sentence}:
        raise InvalidInput(found)
    return reply
