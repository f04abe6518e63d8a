"""All that is true of SQLite alone."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Collection, Iterable

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    Text,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy import text as sql
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.repository.tables import incidents

BUSY_TIMEOUT_MS = 5_000
"""How long a writer waits for another one's transaction."""


def prepare_connection(connection: sqlite3.Connection, _record: object) -> None:
    """Set a new connection up.

    The driver's own transaction handling is off: it begins no transaction before a read, and never
    IMMEDIATE. ``synchronous`` is FULL because a number that was read out must survive a power cut.
    """
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


incident_search = table(
    "incident_search",
    column("rowid", Integer),
    column("incident_search", Text),
    column("public", Text),
    column("internal", Text),
)
"""The full text of the incidents, each under its row id: what its school sees, and work notes."""

_CREATE = """
CREATE VIRTUAL TABLE incident_search USING fts5(
    school, public, internal,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2', columnsize = 0
)
"""
# Prefixes of three letters are quick enough without: 8 ms at 300,000 incidents, for a third less.
_INDEX = sql(
    """
INSERT INTO incident_search (rowid, school, public, internal)
SELECT
    incidents.id,
    char(:mark) || incidents.school_id,
    printf('INC%07d INC%d %07d %d', number, number, number, number) || char(10) || description
        || char(10) || contact_name || char(10) || contact_telephone
        || char(10) || schools.name || char(10) || schools.town || char(10)
        || coalesce((
            SELECT group_concat(body, char(10)) FROM comments
            WHERE incident_id = incidents.id AND NOT internal
        ), ''),
    coalesce((
        SELECT group_concat(body, char(10)) FROM comments
        WHERE incident_id = incidents.id AND internal
    ), '')
FROM incidents JOIN schools ON schools.id = incidents.school_id
WHERE incidents.id BETWEEN :first AND :last
"""
)
_REMOVE = sql("DELETE FROM incident_search WHERE rowid = :id")
_LARGEST_ID = 2**63 - 1

# A letter of the private area is part of a word to the tokenizer, and of nothing that is typed.
_MARK = 0xE000


def create_search(connection: Connection) -> None:
    """Make the full text of the incidents, and fill it from those that there are."""
    connection.exec_driver_sql(_CREATE)
    connection.execute(_INDEX, {"mark": _MARK, "first": 0, "last": _LARGEST_ID})
    connection.exec_driver_sql("INSERT INTO incident_search (incident_search) VALUES ('optimize')")


def index_incident(connection: Connection, incident_id: int) -> None:
    """Read an incident's texts anew into the full text, comments and work notes included."""
    connection.execute(_REMOVE, {"id": incident_id})
    connection.execute(_INDEX, {"mark": _MARK, "first": incident_id, "last": incident_id})


def is_indexed(term: str) -> bool:
    """Return whether a term has a letter or digit that the full text knows.

    What it knows has grown with Unicode: what was a letter in its version 3.2 is one everywhere.
    """
    category = unicodedata.ucd_3_2_0.category
    return any(category(each)[0] in "LN" for each in term) and chr(_MARK) not in term


def matching(
    terms: Iterable[str], *, internal: bool, school_ids: Collection[int] = ()
) -> ColumnElement[bool]:
    """Return the condition on :data:`incident_search` that all of some terms are in the full text.

    The words of a term follow one another, and the last may go on. Nothing in a term has a meaning
    to the query language. Rows come quickly in the order of ``rowid``, either way round.

    Args:
        terms: At least one; each is known to the index.
        internal: Whether work notes are searched as well (rule 27).
        school_ids: Of these schools' incidents only; of all where there is none.
    """
    phrases = " AND ".join(f"{_quoted(term)} *" for term in terms)
    wanted = f"{{{'public internal' if internal else 'public'}}} : ({phrases})"
    if school_ids:
        marks = " OR ".join(_quoted(f"{chr(_MARK)}{school_id}") for school_id in school_ids)
        wanted = f"{{school}} : ({marks}) AND {wanted}"
    return incident_search.c.incident_search.op("MATCH", is_comparison=True)(wanted)


def is_among(ids: Select[int]) -> ColumnElement[bool]:
    """Return the condition on :data:`incident_search` that a row which was found is one of some."""
    # Were it not for the sign, the words would be looked for anew at every id: a minute, not 50 ms.
    return literal_column("+incident_search.rowid", Integer).in_(ids)


def holding(term: str, *, internal: bool) -> ColumnElement[bool]:
    """Return the condition on incidents that their full text holds a term to the letter.

    Each incident that is asked about is read: no index helps.
    """
    columns = (incident_search.c.public, incident_search.c.internal)
    places = [func.instr(text, term) for text in columns[: 1 + internal]]
    found = select(or_(*(place > 0 for place in places)))
    return found.where(incident_search.c.rowid == incidents.c.id).scalar_subquery()


def _quoted(term: str) -> str:
    doubled = term.replace('"', '""')
    return f'"{doubled}"'
