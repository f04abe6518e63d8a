"""Puts together the one statement that a look-up of schools is (rule 31).

It is put together as text, which both databases understand: SQLAlchemy takes longer to compare a
large statement with those that it has compiled than a database to answer it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, CursorResult, TextClause
from sqlalchemy import text as sql

from eds_tui.domain.school import SchoolLookup
from eds_tui.domain.school_words import MOST_COUNTED, Place
from eds_tui.domain.telephone import behind
from eds_tui.repository.id_lists import one_of_in_text, value_of

Found = tuple[tuple[int, ...], int]
"""The row ids of schools, best first, and how many there are in all."""

_SHAPES = 200
"""Statements that are kept: they differ by how many words were typed, and of which kind."""
_PAST = "\U0010ffff"
_MOST_HITS = 2 * MOST_COUNTED
"""The same for words in all places: a school may have one in its name and in a contact's."""
_NAMES = (Place.FIRST, Place.NAMED)
_WORDS = (*_NAMES, Place.OTHER)

# What goes into these are names of values, and numbers of ours: no text from people.
_FOUND = "SELECT s.id, {total} AS total FROM schools s WHERE {where} ORDER BY {order} LIMIT {limit}"
_COUNTED = "SELECT count(*) FROM (SELECT DISTINCT school_id FROM ({hits}) AS hits{of}) AS found"
_OF_OPEN = " WHERE school_id NOT IN (SELECT id FROM schools WHERE closed)"
_HAVING = "SELECT k.school_id FROM school_words k WHERE k.place IN ({places}) AND {condition}"
_LIMITED = "SELECT school_id FROM ({found} LIMIT {most}) AS found"
_HAS_WORD = (
    "EXISTS (SELECT 1 FROM school_words o WHERE o.school_id = {school} AND ({condition}){each})"
)
# PostgreSQL makes a join of it else, for which it reads every school that has the other word.
_FOR_EACH = " LIMIT 1 OFFSET 0"
_HAS_PART = "EXISTS (SELECT 1 FROM schools o WHERE o.id = {school} AND o.folded LIKE {part})"
_REACHED = "SELECT school_id FROM telephones WHERE {condition}"
_WITH_SIGNS = (
    "SELECT id FROM schools WHERE name LIKE {held} ESCAPE '/' OR town LIKE {held} ESCAPE '/'"
)


@dataclass(frozen=True, slots=True)
class Word:
    """What one of the words that were typed stands for; any of it does."""

    text: str
    begins: bool = False
    """Whether it stands for words that begin so, wherever they stand."""
    whole: bool = False
    """Whether it stands for that word itself."""
    named: frozenset[str] = frozenset()
    """Words of names and towns that it stands for as well."""
    meant: frozenset[str] = frozenset()
    """Words wherever they stand that it stands for as well."""


