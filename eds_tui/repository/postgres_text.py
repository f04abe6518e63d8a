"""The full-text index in PostgreSQL: a table of words with two GIN indexes.

Texts are cut into words here and not by the database, whose parser has ideas of its own about
hyphens, addresses and signs: what finds an incident on SQLite finds it on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Select,
    Text,
    cast,
    column,
    func,
    or_,
    select,
    table,
)
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.search_words import asked_words
from eds_tui.repository import search_vocabulary
from eds_tui.repository.incident_texts import LONGEST_WORD, IncidentText, incident_texts
from eds_tui.repository.tables import incidents

if TYPE_CHECKING:
    from eds_tui.repository.full_text import Walk, Words

_search = table(
    "incident_search",
    column("incident_id", BigInteger),
    column("school_id", BigInteger),
    column("public", Text),
    column("internal", Text),
    column("public_words", TSVECTOR),
    column("all_words", TSVECTOR),
)
_CREATE = (
    """
CREATE TABLE incident_search (
    incident_id bigint PRIMARY KEY REFERENCES incidents (id) ON DELETE CASCADE,
    school_id bigint NOT NULL,
    public text NOT NULL,
    internal text NOT NULL,
    public_words tsvector NOT NULL,
    all_words tsvector NOT NULL
)
""",
    "CREATE INDEX ix_incident_search_public ON incident_search USING gin (public_words)",
    "CREATE INDEX ix_incident_search_all ON incident_search USING gin (all_words)",
    "CREATE INDEX ix_incident_search_school ON incident_search (school_id, incident_id)",
)
_INDEX = sql(
    """
INSERT INTO incident_search
VALUES (:id, :school_id, :public, :internal,
    CAST(:public_words AS tsvector), CAST(:all_words AS tsvector))
ON CONFLICT (incident_id) DO UPDATE SET
    school_id = excluded.school_id, public = excluded.public, internal = excluded.internal,
    public_words = excluded.public_words, all_words = excluded.all_words
"""
)
_STORED = ("id", "school_id", "public", "internal", "public_words", "all_words")
_AT_ONCE = 1_000
"""Incidents that are read into the full text together."""
_FIRST_WINDOW, _WINDOW = 300, 40_000
"""Row ids that are gone through at a time: at first a few, which hold a page of a usual word."""
_PROPOSED = 2_000
"""Incidents that a window is to propose, about."""
_RARE = 3_000
"""Row ids after which it shows whether a word is rare."""
_USUAL = 1_000
"""A word is usual that one incident in so many holds: reading on then beats the index."""


class PostgresText:
    """The full text in a table of word vectors."""

    reach = 40_000
    most = 6_000

    def create(self, connection: Connection) -> None:
        """Make the full text of the incidents, and fill it from those that there are."""
        search_vocabulary.ensure(connection)
        for statement in _CREATE:
            connection.exec_driver_sql(statement)
        for first, last in _portions(connection):
            self.fill(connection, first, last)

    def index(self, connection: Connection, incident_id: int) -> None:
        """Read an incident's texts anew, with comments, work notes and the number it points to."""
        self.fill(connection, incident_id, incident_id)

    def fill(self, connection: Connection, first: int, last: int) -> None:
        """Read the texts of the incidents between two row ids anew, all of them in memory."""
        texts = tuple(incident_texts(connection, first, last))
        if texts:
            connection.execute(_INDEX, [_stored(each) for each in texts])
            words: set[str] = set()
            search_vocabulary.keep(connection, words.union(*(each.words for each in texts)))

    def knows(self, term: str) -> bool:
        """Return whether a term has a letter or digit that the full text keeps."""
        return bool(asked_words(term))

    def holding(self, term: str, *, internal: bool, confidential: bool) -> ColumnElement[bool]:
        """Return the condition on incidents that their text holds a term to the letter."""
        columns = (_search.c.public, _search.c.internal)
        places = [func.strpos(text, term) for text in columns[: 1 + internal]]
        found = select(or_(*(place > 0 for place in places)))
        return found.where(_search.c.incident_id == incidents.c.id).scalar_subquery()

    def propose(self, connection: Connection, words: Words, walk: Walk) -> Generator[int]:
        """Yield the row ids of the incidents that hold words, in order.

        Those of some schools, or of some ids, are few: they are read at once. Of all incidents, the
        nearest are gone through first; only for a rare word is the index asked for all the others,
        which takes it long where they are many.
        """
        matching = _matching(connection, words)
        if matching is None:
            return
        statement = select(_search.c.incident_id).where(matching)
        few = bool(words.school_ids) or words.ids is not None
        if words.school_ids:
            statement = statement.where(_search.c.school_id.in_(words.school_ids))
        if words.ids is not None:
            statement = statement.where(_search.c.incident_id.in_(words.ids))
        if few:
            yield from _read(connection, _from(statement, walk), newer=walk.newer)
            return
        yield from _along(connection, statement, walk, words)


