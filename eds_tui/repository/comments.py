"""Reads and stores comments, work notes and ratings of incidents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, String, and_, bindparam, insert, null, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.account import Account, Scope
from eds_tui.domain.errors import Conflict
from eds_tui.domain.file_names import said_with
from eds_tui.domain.incident_detail import CommentView, Feedback
from eds_tui.domain.pointer import dealt_with, numbers_in
from eds_tui.domain.school import school_title
from eds_tui.domain.views import on_behalf
from eds_tui.repository import full_text
from eds_tui.repository.attachments import files_of_comment
from eds_tui.repository.column_types import Id, new_id
from eds_tui.repository.incident_rows import Visibility, visibility_conditions
from eds_tui.repository.reader_values import bind_values
from eds_tui.repository.tables import comment_pointers, comments, feedback, incidents, schools

_ADD = insert(comments)
_SENT = select(
    comments.c.id, comments.c.body.label("text"), comments.c.at, comments.c.author_id,
    comments.c.incident_id,
).where(comments.c.submission == bindparam("wanted", type_=String))  # fmt: skip
_RATING = select(feedback.c.rating, feedback.c.words, feedback.c.at).where(
    feedback.c.incident_id == bindparam("wanted", type_=Id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What is stored of a comment or work note under a submission key."""

    text: str
    at: datetime
    author_id: int
    incident_id: int
    files: tuple[str, ...] = ()
    """The names of what was attached."""

    @property
    def content(self) -> str:
        """Text and files, as they are compared with what is sent again."""
        return said_with(self.text, self.files)


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
        points_to: int | None = None,
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
            points_to: The row id of the incident that it points to; the text names none.

        Returns:
            The comment's row id.
        """
        row = {
            "incident_id": incident_id, "submission": submission, "at": at, "body": body,
            "author_id": author.id, "author": author.name, "caller": caller,
            "from_school": not author.role.is_service_centre, "internal": internal,
        }  # fmt: skip
        result = self._connection.execute(_ADD, row)
        comment_id = new_id(result)
        if points_to is not None:
            pointer = {"comment_id": comment_id, "incident_id": points_to}
            self._connection.execute(insert(comment_pointers), pointer)
        full_text.index(self._connection, incident_id)
        return comment_id

    def sent(self, submission: str) -> Sent | None:
        """Return what is stored under a key already, whoever sent it; or ``None``."""
        row = self._connection.execute(_SENT, {"wanted": submission}).one_or_none()
        if row is None:
            return None
        given = dict(row._mapping)
        files = files_of_comment(self._connection, given.pop("id"))
        return Sent(**given, files=files)

    def latest(self, incident_id: int) -> str:
        """Return the latest public comment on an incident; empty where there is none."""
        columns = comments.c
        found = select(columns.body).where(
            columns.incident_id == incident_id,
            ~columns.internal,
            columns.former_school_id.is_(None),
        )
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

    def of_incident(
        self, scope: Scope, incident_id: int, now: datetime, *, internal: bool
    ) -> tuple[CommentView, ...]:
        """Return the comments of an incident in the order they were made.

        Args:
            scope: Who reads: what a comment points to is named to who may see that (rule 24).
            incident_id: The row id of the incident.
            now: The moment.
            internal: Whether the reader may see work notes as well (rule 27), and what was said
                with a former school (rule 40).
        """
        statement = _of_incident(Visibility.of(scope), internal)
        rows = self._connection.execute(statement, bind_values(scope, now, wanted=incident_id))
        return tuple(
            CommentView(
                id=row.id,
                at=row.at,
                author=on_behalf(row.author, row.caller),
                body=row.body if row.points_to is None else dealt_with(row.points_to),
                from_school=row.from_school,
                internal=row.internal,
                former_school=school_title(row.school, row.town) if row.school else "",
            )
            for row in rows
        )

    def confidential_in(self, text: str, own_id: int) -> frozenset[int]:
        """Return the numbers of the confidential incidents that a text names, for who may know.

        Args:
            text: Any.
            own_id: The row id of the incident that it is written on, which may name itself.
        """
        if not (numbers := numbers_in(text)):
            return frozenset()
        columns = incidents.c
        found = select(columns.number).where(
            columns.number.in_(numbers), columns.confidential, columns.id != own_id
        )
        return frozenset(self._connection.execute(found).scalars())

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
        row = self._connection.execute(_RATING, {"wanted": incident_id}).one_or_none()
        return None if row is None else Feedback(**row._mapping)

    def rated(self, number: int | None, account_id: int) -> str | None:
        """Return the words with which somebody has rated the incident of a number; or ``None``."""
        words = (
            select(feedback.c.words)
            .join(incidents, incidents.c.id == feedback.c.incident_id)
            .where(incidents.c.number == number, feedback.c.account_id == account_id)
        )
        return self._connection.execute(words).scalar_one_or_none()


_pointed_to = incidents.alias("pointed_to")
_READ: tuple[ColumnElement[Any], ...] = (
    comments.c.id, comments.c.at, comments.c.author, comments.c.caller, comments.c.body,
    comments.c.from_school, comments.c.internal, _pointed_to.c.number.label("points_to"),
)  # fmt: skip
_with_former = schools.c.id == comments.c.former_school_id
_FORMER = (schools.c.name.label("school"), schools.c.town)
_NO_FORMER = (null().label("school"), null().label("town"))


@cache
def _of_incident(visibility: Visibility, internal: bool) -> Select[Any]:
    """Return the select of the comments of the incident with row id ``wanted``."""
    columns = comments.c
    may_see = and_(
        _pointed_to.c.id == comment_pointers.c.incident_id,
        *visibility_conditions(visibility, _pointed_to.c),
    )
    statement = (
        select(*_READ, *(_FORMER if internal else _NO_FORMER))
        .outerjoin(comment_pointers, comment_pointers.c.comment_id == columns.id)
        .outerjoin(_pointed_to, may_see)
        .where(columns.incident_id == bindparam("wanted", type_=Id))
        .order_by(columns.id)
    )
    if internal:
        return statement.outerjoin(schools, _with_former)
    # What was between the service centre and a former school is not for this one (rule 40).
    return statement.where(~columns.internal, columns.former_school_id.is_(None))
