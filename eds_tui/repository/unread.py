"""Keeps up to which event and comment each side has read an incident (rule 41).

Whoever adds an event to an incident holds its row, so that the ids of its events come one after the
other: what is read up to one of them is read, and what is beyond is not.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, case, select, update

from eds_tui.domain.unread import News, Side
from eds_tui.repository.column_types import Id
from eds_tui.repository.list_conditions import UNREAD
from eds_tui.repository.tables import incidents

_ROW = incidents.c.id == bindparam("row_id", type_=Id)
_EVENT = bindparam("event", type_=Id)
_COMMENT = bindparam("comment", type_=Id)
_IS_MARKED = {side: select(UNREAD[side]).where(_ROW) for side in Side}
_MARK = {
    side: update(incidents).where(_ROW).values({f"{side.value}_news": _EVENT}) for side in Side
}


class UnreadRepository:
    """Marks incidents as unread for a side, and as read up to what has been shown."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_marked(self, side: Side, incident_id: int) -> bool:
        """Return whether an incident is unread for a side."""
        found = self._connection.execute(_IS_MARKED[side], {"row_id": incident_id})
        return bool(found.scalar_one())

    def mark(self, side: Side, incident_id: int, event_id: int) -> None:
        """Mark an incident as unread for a side, because of an event."""
        self._connection.execute(_MARK[side], {"row_id": incident_id, "event": event_id})

    def read(self, side: Side, incident_id: int, news: News) -> bool:
        """Keep that a side has read an incident as far as it was shown; what came since stays new.

        Returns:
            Whether nobody of that side had read so far.
        """
        seen, said = incidents.c[f"{side.value}_seen"], incidents.c[f"{side.value}_said"]
        reading = (
            update(incidents)
            .where(_ROW, seen < _EVENT)
            .values({seen.name: _EVENT, said.name: case((said < _COMMENT, _COMMENT), else_=said)})
        )
        values: dict[str, Any] = {"row_id": incident_id, "event": news.event_id}
        values["comment"] = news.comment_id
        return self._connection.execute(reading, values).rowcount == 1

    def read_all(self, side: Side, comment_id: int) -> None:
        """Keep that a side has read everything, for a history that is made in one go.

        Args:
            side: Whose.
            comment_id: The last comment that is read.
        """
        name = side.value
        values = {f"{name}_seen": incidents.c[f"{name}_news"], f"{name}_said": comment_id}
        self._connection.execute(update(incidents).where(UNREAD[side]).values(values))
