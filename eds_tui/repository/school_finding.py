"""Finds schools by the words they are kept under, without reading all schools for a key (rule 31).

What begins a word comes from an index. Only where that gives less than a list of them, every name
is looked through for what is inside a word; and only where that gives nothing, for a slip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from sqlalchemy import (
    Connection,
    Select,
    and_,
    case,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.school import NewSchool, SchoolLookup
from eds_tui.domain.school_words import MOST_COUNTED, Place, meant, words_of
from eds_tui.repository.tables import school_words, schools, telephones

_PAST = "\U0010ffff"
_WORDS = (Place.FIRST, Place.NAMED, Place.OTHER)

IsWord = Callable[[ColumnElement[str]], ColumnElement[bool]]
"""Returns the condition that a kept word is one that was typed."""
Found = tuple[tuple[int, ...], int]
"""The row ids of schools, best first, and how many there are in all."""


def keep_words(connection: Connection, school_id: int, school: NewSchool) -> None:
    """Keep the words of a school instead of those it was found by before."""
    connection.execute(delete(school_words).where(school_words.c.school_id == school_id))
    rows = [
        {"school_id": school_id, "word": word, "place": place.value}
        for word, place in words_of(school)
    ]
    connection.execute(insert(school_words), rows)


class SchoolFinding:
    """Finds schools by one text.

    Args:
        connection: Of the transaction.
        lookup: What is looked for.
        closed: Whether closed schools are among what is found.
    """

    def __init__(self, connection: Connection, lookup: SchoolLookup, *, closed: bool) -> None:
        self._connection = connection
        self._lookup = lookup
        self._open = true() if closed else ~schools.c.closed
        self._typed: dict[str, IsWord] = {
            word: partial(_is if word in lookup.whole else _begins, word) for word in lookup.words
        }

    def found(self, limit: int) -> Found:
        """Return the schools that are found: best first, ``limit`` at most."""
        ids, total = self._best(or_(*self._begun()), self._typed, limit)
        if len(ids) < limit and self._lookup.words:
            inside = and_(self._inside(), schools.c.id.not_in(ids))
            more, further = self._best(inside, self._typed, limit - len(ids))
            ids, total = ids + more, total + further
        if not ids and (likely := self._likely()):
            return self._best(self._has_all(likely), likely, limit)
        return ids, total

    def _best(self, matches: ColumnElement[bool], typed: Mapping[str, IsWord], limit: int) -> Found:
        rows = self._connection.execute(
            select(schools.c.id, func.count().over().label("total"))
            .where(matches, self._open)
            .order_by(self._rank(typed.values()), schools.c.folded, schools.c.portal_number)
            .limit(limit)
        ).all()
        return tuple(row.id for row in rows), rows[0].total if rows else 0

    def _rank(self, typed: Iterable[IsWord]) -> ColumnElement[int]:
        """Return how far a school is from the likeliest: a number, its name, a word of it."""
        ranks: list[tuple[ColumnElement[bool], int]] = []
        if number := self._lookup.number:
            ranks.append((_has(schools.c.id, partial(_is, number), (Place.NUMBER,)), 0))
        if self._lookup.words:
            text = " ".join(self._lookup.words)
            named = [_has(schools.c.id, each, (Place.FIRST, Place.NAMED)) for each in typed]
            ranks += [(schools.c.folded.startswith(text), 1), (and_(*named), 2)]
        return case(*ranks, else_=3) if ranks else literal(3)

    def _begun(self) -> list[ColumnElement[bool]]:
        """Return the ways in which a school has what was typed at the beginning of a word."""
        lookup = self._lookup
        ways = [self._has_all(self._typed)] if self._typed else []
        if lookup.number:
            number = _having(partial(_begins, lookup.number), (Place.NUMBER,))
            ways.append(schools.c.id.in_(number))
        if lookup.telephone:
            ways.append(schools.c.id.in_(_reached_by(lookup.telephone)))
        ways += [
            column.contains(lookup.literal, autoescape=True)
            for column in (schools.c.name, schools.c.town)
            if lookup.literal
        ]
        return ways

    def _has_all(self, typed: Mapping[str, IsWord]) -> ColumnElement[bool]:
        """Return the condition that a school has every word; the rarest of them is looked up."""
        rarest, *others = typed.values()
        if not others:
            return schools.c.id.in_(_having(rarest, _WORDS))
        rarest, *others = sorted(typed.values(), key=self._count)
        return schools.c.id.in_(_having(rarest, tuple(Place), others))

    def _count(self, is_word: IsWord) -> int:
        found = _having(is_word, tuple(Place)).subquery()
        return self._connection.execute(select(func.count()).select_from(found)).scalar_one()

    def _inside(self) -> ColumnElement[bool]:
        """Return the condition that a school has every word anywhere, and one inside another."""
        held = {
            word: schools.c.folded.contains(word)
            for word in self._typed
            if word not in self._lookup.whole
        }
        if len(self._typed) == 1:
            return or_(false(), *held.values())
        each = [
            or_(held.get(word, false()), _has(schools.c.id, is_word))
            for word, is_word in self._typed.items()
        ]
        return and_(or_(false(), *held.values()), *each)

    def _likely(self) -> dict[str, IsWord]:
        """Return the words that may have been meant by each that was typed, or nothing."""
        likely: dict[str, IsWord] = {}
        for word, is_word in self._typed.items():
            if self._count(is_word):
                likely[word] = is_word
            elif words := self._meant(word):
                likely[word] = partial(_is_one_of, words)
            else:
                return {}
        return likely

    def _meant(self, typed: str) -> frozenset[str]:
        """Return the words that are nearest; the first letters are seldom the wrong ones."""
        known = select(school_words.c.word).where(school_words.c.place.in_(_WORDS)).distinct()
        for beginning in (typed[:3], typed[:1], typed[1:2], ""):
            words = known.where(_begins(beginning, school_words.c.word))
            if found := meant(typed, self._connection.execute(words).scalars()):
                return found
        return frozenset()


def _is(word: str, kept: ColumnElement[str]) -> ColumnElement[bool]:
    return kept == word


def _is_one_of(words: frozenset[str], kept: ColumnElement[str]) -> ColumnElement[bool]:
    return kept.in_(sorted(words))


def _begins(word: str, kept: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(kept >= word, kept < word + _PAST)


def _has(
    school_id: ColumnElement[int], is_word: IsWord, places: Sequence[Place] = ()
) -> ColumnElement[bool]:
    kept = school_words.alias()
    there = [kept.c.place.in_(places)] if places else []
    return exists().where(kept.c.school_id == school_id, is_word(kept.c.word), *there)


def _having(is_word: IsWord, places: Sequence[Place], others: Sequence[IsWord] = ()) -> Select[int]:
    """Return the schools that have a word, and others, place by place, as many as are counted."""
    chosen = []
    for place in places:
        kept = school_words.alias()
        also = [_has(kept.c.school_id, other) for other in others]
        of_place = select(kept.c.school_id).where(
            kept.c.place == place, is_word(kept.c.word), *also
        )
        chosen.append(select(of_place.limit(MOST_COUNTED).subquery().c.school_id))
    return select(union_all(*chosen).subquery().c.school_id)


def _reached_by(digits: str) -> Select[int]:
    """Return the schools of the telephone numbers that start or end with some digits."""
    ways = [
        and_(column >= each, column < past) if (past := _after(each)) else column >= each
        for column, each in ((telephones.c.digits, digits), (telephones.c.reversed, digits[::-1]))
    ]
    return select(telephones.c.school_id).where(or_(*ways))


def _after(digits: str) -> str:
    """Return the first digits, as text, behind all that begin so; none are behind nines."""
    kept = digits.rstrip("9")
    return kept and kept[:-1] + str(int(kept[-1]) + 1)
