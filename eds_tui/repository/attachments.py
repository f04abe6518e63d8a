"""Reads and stores attached files in chunks, in the transaction of their incident (rule 7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.incident import LARGEST_ATTACHMENT, too_large
from eds_tui.domain.views import AttachmentView
from eds_tui.repository.tables import attachments, chunks


class AttachmentRepository:
    """Adds and reads attached files; never holds more than one chunk of one in memory."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, incident_id: int, name: str, pieces: Iterator[bytes], at: datetime) -> int:
        """Store a file as it is read and return its size in bytes.

        Raises:
            InvalidInput: It turned out larger than a file may be.
        """
        result = self._connection.execute(
            insert(attachments).values(incident_id=incident_id, name=name, size=0, at=at)
        )
        (attachment_id,) = result.inserted_primary_key or (0,)
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
        """Return the files of an incident in the order they were attached.

        Args:
            incident_id: The row id of the incident.
            internal: Whether those that came with a former school are among them (rule 40).
        """
        columns = attachments.c
        kept_back = columns.former_school_id.is_not(None)
        statement = (
            select(columns.id, columns.name, columns.size, columns.at, kept_back.label("kept_back"))
            .where(columns.incident_id == incident_id)
            .order_by(columns.id)
        )
        rows = self._connection.execute(statement if internal else statement.where(~kept_back))
        return tuple(AttachmentView(**row._mapping) for row in rows)

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
