"""The full text of the incidents in SQLite: an FTS5 table beside them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING

from sqlalchemy import (
    Connection,
    Integer,
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

if TYPE_CHECKING:
    from eds_tui.repository.full_text import Walk, Words

_search = table(
    "incident_search",
    column("rowid", Integer),
    column("incident_search", Text),
    column("public", Text),
    column("internal", Text),
)
# Each incident stands under its row id: what its school sees, and work notes.
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


class SqliteText:
    """The full text in FTS5; its rows come quickly in the order of their ids, either way round."""

    def create(self, connection: Connection) -> None:
        """Make the full text of the incidents, and fill it from those that there are."""
        connection.exec_driver_sql(_CREATE)
        connection.execute(_INDEX, {"mark": _MARK, "first": 0, "last": _LARGEST_ID})
        optimize = "INSERT INTO incident_search (incident_search) VALUES ('optimize')"
        connection.exec_driver_sql(optimize)

    def index(self, connection: Connection, incident_id: int) -> None:
        """Read an incident's texts anew, comments and work notes included."""
        connection.execute(_REMOVE, {"id": incident_id})
        connection.execute(_INDEX, {"mark": _MARK, "first": incident_id, "last": incident_id})

    def knows(self, term: str) -> bool:
        """Return whether a term has a letter or digit that the full text keeps.

        What FTS5 knows has grown with Unicode: what was a letter in its version 3.2 is one in all.
        """
        category = unicodedata.ucd_3_2_0.category
        return any(category(each)[0] in "LN" for each in term) and chr(_MARK) not in term

    def holding(self, term: str, *, internal: bool) -> ColumnElement[bool]:
        """Return the condition on incidents that their text holds a term to the letter."""
        columns = (_search.c.public, _search.c.internal)
        places = [func.instr(text, term) for text in columns[: 1 + internal]]
        found = select(or_(*(place > 0 for place in places)))
        return found.where(_search.c.rowid == incidents.c.id).scalar_subquery()

    def propose(self, connection: Connection, words: Words, walk: Walk) -> Iterator[int]:
        """Yield the row ids of the incidents that hold words, in order, each read when wanted."""
        row_id = _search.c.rowid
        statement = select(row_id).where(_matching(words))
        if words.ids is not None:
            # But for the sign, the words would be looked for anew at every id: a minute, not 50 ms.
            statement = statement.where(
                literal_column("+incident_search.rowid", Integer).in_(words.ids)
            )
        if words.between is not None:
            statement = statement.where(row_id.between(*words.between))
        if walk.start is not None:
            newer, older = (ge, le) if walk.inclusive else (gt, lt)
            statement = statement.where((newer if walk.newer else older)(row_id, walk.start))
        order = row_id.asc() if walk.newer else row_id.desc()
        with connection.execute(statement.order_by(order)).scalars() as found:
            yield from found


def _matching(words: Words) -> ColumnElement[bool]:
    wanted = f"{{{'public internal' if words.internal else 'public'}}} : ({_all_of(words.terms)})"
    if words.school_ids:
        marks = " OR ".join(_quoted(f"{chr(_MARK)}{school_id}") for school_id in words.school_ids)
        wanted = f"{{school}} : ({marks}) AND {wanted}"
    return _search.c.incident_search.op("MATCH", is_comparison=True)(wanted)


def _all_of(terms: Iterable[str]) -> str:
    return " AND ".join(f"{_quoted(term)} *" for term in terms)


def _quoted(term: str) -> str:
    doubled = term.replace('"', '""')
    return f'"{doubled}"'