@dataclass
class SchoolStatement:
    """A statement that finds schools, and the values in it.

    Args:
        lookup: What is looked for.
        limit: How many schools at most.
        closed: Whether closed ones are among them.
        known: The row ids of those that are found already.
        on_postgres: Whether PostgreSQL is asked.
        few: Whether so few schools have the first word that each is looked at for the others.
    """

    lookup: SchoolLookup
    limit: int
    closed: bool
    known: Sequence[int] = ()
    on_postgres: bool = False
    few: bool = False
    _values: dict[str, Any] = field(default_factory=dict)

    def having(self, words: Sequence[Word], *, numbers: bool) -> SchoolStatement:
        """Find the schools that have every word, by the first of them; or a number."""
        hits = list(self._of_words(words)) if words else []
        if numbers:
            hits += self._of_numbers()
        self._hits = " UNION ALL ".join(hits)
        self._where = f"s.id IN ({self._hits})"
        self._order = f"{self._rank(words)}s.folded, s.portal_number"
        return self

    def named_first(self, word: Word) -> SchoolStatement:
        """Find the schools whose names begin with a word."""
        hits = self._of_words([word], (Place.FIRST,))
        self._where = f"s.id IN ({' UNION ALL '.join(hits)})"
        self._order = "s.folded, s.portal_number"
        return self

    def along_names(self, words: Sequence[Word]) -> SchoolStatement:
        """Find the schools that have every word by going through all in the order of names."""
        self._where = " AND ".join(self._has("s.id", word) for word in words)
        self._order = "s.folded, s.portal_number"
        return self

    def run(self, connection: Connection, *, counted: bool = True) -> Found:
        """Return what is found; where it is not counted, only that it is as many or more."""
        where = [self._where]
        if not self.closed:
            where.append("NOT s.closed")
        if self.known:
            where.append(f"NOT {self._one_of('s.id', self.known)}")
        statement = _FOUND.format(
            total="count(*) OVER ()" if counted else "0",
            where=" AND ".join(where),
            order=self._order,
            limit=self._value(self.limit),
        )
        rows = self._execute(connection, statement).all()
        most = MOST_COUNTED if len(rows) == self.limit else len(rows)
        return tuple(row.id for row in rows), (rows[0].total if rows and counted else most)

    def count(self, connection: Connection) -> int:
        """Return how many schools there are, without reading any."""
        statement = _COUNTED.format(hits=self._hits, of="" if self.closed else _OF_OPEN)
        return int(self._execute(connection, statement).scalar_one())

    def _execute(self, connection: Connection, text: str) -> CursorResult[Any]:
        return connection.execute(_composed(text), self._values)

    def _value(self, value: Any) -> str:
        name = f"v{len(self._values)}"
        self._values[name] = value
        return f":{name}"

    def _one_of(self, column: str, values: Sequence[Any]) -> str:
        name = self._value(value_of(values, on_postgres=self.on_postgres))
        return one_of_in_text(column, name, on_postgres=self.on_postgres)

    def _of_words(self, words: Sequence[Word], places: tuple[Place, ...] = _WORDS) -> Iterator[str]:
        first, *others = words
        also = "".join(f" AND {self._has('k.school_id', other)}" for other in others)
        named = replace(first, begins=False, whole=False, meant=frozenset())
        for condition, of in self._ways("k", named, _NAMES):
            yield _having(of, condition + also)
        begun = replace(first, named=frozenset())
        if others:
            # At once, which a database plans in a third of the time; the likeliest places come
            # first in the index.
            for condition, of in self._ways("k", begun, tuple(Place)):
                yield _limited(_having(of, condition + also), _MOST_HITS)
            return
        for condition, of in self._ways("k", begun, places):
            yield from (_limited(_having((place,), condition)) for place in of)

    def _ways(
        self, kept: str, word: Word, places: tuple[Place, ...]
    ) -> Iterator[tuple[str, tuple[Place, ...]]]:
        """Yield the conditions any of which a kept word is to keep, and where each may stand."""
        if word.begins:
            yield self._begins(f"{kept}.word", word.text), places
        if word.whole:
            yield f"{kept}.word = {self._value(word.text)}", places
        if word.meant:
            yield self._one_of(f"{kept}.word", sorted(word.meant)), _WORDS
        if word.named:
            yield self._one_of(f"{kept}.word", sorted(word.named)), _NAMES

    def _has(self, school_id: str, word: Word, places: tuple[Place, ...] = tuple(Place)) -> str:
        """Return the condition that a school has a word; its name is looked through for a part."""
        begun = replace(word, named=frozenset())
        ways = [
            condition if len(of) == len(Place) else f"({condition} AND o.place <= {max(of).value})"
            for condition, of in self._ways("o", begun, places)
        ]
        has = []
        if word.named:
            part = self._value(f"%{word.text}%")
            has.append(_HAS_PART.format(school=school_id, part=part))
        if ways:
            each = _FOR_EACH if self.few else ""
            condition = " OR ".join(ways)
            has.append(_HAS_WORD.format(school=school_id, condition=condition, each=each))
        return f"({' OR '.join(has)})"

    def _begins(self, column: str, text: str) -> str:
        return f"({column} >= {self._value(text)} AND {column} < {self._value(text + _PAST)})"

    def _of_numbers(self) -> Iterator[str]:
        """Yield what selects schools by numbers and telephones, or by signs alone."""
        lookup = self.lookup
        if lookup.number:
            yield _limited(_having((Place.NUMBER,), self._begins("k.word", lookup.number)))
        if digits := lookup.telephone:
            for column, each in (("digits", digits), ("reversed", digits[::-1])):
                past = f" AND {column} < {self._value(behind(each))}" if behind(each) else ""
                yield _REACHED.format(condition=f"{column} >= {self._value(each)}{past}")
        if lookup.literal:
            yield _WITH_SIGNS.format(held=self._value(f"%{_escaped(lookup.literal)}%"))

    def _rank(self, words: Sequence[Word]) -> str:
        """Return how far a school is from the likeliest: a number, its name, a word of it."""
        ranks = []
        if self.lookup.number:
            number = (
                f"o.place = {Place.NUMBER.value} AND o.word = {self._value(self.lookup.number)}"
            )
            ranks.append(
                f"WHEN {_HAS_WORD.format(school='s.id', condition=number, each='')} THEN 0"
            )
        if words:
            text = " ".join(self.lookup.words)
            ranks.append(f"WHEN s.folded LIKE {self._value(f'{text}%')} THEN 1")
            named = " AND ".join(map(self._is_named, words))
            ranks.append(f"WHEN {named} THEN 2")
        return f"CASE {' '.join(ranks)} ELSE 3 END, " if ranks else ""

    def _is_named(self, word: Word) -> str:
        if word.meant:
            return self._has("s.id", word, _NAMES)
        end = " " * word.whole
        return f"(' ' || s.folded || ' ') LIKE {self._value(f'% {word.text}{end}%')}"


@lru_cache(maxsize=_SHAPES)
def _composed(text: str) -> TextClause:
    return sql(text)


def _having(places: Sequence[Place], condition: str) -> str:
    listed = ", ".join(str(place.value) for place in places)
    return _HAVING.format(places=listed, condition=condition)


def _limited(found: str, most: int = MOST_COUNTED) -> str:
    return _LIMITED.format(found=found, most=most)


def _escaped(text: str) -> str:
    return "".join(f"/{sign}" if sign in "/%_" else sign for sign in text)
