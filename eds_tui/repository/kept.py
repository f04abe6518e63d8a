"""What people keep for themselves and for one another: canned replies and saved views."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from eds_tui.domain.views import CannedReply, SavedView
from eds_tui.repository.tables import replies, saved_views


class ReplyRepository:
    """Keeps canned replies, each under a title."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[CannedReply, ...]:
        """Return every reply by title."""
        rows = self._connection.execute(
            select(replies.c.title, replies.c.body).order_by(replies.c.title)
        )
        return tuple(CannedReply(**row._mapping) for row in rows)

    def save(self, reply: CannedReply) -> None:
        """Keep a reply, in the place of one with the same title."""
        changed = self._connection.execute(
            update(replies).where(replies.c.title == reply.title).values(body=reply.body)
        )
        if changed.rowcount == 0:
            self._connection.execute(insert(replies).values(title=reply.title, body=reply.body))

    def drop(self, title: str) -> bool:
        """Forget a reply; returns whether there was one."""
        dropped = self._connection.execute(delete(replies).where(replies.c.title == title))
        return dropped.rowcount == 1


class SavedViewRepository:
    """Keeps each person's saved views, one a digit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, account_id: int) -> tuple[SavedView, ...]:
        """Return a person's saved views by digit."""
        rows = self._connection.execute(
            select(saved_views.c.digit, saved_views.c.name, saved_views.c.search)
            .where(saved_views.c.account_id == account_id)
            .order_by(saved_views.c.digit)
        )
        return tuple(SavedView(**row._mapping) for row in rows)

    def save(self, account_id: int, view: SavedView) -> None:
        """Keep a view under its digit, in the place of what was there."""
        self.drop(account_id, view.digit)
        self._connection.execute(
            insert(saved_views).values(
                account_id=account_id, digit=view.digit, name=view.name, search=view.search
            )
        )

    def drop(self, account_id: int, digit: int) -> None:
        """Forget what is kept under a digit."""
        self._connection.execute(
            delete(saved_views).where(
                saved_views.c.account_id == account_id, saved_views.c.digit == digit
            )
        )
