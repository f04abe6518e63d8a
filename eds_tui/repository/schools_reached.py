"""Finds the few schools that a search of incidents means, by their words and not one by one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Select, and_, false, or_, select
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.school import SchoolLookup
from eds_tui.domain.school_words import Place
from eds_tui.domain.telephone import behind
from eds_tui.repository.school_vocabulary import vocabulary_of
from eds_tui.repository.schools import named
from eds_tui.repository.tables import school_words, schools, telephones

_PAST = "\U0010ffff"
_MANY = 1_000
"""Schools with a word from which on nobody means a few of them by it."""

_MOST = 5_000
"""Words of schools that are looked through for people."""
_WORDS = 20
"""More words of a school do not begin with the same letters."""
_WHOLE_NUMBER = 10
"""Digits of a telephone number that is written out."""


def schools_reached(connection: Connection, words: Sequence[str], most: int) -> tuple[int, ...]:
    """Return the schools whose contact or telephone some words are, where those are few.

    Args:
        connection: Of the transaction.
        words: Terms as they were typed.
        most: How many are few.
    """
    by_person = SchoolLookup.of(" ".join(words))
    found = [_of_people(connection, by_person)]
    if len(words) == 1 and len(by_person.telephone) >= _WHOLE_NUMBER:
        found.append(_of_number(by_person))
    ids: dict[int, None] = {}
    for statement in (each for each in found if each is not None):
        # A school may be there once for each of its words.
        ids |= dict.fromkeys(connection.execute(statement.limit(most * _WORDS)).scalars())
    return tuple(ids) if len(ids) <= most else ()


def _of_people(connection: Connection, lookup: SchoolLookup) -> Select[int] | None:
    """Return what selects the schools with a contact whose name has every word of a look-up.

    Where the name of the school itself holds them all, that is what is meant. ``None`` stands for
    none, or for very many.
    """
    vocabulary = vocabulary_of(connection)
    counts = {word: vocabulary.count(word) for word in lookup.words}
    if not counts or not all(counts.values()):
        return None
    rarest, *others = sorted(counts, key=counts.__getitem__)
    if others and counts[rarest] >= _MANY:
        return None
    places = [Place.OTHER] if not others else [Place.FIRST, Place.NAMED, Place.OTHER]
    kept = school_words
    statement = (
        select(kept.c.school_id)
        .join(schools, schools.c.id == kept.c.school_id)
        .where(
            kept.c.place.in_(places), _begins(kept.c.word, rarest), ~named(schools.c.folded, lookup)
        )
    )
    for other in others:
        also = school_words.alias()
        held = select(also.c.school_id).where(
            also.c.school_id == kept.c.school_id,
            _begins(also.c.word, other),
            also.c.place < Place.NUMBER,
        )
        statement = statement.where(held.correlate(kept).exists())
    return statement


def _of_number(lookup: SchoolLookup) -> Select[int]:
    """Return what selects the schools with a number that begins or ends with what is looked up."""
    digits = lookup.telephone
    ends = [
        and_(column >= each, column < behind(each)) if behind(each) else column >= each
        for column, each in ((telephones.c.digits, digits), (telephones.c.reversed, digits[::-1]))
    ]
    return select(telephones.c.school_id).where(or_(*ends))


def _begins(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    return and_(column >= word, column < word + _PAST)


def schools_named(
    connection: Connection, lookup: SchoolLookup, condition: ColumnElement[bool], most: int
) -> Sequence[int]:
    """Return the row ids of the schools that a condition on their names leaves, up to some.

    Args:
        connection: Of the transaction.
        lookup: The words that the names hold by the condition.
        condition: On the schools.
        most: How many at most.
    """
    statement = select(schools.c.id).where(condition).limit(most)
    if lookup.words:
        statement = statement.where(_possible(connection, lookup))
    return connection.execute(statement).scalars().all()


def _possible(connection: Connection, lookup: SchoolLookup) -> ColumnElement[bool]:
    """Return a condition that the named schools keep as well, which an index answers."""
    vocabulary = vocabulary_of(connection)
    by_word = {
        word: frozenset([word]) if word in lookup.whole else vocabulary.parts(word)
        for word in lookup.words
    }
    rarest = min(by_word.values(), key=vocabulary.count_of)
    if vocabulary.count_of(rarest) >= _MANY:
        # Of so many the first few are soon come by, whatever the way.
        return schools.c.id > 0
    having = select(school_words.c.school_id).where(
        school_words.c.place.in_([Place.FIRST, Place.NAMED]),
        school_words.c.word.in_(sorted(rarest)),
    )
    ways: list[ColumnElement[bool]] = [schools.c.id.in_(having)]
    if lookup.number:
        ways.append(_begins(schools.c.portal_number, lookup.number))
    return or_(false(), *ways)
