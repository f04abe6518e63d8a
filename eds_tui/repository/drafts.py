"""Drafts: what somebody has typed and not sent, per person and place (rule 36)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from eds_tui.domain.views import Draft
from eds_tui.repository.tables import drafts


class DraftRepository:
    """Keeps, reads and drops drafts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, account_id: int, place: str, body: dict[str, Any], at: datetime) -> None:
        """Keep a draft, in the place of the one that stood there."""
        here = (drafts.c.account_id == account_id) & (drafts.c.place == place)
        values = {"body": body, "saved_at": at}
        changed = self._connection.execute(update(drafts).where(here).values(**values))
        if changed.rowcount == 0:
            self._connection.execute(
                insert(drafts).values(account_id=account_id, place=place, **values)
            )

    def load(self, account_id: int, place: str) -> Draft | None:
        """Return the draft at a place, or ``None``."""
        row = self._connection.execute(
            select(drafts.c.place, drafts.c.body, drafts.c.saved_at).where(
                drafts.c.account_id == account_id, drafts.c.place == place
            )
        ).one_or_none()
        return None if row is None else Draft(*row)

    def under(self, account_id: int, prefix: str) -> tuple[Draft, ...]:
        """Return a person's drafts whose place starts with a prefix, the latest first."""
        rows = self._connection.execute(
            select(drafts.c.place, drafts.c.body, drafts.c.saved_at)
            .where(
                drafts.c.account_id == account_id,
                drafts.c.place.startswith(prefix, autoescape=True),
            )
            .order_by(drafts.c.saved_at.desc(), drafts.c.place)
        )
        return tuple(Draft(*row) for row in rows)

    def drop(self, account_id: int, place: str) -> None:
        """Forget the draft at a place."""
        self._connection.execute(
            delete(drafts).where(drafts.c.account_id == account_id, drafts.c.place == place)
        )
