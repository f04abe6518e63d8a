"""Reads and stores the replies that people keep for themselves."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from eds_tui.domain.views import CannedReply
from eds_tui.repository.tables import own_replies


class OwnReplyRepository:
    """Reads, saves and deletes each person's own replies, which nobody else is given."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, account_id: int) -> tuple[CannedReply, ...]:
        """Return a person's own replies by title."""
        columns = own_replies.c
        rows = self._connection.execute(
            select(columns.title, columns.body)
            .where(columns.account_id == account_id)
            .order_by(columns.title)
        )
        return tuple(CannedReply(**row._mapping) for row in rows)

    def save(self, account_id: int, reply: CannedReply) -> None:
        """Save a reply, in the place of the person's own one with the same title."""
        self.drop(account_id, reply.title)
        self._connection.execute(
            insert(own_replies).values(account_id=account_id, title=reply.title, body=reply.body)
        )

    def drop(self, account_id: int, title: str) -> bool:
        """Delete a person's own reply; returns whether there was one."""
        columns = own_replies.c
        dropped = self._connection.execute(
            delete(own_replies).where(columns.account_id == account_id, columns.title == title)
        )
        return dropped.rowcount == 1
