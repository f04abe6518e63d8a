"""Canned replies, which leads keep for all; saved views, which each keeps for themselves."""

from __future__ import annotations

from eds_tui.domain.account import Account, Action
from eds_tui.domain.errors import InvalidInput, NotFound
from eds_tui.domain.incident import LONGEST_COMMENT, line_problem, text_problem
from eds_tui.domain.text import storable, visible
from eds_tui.domain.views import CannedReply, SavedView
from eds_tui.repository.unit_of_work import Database


class Kept:
    """Keeps replies and views."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replies(self, actor: Account) -> tuple[CannedReply, ...]:
        """Return every canned reply by title."""
        actor.require(Action.TRIAGE)
        with self._database.reading(actor) as work:
            return work.replies.all()

    def all_replies(self) -> tuple[CannedReply, ...]:
        """Return every canned reply by title, at the console."""
        with self._database.reading() as work:
            return work.replies.all()

    def save_reply(self, actor: Account | None, reply: CannedReply) -> None:
        """Keep a canned reply, in the place of one with the same title.

        Args:
            actor: A lead; ``None`` at the console.
            reply: Title and text.

        Raises:
            InvalidInput: The title or the text is empty or too long.
            NotAllowed: The account is not a lead's.
        """
        if actor is not None:
            actor.require(Action.MANAGE_REPLIES)
        reply = CannedReply(storable(reply.title).strip(), storable(reply.body))
        problems = {
            "title": line_problem("title", reply.title, required=True),
            "body": text_problem("text", reply.body, LONGEST_COMMENT),
        }
        if found := {name: sentence for name, sentence in problems.items() if sentence}:
            raise InvalidInput(found)
        with self._database.writing(actor) as work:
            work.replies.save(reply)
            work.commit()

    def drop_reply(self, actor: Account | None, title: str) -> None:
        """Forget a canned reply.

        Raises:
            NotFound: There is none with that title.
        """
        if actor is not None:
            actor.require(Action.MANAGE_REPLIES)
        with self._database.writing(actor) as work:
            if not work.replies.drop(storable(title)):
                raise NotFound(f"There is no reply titled {visible(title)}.")
            work.commit()

    def views(self, actor: Account) -> tuple[SavedView, ...]:
        """Return a person's saved views by digit."""
        actor.require(Action.KEEP_VIEWS)
        with self._database.reading(actor) as work:
            return work.saved_views.of(actor.id)

    def save_view(self, actor: Account, view: SavedView) -> None:
        """Keep a search under a digit, in the place of what was there.

        Raises:
            InvalidInput: The digit, the name or the search can't be.
        """
        actor.require(Action.KEEP_VIEWS)
        problems = {
            "digit": "" if view.digit in range(1, 10) else "Choose a digit from 1 to 9.",
            "name": line_problem("name", view.name, required=True),
            "search": line_problem("search", view.search, required=True),
        }
        if found := {name: sentence for name, sentence in problems.items() if sentence}:
            raise InvalidInput(found)
        kept = SavedView(view.digit, storable(view.name).strip(), storable(view.search))
        with self._database.writing(actor) as work:
            work.saved_views.save(actor.id, kept)
            work.commit()

    def drop_view(self, actor: Account, digit: int) -> None:
        """Forget what is kept under a digit."""
        actor.require(Action.KEEP_VIEWS)
        with self._database.writing(actor) as work:
            work.saved_views.drop(actor.id, digit)
            work.commit()
