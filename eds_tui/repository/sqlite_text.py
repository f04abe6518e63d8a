"""The full-text index in SQLite: two FTS5 tables.

Confidential incidents have one of their own, which no school's search touches: whatever it looks
for, they cost it not a step more than if they had never been logged (rule 24).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Generator, Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING

from sqlalchemy import (
    Connection,
    Integer,
    TableClause,
    Text,
    and_,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy import text as sql
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.search_words import asked_words
from eds_tui.repository import search_vocabulary
from eds_tui.repository.sqlite import FOLDED_TEXT
from eds_tui.repository.tables import comments, incidents, schools

if TYPE_CHECKING:
    from eds_tui.repository.full_text import Walk, Words

SEEN, CONFIDENTIAL = "incident_search", "incident_search_confidential"
"""The tables: of the incidents that their schools may know of, and of the others."""


def _table(name: str) -> TableClause:
    return table(
        name,
        column("rowid", Integer),
        column(name, Text),
        column("public", Text),
        column("internal", Text),
    )


_seen, _confidential = _table(SEEN), _table(CONFIDENTIAL)
# Each incident stands under its row id: what its school sees, and beside that work notes, what was
# said with a former school (rule 40), and the number of the incident that it is a duplicate of,
# which its school may not be allowed to know.
_CREATE = """
CREATE VIRTUAL TABLE {table} USING fts5(
    school, public, internal,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2', columnsize = 0
)
"""
# Prefixes of three letters are quick enough without: 8 ms at 300,000 incidents, for a third less.
_INDEX = """
INSERT INTO {table} (rowid, school, public, internal)
SELECT
    incidents.id,
    char(:mark) || incidents.school_id,
    {words}(
        printf('INC%07d INC%d %07d %d', number, number, number, number) || char(10) || description
        || char(10) || contact_name || char(10) || contact_telephone
        || char(10) || schools.name || char(10) || schools.town || char(10)
        || coalesce((
            SELECT group_concat(body, char(10)) FROM comments
            WHERE incident_id = incidents.id AND NOT internal AND former_school_id IS NULL
        ), '')
    ),
    {words}(coalesce((
        SELECT group_concat(body, char(10)) FROM comments
        WHERE incident_id = incidents.id AND (internal OR former_school_id IS NOT NULL)
    ), '')) || coalesce((
        SELECT printf('%sINC%07d INC%d', char(10), number, number) FROM incidents AS original
        WHERE original.id = incidents.duplicate_of_id
    ), '')
FROM incidents JOIN schools ON schools.id = incidents.school_id
WHERE incidents.id BETWEEN :first AND :last AND incidents.confidential = :confidential
"""
_OPTIMIZE = "INSERT INTO {table} ({table}) VALUES ('optimize')"
_REMOVE = "DELETE FROM {table} WHERE rowid = :id"
_KEPT = "SELECT public, internal FROM {table} WHERE rowid = :id"
_LARGEST_ID = 2**63 - 1
_WORDS_OF = "CREATE VIRTUAL TABLE temp.{table}_words USING fts5vocab(main, {table}, row)"
_FORGET = "DROP TABLE temp.{table}_words"
# All but numbers, numbers of incidents, and the marks of schools.
_KEEP_WORDS = """
INSERT INTO search_words (word)
SELECT term FROM temp.{table}_words
WHERE term GLOB '*[^0-9]*' AND unicode(term) != :mark
    AND NOT (term GLOB 'inc[0-9]*' AND substr(term, 4) NOT GLOB '*[^0-9]*')
