"""Reads and stores saved views."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from eds_tui.domain.saved_view import SavedView
from eds_tui.repository.tables import saved_views


class SavedViewRepository:
    """Reads, saves and deletes each person's saved views, one a digit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, account_id: int) -> tuple[SavedView, ...]:
        """Return a person's saved views by digit."""
        rows = self._connection.execute(
            select(saved_views.c.digit, saved_views.c.name, saved_views.c.search)
            .where(saved_views.c.account_id == account_id)
            .order_by(saved_views.c.digit)
        )
        return tuple(SavedView(**row._mapping) for row in rows)

    def save(self, account_id: int, view: SavedView) -> None:
        """Save a view under its digit, in the place of what was there."""
        self.drop(account_id, view.digit)
        self._connection.execute(
            insert(saved_views).values(
                account_id=account_id, digit=view.digit, name=view.name, search=view.search
            )
        )

    def drop(self, account_id: int, digit: int) -> bool:
        """Delete the view under a digit; returns whether there was one."""
        dropped = self._connection.execute(
            delete(saved_views).where(
                saved_views.c.account_id == account_id, saved_views.c.digit == digit
            )
        )
        return dropped.rowcount == 1
