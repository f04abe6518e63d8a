"""Reads and stores attached files in chunks, in the transaction of their incident (rule 7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Select, bindparam, delete, insert, or_, select, update

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.incident import LARGEST_ATTACHMENT, too_large
from eds_tui.domain.incident_detail import AttachmentView
from eds_tui.repository.column_types import Id, new_id
from eds_tui.repository.tables import attachments, chunks, comments


class AttachmentRepository:
    """Adds and reads attached files; never holds more than one chunk of one in memory."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        incident_id: int,
        name: str,
        pieces: Iterator[bytes],
        at: datetime,
        *,
        comment_id: int | None = None,
    ) -> int:
        """Store a file as it is read and return its size in bytes.

        Args:
            incident_id: The row id of the incident.
            name: As it was named where it came from.
            pieces: Its bytes.
            at: When.
            comment_id: The row id of the comment that it came with (rule 50).

        Raises:
            InvalidInput: It turned out larger than a file may be.
        """
        result = self._connection.execute(
            insert(attachments).values(
                incident_id=incident_id, name=name, size=0, at=at, comment_id=comment_id
            )
        )
        attachment_id = new_id(result)
        size = 0
        for position, data in enumerate(pieces):
            size += len(data)
            if size > LARGEST_ATTACHMENT:
                raise InvalidInput({"files": too_large(name)})
            self._connection.execute(
                insert(chunks).values(attachment_id=attachment_id, position=position, data=data)
            )
        self._connection.execute(
            update(attachments).where(attachments.c.id == attachment_id).values(size=size)
        )
        return size

    def of_incident(self, incident_id: int, *, internal: bool) -> tuple[AttachmentView, ...]:
        """Return the files of an incident in the order they were attached, none taken back.

        Args:
            incident_id: The row id of the incident.
            internal: Whether the reader may see those of work notes (rule 27), and those that came
                with a former school (rule 40), as well.
        """
        rows = self._connection.execute(_of_incident(internal), {"wanted": incident_id})
        return tuple(AttachmentView(**row._mapping) for row in rows)

    def take_back(self, attachment_id: int, at: datetime) -> bool:
        """Offer a file to nobody any more and delete its bytes; returns whether it was offered."""
        columns = attachments.c
        taken = self._connection.execute(
            update(attachments)
            .where(columns.id == attachment_id, columns.taken_back_at.is_(None))
            .values(taken_back_at=at)
        )
        self._connection.execute(delete(chunks).where(chunks.c.attachment_id == attachment_id))
        return taken.rowcount == 1

    def pieces(self, attachment_id: int) -> Iterator[bytes]:
        """Return a file's bytes chunk by chunk, each read when it is asked for."""
        position = 0
        while True:
            data = self._connection.execute(
                select(chunks.c.data).where(
                    chunks.c.attachment_id == attachment_id, chunks.c.position == position
                )
            ).scalar_one_or_none()
            if data is None:
                return
            yield data
            position += 1


def files_of_comment(
    connection: Connection, comment_id: int, *, offered: bool = False
) -> tuple[str, ...]:
    """Return the names of what came with a comment, in order (rule 50).

    Args:
        connection: To the database.
        comment_id: The row id of the comment.
        offered: Whether to leave out what was taken back since.
    """
    columns = attachments.c
    names = select(columns.name).where(columns.comment_id == comment_id).order_by(columns.id)
    if offered:
        names = names.where(columns.taken_back_at.is_(None))
    return tuple(connection.execute(names).scalars())


@cache
def _of_incident(internal: bool) -> Select[int, str, int, datetime, int | None, bool]:
    """Return the select of the files of the incident with row id ``wanted``."""
    columns = attachments.c
    kept_back = columns.former_school_id.is_not(None)
    statement = (
        select(
            columns.id, columns.name, columns.size, columns.at, columns.comment_id,
            kept_back.label("kept_back"),
        )
        .where(
            columns.incident_id == bindparam("wanted", type_=Id), columns.taken_back_at.is_(None)
        )
        .order_by(columns.id)
    )  # fmt: skip
    if internal:
        return statement
    public = select(comments.c.id).where(comments.c.id == columns.comment_id, ~comments.c.internal)
    return statement.where(~kept_back, or_(columns.comment_id.is_(None), public.exists()))
