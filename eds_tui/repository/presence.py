"""Who is at which incident, as their sessions say (rule 37)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select

from eds_tui.repository.tables import presence


class PresenceRepository:
    """Drops what sessions have left behind that gave no sign of life."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_any_older(self, moment: datetime) -> bool:
        """Return whether any session was seen last before a moment."""
        found = select(presence.c.session).where(presence.c.seen_at < moment).limit(1)
        return self._connection.execute(found).first() is not None

    def drop_older(self, moment: datetime) -> int:
        """Drop the sessions that were seen last before a moment, and return how many."""
        dropped = self._connection.execute(delete(presence).where(presence.c.seen_at < moment))
        return dropped.rowcount
