"""Reads and stores drafts: what somebody has typed and not sent (rule 36)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.views import Draft
from eds_tui.repository.tables import drafts

_DRAFT = select(
    drafts.c.place,
    drafts.c.body,
    drafts.c.saved_at,
    drafts.c.session,
    drafts.c.seen_at,
    drafts.c.school_id,
)


class DraftRepository:
    """Keeps, reads and drops drafts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, account_id: int, draft: Draft) -> None:
        """Keep a draft, in the place of the one that stood there."""
        values = {
            "body": draft.body,
            "saved_at": draft.saved_at,
            "session": draft.session,
            "seen_at": draft.seen_at,
            "school_id": draft.school_id,
        }
        here = _at(account_id, draft.place)
        changed = self._connection.execute(update(drafts).where(here).values(**values))
        if changed.rowcount == 0:
            self._connection.execute(
                insert(drafts).values(account_id=account_id, place=draft.place, **values)
            )

    def load(self, account_id: int, place: str) -> Draft | None:
        """Return the draft at a place, or ``None``."""
        row = self._connection.execute(_DRAFT.where(_at(account_id, place))).one_or_none()
        return None if row is None else Draft(**row._mapping)

    def under(self, account_id: int, prefix: str) -> tuple[Draft, ...]:
        """Return a person's drafts whose place starts with a prefix, the latest first."""
        rows = self._connection.execute(
            _DRAFT.where(
                drafts.c.account_id == account_id,
                drafts.c.place.startswith(prefix, autoescape=True),
            ).order_by(drafts.c.saved_at.desc(), drafts.c.place)
        )
        return tuple(Draft(**row._mapping) for row in rows)

    def hold(self, account_id: int, place: str, session: str, at: datetime) -> None:
        """Let a session go on with a draft."""
        self._connection.execute(
            update(drafts).where(_at(account_id, place)).values(session=session, seen_at=at)
        )

    def renew(self, account_id: int, session: str, at: datetime) -> None:
        """Say that a session lives, of all that it goes on with."""
        self._connection.execute(
            update(drafts).where(_of_session(account_id, session)).values(seen_at=at)
        )

    def let_go(self, account_id: int, session: str) -> None:
        """Let anybody go on with what a session has left, which is over."""
        self._connection.execute(
            update(drafts).where(_of_session(account_id, session)).values(session="", seen_at=None)
        )

    def drop(self, account_id: int, place: str) -> None:
        """Forget the draft at a place."""
        self._connection.execute(delete(drafts).where(_at(account_id, place)))


def _at(account_id: int, place: str) -> ColumnElement[bool]:
    return (drafts.c.account_id == account_id) & (drafts.c.place == place)


def _of_session(account_id: int, session: str) -> ColumnElement[bool]:
    return (drafts.c.account_id == account_id) & (drafts.c.session == session)
