"""Reads and stores the calendar and the targets in force."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.targets import EXAMPLE, ServiceLevel
from eds_tui.repository.tables import service_levels

_log = logging.getLogger(__name__)
_ROW = 1
_DATA = select(service_levels.c.data)


class ServiceLevelRepository:
    """Reads and keeps the one service level."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self) -> ServiceLevel:
        """Return the service level in force; a new database has the example's (rule 21).

        One that can't be read promises nothing, rather than stop everybody's triage.
        """
        data = self._connection.execute(_DATA).scalar_one_or_none()
        if data is None:
            return EXAMPLE
        try:
            return ServiceLevel.from_data(data)
        except InvalidInput:
            _log.exception("the stored service level can't be read")
            return ServiceLevel(EXAMPLE.calendar, {})

    def save(self, level: ServiceLevel, at: datetime) -> None:
        """Put a service level in force."""
        values = {"data": level.to_data(), "changed_at": at}
        changed = self._connection.execute(
            update(service_levels).where(service_levels.c.id == _ROW).values(**values)
        )
        if changed.rowcount == 0:
            self._connection.execute(insert(service_levels).values(id=_ROW, **values))
