"""Keeps the telling words of each open incident, by which lookalikes are found (rule 33).

Whoever stores a description or closes an incident keeps them in the same transaction, so that they
are always those of what is open, however many incidents there are.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from eds_tui.domain.lookalike import COMPARED, telling_words
from eds_tui.repository.column_types import Id
from eds_tui.repository.tables import NOT_CLOSED, incidents, open_words

_AT_ONCE = 1_000
_FORGET = delete(open_words).where(open_words.c.incident_id == bindparam("row_id", type_=Id))
_ADD = insert(open_words)
_OPEN = select(
    incidents.c.id, func.substr(incidents.c.description, 1, COMPARED).label("details")
).where(NOT_CLOSED)


def keep(connection: Connection, incident_id: int, description: str) -> None:
    """Keep the words of an incident that is just logged."""
    _add(connection, [(incident_id, description[:COMPARED])])


def keep_anew(connection: Connection, incident_id: int, description: str) -> None:
    """Keep the words of an incident whose description has changed, or which is open again."""
    forget(connection, incident_id)
    keep(connection, incident_id, description)


def forget(connection: Connection, incident_id: int) -> None:
    """Keep no words of an incident any more, which is closed."""
    connection.execute(_FORGET, {"row_id": incident_id})


def fill(connection: Connection) -> None:
    """Keep the words of every open incident, of which none are kept."""
    options = {"stream_results": True, "yield_per": _AT_ONCE}
    for rows in connection.execute(_OPEN.execution_options(**options)).partitions():
        _add(connection, [(row.id, row.details) for row in rows])


def _add(connection: Connection, texts: Iterable[tuple[int, str]]) -> None:
    rows = [
        {"word": word, "incident_id": incident_id}
        for incident_id, text in texts
        for word in sorted(telling_words(text))
    ]
    if rows:
        connection.execute(_ADD, rows)
