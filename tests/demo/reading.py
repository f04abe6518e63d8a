"""Reading everything that a demonstration database holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from eds_tui.domain.account import Account
from eds_tui.domain.views import IncidentRow, ListQuery, View, Window
from eds_tui.repository.tables import metadata
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services


def every_row(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table by its name."""
    with database.engine.connect() as connection:
        return {
            table.name: [
                dict(row._mapping)
                for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
        }


def every_value(database: Database) -> list[tuple[str, Any]]:
    """Return the value of every field of every row after the field's name."""
    rows = every_row(database)
    return [field for table in rows.values() for row in table for field in row.items()]


def moments(database: Database) -> dict[str, list[datetime]]:
    """Return all moments by the name of their field."""
    found: dict[str, list[datetime]] = {}
    for name, value in every_value(database):
        if isinstance(value, datetime):
            found.setdefault(name, []).append(value)
    return found


def every_incident(services: Services, actor: Account, view: View = View.ALL) -> list[IncidentRow]:
    """Return a whole list of the queue, newest first."""
    rows: list[IncidentRow] = []
    while True:
        key = ListQuery(view).key(rows[-1]) if rows else None
        page = services.queue.page(actor, ListQuery(view), Window(key=key))
        rows += page.rows
        if not page.older:
            return rows
