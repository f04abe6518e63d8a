"""The history of very many incidents, as it is recorded: logged, commented, triaged, resolved."""

from __future__ import annotations

from sqlalchemy import Connection, func, select, update
from sqlalchemy import text as sql

from eds_tui.repository.engine import is_postgres
from eds_tui.repository.incident_statements import NUMBERS
from eds_tui.repository.open_words import fill
from eds_tui.repository.tables import events, incidents, open_words, sequences

_AT_ONCE = 5_000
"""Incidents whose events lie beside one another, as those of a few weeks do."""
_ADD = """
INSERT INTO events (at, kind, actor_id, actor, incident_id, details)
SELECT {at}, {kind}, {by}_id, {by}, {incident}, {details} FROM {table}
WHERE {incident} BETWEEN :first AND :last AND {condition} ORDER BY id
"""
_LOGGED = {
    "table": "incidents", "incident": "id", "at": "opened_at", "by": "logged_by",
    "kind": "'incident_logged'", "condition": "true",
    "details": (
        "'{\"channel\": \"' || channel || '\", \"confidential\": '"
        " || CASE WHEN confidential THEN 'true' ELSE 'false' END || '}'"
    ),
}  # fmt: skip
_SAID = {
    "table": "comments", "incident": "incident_id", "at": "at", "by": "author",
    "kind": "CASE WHEN internal THEN 'work_note_added' ELSE 'comment_added' END",
    "condition": "true", "details": "'{\"id\": ' || id || '}'",
}  # fmt: skip
_TRIAGED = {
    "table": "incidents", "incident": "id", "at": "opened_at", "by": "logged_by",
    "kind": "'triaged'", "condition": "state != 'new'",
    "details": (
        "'{\"changed\": {\"priority\": [0, ' || priority || '], \"state\": [\"new\", \"'"
        " || CASE WHEN resolved_at IS NULL THEN state ELSE 'in_progress' END || '\"]}}'"
    ),
}  # fmt: skip
_RESOLVED = {
    "table": "incidents", "incident": "id", "at": "resolved_at", "by": "logged_by",
    "kind": "'triaged'", "condition": "resolved_at IS NOT NULL",
    "details": (
        "'{\"changed\": {\"state\": [\"in_progress\", \"' || state"
        " || '\"], \"resolved_at\": [null, \"' || {resolved_at} || '\"], \"closes_at\": [null, \"'"
        " || {closes_at} || '\"]}}'"
    ),
}  # fmt: skip
_TIME = {
    True: "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+00:00\"')",
    False: "strftime('%Y-%m-%dT%H:%M:%S+00:00', {})",
}


def complete(connection: Connection) -> None:
    """Add what whoever logs and decides keeps beside the incidents, unless it is there."""
    if connection.execute(select(events.c.id).limit(1)).first() is None:
        _add_events(connection)
    if connection.execute(select(open_words.c.word).limit(1)).first() is None:
        fill(connection)


def _add_events(connection: Connection) -> None:
    """Record how every incident came to be as it is."""
    last = connection.execute(select(func.max(incidents.c.id))).scalar_one()
    on_postgres = is_postgres(connection)
    statements = [sql(_statement(parts, on_postgres)) for parts in _PARTS]
    for first in range(1, last + 1, _AT_ONCE):
        for statement in statements:
            connection.execute(statement, {"first": first, "last": first + _AT_ONCE - 1})
    connection.exec_driver_sql("UPDATE incidents SET priority = 0 WHERE state = 'new'")
    connection.exec_driver_sql(
        "UPDATE incidents SET version = CASE WHEN resolved_at IS NULL THEN 2 ELSE 3 END"
        " WHERE state != 'new'"
    )
    counter = update(sequences).where(sequences.c.name == NUMBERS)
    connection.execute(counter.values(value=select(func.max(incidents.c.number)).scalar_subquery()))


_PARTS = (_LOGGED, _SAID, _TRIAGED, _RESOLVED)


def _statement(parts: dict[str, str], on_postgres: bool) -> str:
    details = parts["details"]
    for name in ("resolved_at", "closes_at"):
        details = details.replace(f"{{{name}}}", _TIME[on_postgres].format(name))
    details = f"CAST({details} AS json)" if on_postgres else details
    # A colon in a text is none of a value's.
    return _ADD.format(**parts | {"details": details.replace(":", "\\:")})
