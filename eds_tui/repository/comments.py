"""Comments and feedback: what was said on an incident."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, String, bindparam, insert, or_, select
from sqlalchemy.exc import IntegrityError

from eds_tui.domain.account import Account
from eds_tui.domain.errors import Conflict
from eds_tui.domain.views import CommentView, Feedback, on_behalf
from eds_tui.repository.full_text import full_text_of
from eds_tui.repository.tables import comments, feedback

_ADD = insert(comments)
_SENT = select(comments.c.body, comments.c.at).where(
    comments.c.submission == bindparam("wanted", type_=String)
)


class CommentRepository:
    """Adds and reads comments; keeps the one rating a closed incident may have."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        incident_id: int,
        submission: str,
        author: Account,
        caller: str,
        body: str,
        at: datetime,
        *,
        internal: bool = False,
    ) -> int:
        """Add a comment, at the end.

        Args:
            incident_id: The row id of the incident.
            submission: The key of the form it was typed in; unique.
            author: Who typed it.
            caller: For whom, when it was taken on the telephone; else ``""`` (rule 29).
            body: The text.
            at: When.
            internal: A work note, which no school ever sees (rule 27).

        Returns:
            The comment's row id.
        """
        result = self._connection.execute(
            _ADD,
            {
                "incident_id": incident_id,
                "submission": submission,
                "at": at,
                "author_id": author.id,
                "author": author.name,
                "caller": caller,
                "from_school": not author.role.is_service_centre,
                "internal": internal,
                "body": body,
            },
        )
        (comment_id,) = result.inserted_primary_key or (0,)
        full_text_of(self._connection).index(self._connection, incident_id)
        return int(comment_id)

    def sent(self, submission: str) -> tuple[str, datetime] | None:
        """Return the text that is stored from that form already, and since when; or ``None``."""
        row = self._connection.execute(_SENT, {"wanted": submission}).one_or_none()
        return None if row is None else (row.body, row.at)

    def latest(self, incident_id: int) -> str:
        """Return the latest public comment on an incident; empty where there is none."""
        columns = comments.c
        found = select(columns.body).where(columns.incident_id == incident_id, ~columns.internal)
        last = found.order_by(columns.id.desc()).limit(1)
        return self._connection.execute(last).scalar_one_or_none() or ""

    def has_school_written(self, incident_id: int, since: datetime) -> bool:
        """Return whether a school has written on an incident after a moment, or telephoned."""
        columns = comments.c
        found = select(columns.id).where(
            columns.incident_id == incident_id,
            columns.at > since,
            ~columns.internal,
            or_(columns.from_school, columns.caller != ""),
        )
        return self._connection.execute(found.limit(1)).first() is not None

    def of_incident(self, incident_id: int, *, internal: bool) -> tuple[CommentView, ...]:
        """Return the comments of an incident in the order they were made.

        Args:
            incident_id: The row id of the incident.
            internal: Whether the reader may see work notes as well (rule 27).
        """
        columns = comments.c
        rows = self._connection.execute(
            select(
                columns.id,
                columns.at,
                columns.author,
                columns.caller,
                columns.body,
                columns.from_school,
                columns.internal,
            )
            .where(columns.incident_id == incident_id, *(() if internal else (~columns.internal,)))
            .order_by(columns.id)
        )
        return tuple(
            CommentView(
                row.id,
                row.at,
                on_behalf(row.author, row.caller),
                row.body,
                row.from_school,
                row.internal,
            )
            for row in rows
        )

    def rate(
        self, incident_id: int, rating: int, words: str, account: Account, at: datetime
    ) -> None:
        """Keep a school's rating of a closed incident.

        Raises:
            Conflict: It has been rated before.
        """
        values = {"rating": rating, "words": words, "account_id": account.id, "at": at}
        try:
            self._connection.execute(insert(feedback).values(incident_id=incident_id, **values))
        except IntegrityError as error:
            raise Conflict("This incident has been rated already; thank you.") from error

    def feedback(self, incident_id: int) -> Feedback | None:
        """Return the rating of an incident."""
        row = self._connection.execute(
            select(feedback.c.rating, feedback.c.words, feedback.c.at).where(
                feedback.c.incident_id == incident_id
            )
        ).one_or_none()
        return None if row is None else Feedback(*row)