def _stored(text: IncidentText) -> dict[str, Any]:
    return {name: getattr(text, name) for name in _STORED}


def _portions(connection: Connection) -> Iterator[tuple[int, int]]:
    """Yield the first and last row id of as many incidents as are read together."""
    last = 0
    while True:
        following = (
            select(incidents.c.id)
            .where(incidents.c.id > last)
            .order_by(incidents.c.id)
            .limit(_AT_ONCE)
        )
        ids = connection.execute(following).scalars().all()
        if not ids:
            return
        last = ids[-1]
        yield ids[0], last


def _along(
    connection: Connection, statement: Select[int], walk: Walk, words: Words
) -> Iterator[int]:
    ends = connection.execute(
        select(
            func.min(_search.c.incident_id).label("first"),
            func.max(_search.c.incident_id).label("last"),
        )
    ).one()
    if ends.first is None:
        return
    first, last = ends.first, ends.last
    if words.between is not None:
        first, last = max(first, words.between[0]), min(last, words.between[1])
    size, seen, looked_at = _FIRST_WINDOW, 0, 0
    # The walk is over the ids from `at` on, which counts; that is turned into a range each time.
    if walk.newer:
        at = first if walk.start is None else max(first, walk.start + (not walk.inclusive))
    else:
        at = last if walk.start is None else min(last, walk.start - (not walk.inclusive))
    while first <= at <= last:
        low, high = (at, at + size - 1) if walk.newer else (at - size + 1, at)
        found = _read(
            connection,
            statement.where(_search.c.incident_id.between(max(low, first), min(high, last))),
            newer=walk.newer,
        )
        yield from found
        at = high + 1 if walk.newer else low - 1
        seen, looked_at = seen + len(found), looked_at + size
        if looked_at >= _RARE and seen < looked_at // _USUAL and not words.is_near:
            break
        size = min(max(_PROPOSED * looked_at // (seen + 1), _FIRST_WINDOW), looked_at * 9, _WINDOW)
    if first <= at <= last:
        rest = (at, last) if walk.newer else (first, at)
        hits = statement.where(_search.c.incident_id.between(*rest)).cte("hits")
        hits = hits.prefix_with("MATERIALIZED")
        yield from _read(connection, select(hits.c.incident_id), newer=walk.newer)


def _from(statement: Select[int], walk: Walk) -> Select[int]:
    if walk.start is None:
        return statement
    newer, older = (ge, le) if walk.inclusive else (gt, lt)
    return statement.where((newer if walk.newer else older)(_search.c.incident_id, walk.start))


def _read(connection: Connection, statement: Select[int], *, newer: bool) -> Sequence[int]:
    (row_id,) = statement.selected_columns
    ordered = statement.order_by(row_id.asc() if newer else row_id.desc())
    return connection.execute(ordered).scalars().all()


def _matching(connection: Connection, words: Words) -> ColumnElement[bool] | None:
    """Return the condition that a text has the words, or ``None`` where none has."""
    each = [_any_spelling(connection, term, words) for term in words.terms]
    found: list[ColumnElement[bool]] = []
    if all(each):
        held = _search.c.all_words if words.internal else _search.c.public_words
        wanted = " & ".join(f"({one})" for one in each)
        found.append(held.op("@@", is_comparison=True)(cast(wanted, TSQUERY)))
    if words.or_schools:
        found.append(_search.c.school_id.in_(words.or_schools))
    return or_(*found) if found else None


def _any_spelling(connection: Connection, term: str, words: Words) -> str:
    ways: dict[str, None] = {}
    for asked in asked_words(term):
        cut = [word[:LONGEST_WORD] for word in asked]
        # The words of others mean nothing to a school (rule 24).
        spelled = search_vocabulary.spelled_out(connection, cut) if words.internal else None
        if spelled is None:
            ways[_phrase(cut) + ":*"] = None
        elif len(cut) == 1:
            ways |= dict.fromkeys(_phrase(each) for each in spelled)
        elif spelled:
            last = " | ".join(_phrase(each[-1:]) for each in spelled)
            ways[f"({_phrase(cut[:-1])} <-> ({last}))"] = None
    return " | ".join(ways)


def _phrase(words: Sequence[str]) -> str:
    return " <-> ".join(f"'{word}'" for word in words)
