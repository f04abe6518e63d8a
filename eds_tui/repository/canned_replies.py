"""Reads and stores canned replies."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from eds_tui.domain.views import CannedReply
from eds_tui.repository.tables import replies


class CannedReplyRepository:
    """Reads, saves and deletes canned replies, each under a title."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[CannedReply, ...]:
        """Return every reply by title."""
        rows = self._connection.execute(
            select(replies.c.title, replies.c.body).order_by(replies.c.title)
        )
        return tuple(CannedReply(**row._mapping) for row in rows)

    def get(self, title: str) -> str | None:
        """Return the text of the reply with a title, or ``None`` where there is none."""
        found = select(replies.c.body).where(replies.c.title == title)
        return self._connection.execute(found).scalar_one_or_none()

    def save(self, reply: CannedReply) -> None:
        """Save a reply, in the place of one with the same title."""
        changed = self._connection.execute(
            update(replies).where(replies.c.title == reply.title).values(body=reply.body)
        )
        if changed.rowcount == 0:
            self._connection.execute(insert(replies).values(title=reply.title, body=reply.body))

    def drop(self, title: str) -> None:
        """Delete a reply, if there is one."""
        self._connection.execute(delete(replies).where(replies.c.title == title))
