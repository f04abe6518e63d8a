"""Queues e-mails with what they are about, and records what came of sending them (rule 28)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, case, delete, func, insert, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.delivery import GIVEN_UP_AFTER, LEASE, LONGEST_PAUSE, FailureCause
from eds_tui.domain.notification import (
    HeldUp,
    MailState,
    Notice,
    NotificationKind,
    QueuedMail,
    new_message_id,
)
from eds_tui.repository.notices import select_notices, to_notice
from eds_tui.repository.tables import NOT_SENT, comments, incidents, notifications

_ADD = insert(notifications)
_SHOWN = 20
"""Failures that the state of the e-mails names at most."""


class NotificationRepository:
    """Queues notifications, gives them out to be sent, and drops those that must not go out."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def queue(
        self,
        kind: NotificationKind,
        incident_id: int,
        recipient: str,
        at: datetime,
        *,
        comment_id: int | None = None,
        details: dict[str, Any] | None = None,
    ) -> str:
        """Queue one notification; recipient and Message-ID are fixed from now on.

        Args:
            kind: What it is about.
            incident_id: The row id of the incident.
            recipient: The address; where there is none, nothing is queued.
            at: When.
            comment_id: The one public comment that it quotes.
            details: The one change that it is about.

        Returns:
            Its Message-ID; empty where nothing is queued.
        """
        if not recipient:
            return ""
        message_id = new_message_id()
        self._connection.execute(
            _ADD,
            {
                "kind": kind.value,
                "incident_id": incident_id,
                "recipient": recipient,
                "comment_id": comment_id,
                "details": details or {},
                "queued_at": at,
                "sent_at": None,
                "message_id": message_id,
                "try_at": at,
                "try_until": at + GIVEN_UP_AFTER,
            },
        )
        return message_id

    def drop_unsent(self, incident_id: int, *, to_school: bool = False) -> int:
        """Drop what has not been sent of an incident, and return how many that were (rule 25).

        Args:
            incident_id: The row id of the incident.
            to_school: Only what is for its school, and not what the service desk is told.
        """
        columns = notifications.c
        statement = delete(notifications).where(columns.incident_id == incident_id, NOT_SENT)
        if to_school:
            from_school = select(comments.c.id).where(
                comments.c.incident_id == incident_id, comments.c.from_school
            )
            for_school = or_(columns.comment_id.is_(None), columns.comment_id.not_in(from_school))
            statement = statement.where(for_school)
        return self._connection.execute(statement).rowcount

    def waiting(self, incident_id: int) -> int:
        """Return how many notifications of an incident wait to be sent."""
        return self._connection.execute(
            select(func.count()).where(notifications.c.incident_id == incident_id, NOT_SENT)
        ).scalar_one()

    def is_any_due(self, now: datetime) -> bool:
        """Return whether any can be taken; a look that keeps no writer waiting."""
        return (
            self._connection.execute(select(notifications.c.id).where(*_due(now)).limit(1)).first()
            is not None
        )

    def take(self, now: datetime) -> Notice | None:
        """Take the next one that is due, for as long as sending it may last.

        One whose incident is confidential by now is dropped instead (rule 25). Where several
        programs take at once, each has another one.
        """
        while row := self._connection.execute(_next_due(now)).one_or_none():
            columns = notifications.c
            if row.confidential:
                self._connection.execute(delete(notifications).where(columns.id == row.id))
                continue
            # What an earlier version queued has no Message-ID yet.
            message_id = row.message_id or new_message_id()
            taken_until = now + LEASE
            self._connection.execute(
                update(notifications)
                .where(columns.id == row.id)
                .values(
                    taken_until=taken_until, attempts=columns.attempts + 1, message_id=message_id
                )
            )
            return to_notice(self._connection, row, message_id, taken_until)
        return None

    def is_as_taken(self, notice: Notice) -> bool:
        """Return whether one that is being sent would be sent now, in these words (rules 24, 25).

        It is not, where it was dropped since it was taken, where its incident or the one that it
        points to has been hidden, and where another program has it by now.
        """
        statement = select_notices().where(notifications.c.id == notice.id, NOT_SENT)
        row = self._connection.execute(statement).one_or_none()
        if row is None or row.confidential or row.taken_until != notice.taken_until:
            return False
        now = to_notice(self._connection, row, row.message_id, row.taken_until)
        return replace(now, attempts=notice.attempts, reason=notice.reason) == notice

    def give_back(self, notice: Notice) -> None:
        """Have one that was taken and not sent taken anew, as it is by now."""
        self._connection.execute(
            update(notifications)
            .where(
                notifications.c.id == notice.id,
                notifications.c.taken_until == notice.taken_until,
                NOT_SENT,
            )
            .values(taken_until=None, attempts=notice.attempts - 1)
        )

    def sent(self, notice: Notice, at: datetime) -> bool:
        """Record that one was sent.

        Returns:
            Whether that is news. It is so too where the e-mail was dropped while it was on its way:
            what a school has been sent stays sent.
        """
        columns = notifications.c
        one = columns.id == notice.id
        known = self._connection.execute(select(columns.sent_at).where(one)).one_or_none()
        self._connection.execute(
            update(notifications)
            .where(one, NOT_SENT)
            .values(sent_at=at, taken_until=None, try_at=None, given_up_at=None, **_NO_FAILURE)
        )
        return known is None or known.sent_at is None

    def failed(
        self, notice: Notice, reason: str, at: datetime, try_at: datetime | None,
        cause: FailureCause = FailureCause.MESSAGE,
    ) -> bool:  # fmt: skip
        """Record that one could not be sent.

        Args:
            notice: As it was taken.
            reason: Why.
            at: When.
            try_at: When to try again; ``None`` gives it up.
            cause: What kept it from being sent.

        Returns:
            Whether that was recorded: not, where it was dropped or another program has it by now.
        """
        one = (notifications.c.id == notice.id, notifications.c.taken_until == notice.taken_until)
        changed = self._connection.execute(
            update(notifications)
            .where(*one, NOT_SENT)
            .values(
                reason=reason, fault=cause.value, try_at=try_at, taken_until=None,
                given_up_at=at if try_at is None else None,
            )
        )  # fmt: skip
        return changed.rowcount == 1

    def retry(self, ids: Iterable[int] | None, now: datetime) -> int:
        """Have some tried again from now on, or all that have failed, and return how many.

        Args:
            ids: Row ids of what has not been sent; ``None`` is all that has failed.
            now: From when; they are given up as long after that as new ones are.
        """
        columns = notifications.c
        chosen = _HAS_FAILED if ids is None else columns.id.in_(list(ids))
        changed = self._connection.execute(
            update(notifications)
            .where(NOT_SENT, chosen)
            .values(try_at=now, try_until=now + GIVEN_UP_AFTER, attempts=0, given_up_at=None)
        )
        return changed.rowcount

    def unsent(self, *, failed: bool = False, limit: int | None = None) -> tuple[QueuedMail, ...]:
        """Return what has not been sent, newest first.

        Args:
            failed: Only what has failed or was given up.
            limit: How many at most.
        """
        columns = notifications.c
        statement = (
            select(
                columns.id, incidents.c.number, columns.kind, columns.recipient, columns.queued_at,
                columns.attempts, columns.try_at, columns.given_up_at, columns.reason,
            )
            .join(incidents, incidents.c.id == columns.incident_id)
            .where(NOT_SENT, *([_HAS_FAILED] if failed else []))
            .order_by(columns.id.desc())
            .limit(limit)
        )  # fmt: skip
        return tuple(
            QueuedMail(**{**row._mapping, "kind": NotificationKind(row.kind)})
            for row in self._connection.execute(statement)
        )

    def held_up(self) -> HeldUp | None:
        """Return what keeps e-mails waiting because of the mail server; ``None`` where none do."""
        columns = notifications.c
        held = (NOT_SENT, columns.given_up_at.is_(None), columns.fault == FailureCause.SERVER.value)
        latest = select(columns.reason).where(*held).order_by(columns.try_at.desc()).limit(1)
        if (reason := self._connection.execute(latest).scalar_one_or_none()) is None:
            return None
        waits = select(func.count()).where(NOT_SENT, columns.given_up_at.is_(None))
        return HeldUp(self._connection.execute(waits).scalar_one(), reason)

    def state(self) -> MailState:
        """Return how the sending stands."""
        columns = notifications.c
        waits = columns.given_up_at.is_(None)
        sums = {
            "waiting": func.sum(case((waits, 1), else_=0)),
            "failing": func.sum(case((and_(waits, columns.reason != ""), 1), else_=0)),
            "given_up": func.sum(case((waits, 0), else_=1)),
        }
        counts = self._connection.execute(
            select(*(func.coalesce(each, 0).label(name) for name, each in sums.items())).where(
                NOT_SENT
            )
        ).one()
        oldest = select(func.min(columns.queued_at)).where(NOT_SENT, waits)
        last = select(columns.sent_at).where(~NOT_SENT).order_by(columns.id.desc()).limit(1)
        return MailState(
            waiting=int(counts.waiting),
            oldest=self._connection.execute(oldest).scalar_one(),
            failing=int(counts.failing),
            given_up=int(counts.given_up),
            last_sent=self._connection.execute(last).scalar_one_or_none(),
            failures=self.unsent(failed=True, limit=_SHOWN),
            held_up=self.held_up(),
        )


_NO_FAILURE = {"reason": "", "fault": ""}
_HAS_FAILED = or_(notifications.c.reason != "", notifications.c.given_up_at.is_not(None))


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    columns = notifications.c
    # Nothing is put off for so long: it was, while a clock was ahead.
    lost = columns.taken_until > now + 2 * LEASE
    free = or_(columns.taken_until.is_(None), columns.taken_until <= now, lost)
    due = or_(columns.try_at <= now, columns.try_at > now + 2 * LONGEST_PAUSE)
    return (NOT_SENT, columns.given_up_at.is_(None), due, free)


def _next_due(now: datetime) -> Select[Any]:
    """Return the select of the next one that is due and that no other program is taking."""
    return (
        select_notices()
        .where(*_due(now))
        .order_by(notifications.c.try_at, notifications.c.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=notifications)
    )