ON CONFLICT (word) DO NOTHING
"""

# A letter of the private area is part of a word to the tokenizer, and of nothing that is typed.
_MARK = 0xE000


def keep_words(connection: Connection) -> None:
    """Keep the words of the whole full text."""
    for name in (SEEN, CONFIDENTIAL):
        connection.exec_driver_sql(_WORDS_OF.format(table=name))
        connection.execute(sql(_KEEP_WORDS.format(table=name)), {"mark": _MARK})
        connection.exec_driver_sql(_FORGET.format(table=name))


class SqliteText:
    """The full text in FTS5; its rows come quickly in the order of their ids, either way round."""

    reach = 300_000
    most = 20_000

    def create(self, connection: Connection) -> None:
        """Make the full text of the incidents anew, and fill it from those that there are."""
        search_vocabulary.ensure(connection)
        for name in (SEEN, CONFIDENTIAL):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
            connection.exec_driver_sql(_CREATE.format(table=name))
            _fill(connection, name, 0, _LARGEST_ID)
            connection.exec_driver_sql(_OPTIMIZE.format(table=name))
        keep_words(connection)

    def index(self, connection: Connection, incident_id: int) -> None:
        """Read an incident's texts anew, with comments, work notes and the number it points to."""
        for name in (SEEN, CONFIDENTIAL):
            connection.execute(sql(_REMOVE.format(table=name)), {"id": incident_id})
            _fill(connection, name, incident_id, incident_id)
            texts = connection.execute(sql(_KEPT.format(table=name)), {"id": incident_id}).all()
            words = (word for row in texts for text in row for word in text.split())
            search_vocabulary.keep(connection, words)

    def knows(self, term: str) -> bool:
        """Return whether a term has a letter or digit that the full text keeps.

        What FTS5 knows has grown with Unicode: what was a letter in its version 3.2 is one in all.
        """
        category = unicodedata.ucd_3_2_0.category
        known = any(category(each)[0] in "LN" for each in term) and chr(_MARK) not in term
        return known and bool(asked_words(term))

    def holding(self, term: str, *, internal: bool, confidential: bool) -> ColumnElement[bool]:
        """Return the condition on incidents that their text holds a term to the letter."""
        own = (
            incidents.c.description, incidents.c.contact_name, incidents.c.contact_telephone,
        )  # fmt: skip
        said = select(comments.c.id).where(
            comments.c.incident_id == incidents.c.id, func.instr(comments.c.body, term) > 0
        )
        if not internal:
            said = said.where(~comments.c.internal, comments.c.former_school_id.is_(None))
        named = select(schools.c.id).where(
            schools.c.id == incidents.c.school_id,
            or_(*(func.instr(text, term) > 0 for text in (schools.c.name, schools.c.town))),
        )
        found = or_(
            *(func.instr(text, term) > 0 for text in own),
            said.correlate(incidents).exists(),
            named.correlate(incidents).exists(),
        )
        return found if confidential else and_(found, ~incidents.c.confidential)

    def propose(self, connection: Connection, words: Words, walk: Walk) -> Generator[int]:
        """Yield the row ids of the incidents that hold words, in order, each read when wanted."""
        wanted = _wanted(connection, words)
        if not wanted:
            return
        found = _proposed(connection, _seen, words, walk, wanted)
        if words.confidential:
            hidden = _proposed(connection, _confidential, words, walk, wanted)
            both = merge(hidden, found, reverse=not walk.newer)
            # One that is just being hidden by a program of an earlier version may be in both.
            found = (row_id for row_id, _ in groupby(both))
        yield from found


def _fill(connection: Connection, name: str, first: int, last: int) -> None:
    values = {"mark": _MARK, "first": first, "last": last, "confidential": name == CONFIDENTIAL}
    connection.execute(sql(_INDEX.format(table=name, words=FOLDED_TEXT)), values)


def _proposed(
    connection: Connection, one: TableClause, words: Words, walk: Walk, wanted: str
) -> Iterator[int]:
    row_id = one.c.rowid
    statement = select(row_id).where(one.c[one.name].op("MATCH", is_comparison=True)(wanted))
    if words.ids is not None:
        # But for the sign, the words would be looked for anew at every id: a minute, not 50 ms.
        statement = statement.where(literal_column(f"+{one.name}.rowid", Integer).in_(words.ids))
    if words.between is not None:
        statement = statement.where(row_id.between(*words.between))
    if walk.start is not None:
        newer, older = (ge, le) if walk.inclusive else (gt, lt)
        statement = statement.where((newer if walk.newer else older)(row_id, walk.start))
    order = row_id.asc() if walk.newer else row_id.desc()
    with connection.execute(statement.order_by(order)).scalars() as found:
        yield from found


def _wanted(connection: Connection, words: Words) -> str:
    """Return what is asked of the full text, or nothing where no text has the words."""
    held = _all_of(connection, words) if words.internal else _by_beginnings(words.terms)
    wanted = f"{{{'public internal' if words.internal else 'public'}}} : ({held})" if held else ""
    if words.or_schools:
        schools = _of_schools(words.or_schools)
        wanted = f"({wanted} OR {schools})" if wanted else schools
    if words.school_ids and wanted:
        wanted = f"{_of_schools(words.school_ids)} AND {wanted}"
    return wanted


def _of_schools(school_ids: Iterable[int]) -> str:
    marks = " OR ".join(_quoted(f"{chr(_MARK)}{school_id}") for school_id in school_ids)
    return f"{{school}} : ({marks})"


def _all_of(connection: Connection, words: Words) -> str:
    found = [_any_spelling(connection, term) for term in words.terms]
    return " AND ".join(f"({each})" for each in found) if all(found) else ""


def _any_spelling(connection: Connection, term: str) -> str:
    ways: dict[str, None] = {}
    for words in asked_words(term):
        spelled = search_vocabulary.spelled_out(connection, words)
        if spelled is None:
            ways[_beginning(words)] = None
        else:
            ways |= dict.fromkeys(_quoted(" ".join(each)) for each in spelled)
    return " OR ".join(ways)


def _by_beginnings(terms: Iterable[str]) -> str:
    """Return what is asked for a school, to which the words of others mean nothing (rule 24)."""
    each = (" OR ".join(map(_beginning, asked_words(term))) for term in terms)
    return " AND ".join(f"({one})" for one in each)


def _beginning(words: Sequence[str]) -> str:
    return f"{_quoted(' '.join(words))} *"


def _quoted(term: str) -> str:
    doubled = term.replace('"', '""')
    return f'"{doubled}"'
