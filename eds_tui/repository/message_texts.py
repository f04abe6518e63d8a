"""Reads and stores the texts of e-mails that leads have changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from eds_tui.domain.account import Account
from eds_tui.domain.notification import MessageText, NotificationKind
from eds_tui.repository.tables import message_texts


class MessageTextRepository:
    """Keeps the text of each kind, where there is one of the service centre's own."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def changed(self) -> dict[NotificationKind, tuple[str, datetime]]:
        """Return who changed which text, and when."""
        columns = message_texts.c
        rows = self._connection.execute(
            select(columns.kind, columns.changed_by, columns.changed_at)
        )
        return {NotificationKind(row.kind): (row.changed_by, row.changed_at) for row in rows}

    def get(self, kind: NotificationKind) -> MessageText | None:
        """Return the text of a kind, or ``None`` where the built-in one is in force."""
        row = self._connection.execute(
            select(message_texts.c.subject, message_texts.c.body).where(
                message_texts.c.kind == kind.value
            )
        ).one_or_none()
        return None if row is None else MessageText(**row._mapping)

    def put(self, kind: NotificationKind, text: MessageText, actor: Account, at: datetime) -> None:
        """Keep the text of a kind, in the place of what was there."""
        self.drop(kind)
        self._connection.execute(
            insert(message_texts).values(
                kind=kind.value,
                subject=text.subject,
                body=text.body,
                changed_at=at,
                changed_by=actor.name,
            )
        )

    def drop(self, kind: NotificationKind) -> None:
        """Forget the text of a kind, if there is one."""
        self._connection.execute(delete(message_texts).where(message_texts.c.kind == kind.value))
