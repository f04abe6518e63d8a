"""Keeps the words that schools are found by, and the vocabulary that they make up (rule 31).

Each connection holds the vocabulary as it last read it, with its version: any school that is stored
by any program makes a new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy import text as sql

from eds_tui.domain.school import NewSchool
from eds_tui.domain.school_vocabulary import Vocabulary
from eds_tui.domain.school_words import Place, words_of
from eds_tui.repository.tables import school_vocabulary, school_words, sequences

VERSION = "school words"
"""The counter of how often the words of any school were stored."""

MOST_COUNTED = 1_000
"""Schools up to which those that have a word are counted exactly: what more of them have is never
gone, and to count it on would make every school wait for the one before."""

_HELD, _STORING = "eds_school_vocabulary", "eds_storing_schools"
_COUNTED = "eds_school_words_counted"
_WORDS = select(school_vocabulary.c.word, school_vocabulary.c.named, school_vocabulary.c.held)
_VERSION = select(sequences.c.value).where(sequences.c.name == VERSION)
# Whoever stores a school has it until the transaction ends: the counts of words are never mixed up.
_NEXT_VERSION = (
    update(sequences).where(sequences.c.name == VERSION).values(value=sequences.c.value + 1)
)
_COUNT = sql(
    "INSERT INTO school_vocabulary (word, named, held) VALUES (:word, :named, :held)"
    " ON CONFLICT (word) DO UPDATE SET named = school_vocabulary.named + excluded.named,"
    " held = school_vocabulary.held + excluded.held"
    " WHERE school_vocabulary.held < :most"
).bindparams(most=MOST_COUNTED)


def vocabulary_of(connection: Connection) -> Vocabulary:
    """Return the words of all schools as they are for a transaction."""
    if _stores_schools(connection):
        return _read(connection)  # which nobody else may ever see
    version = connection.execute(_VERSION).scalar_one()
    held: tuple[int, Vocabulary] | None = connection.info.get(_HELD)
    if held is None or held[0] != version:
        held = connection.info[_HELD] = (version, _read(connection))
    return held[1]


def _read(connection: Connection) -> Vocabulary:
    return Vocabulary((row[0], row[1], row[2]) for row in connection.execute(_WORDS))


def _stores_schools(connection: Connection) -> bool:
    """Return whether the transaction has stored a school."""
    return connection.info.get(_STORING) is connection.get_transaction() is not None


def keep_words(connection: Connection, school_id: int, school: NewSchool) -> None:
    """Keep the words of a school instead of those it was found by before."""
    if not _stores_schools(connection):
        connection.execute(_NEXT_VERSION)
        connection.info[_STORING] = connection.get_transaction()
        connection.info[_COUNTED] = Counter[str]()
    of_school = school_words.c.school_id == school_id
    before = connection.execute(select(school_words).where(of_school)).all()
    connection.execute(delete(school_words).where(of_school))
    rows = [
        {"school_id": school_id, "word": word, "place": place.value}
        for word, place in words_of(school)
    ]
    connection.execute(insert(school_words), rows)
    _count(connection, before, rows)


def _count(
    connection: Connection, before: Collection[Row[Any]], after: Collection[dict[str, Any]]
) -> None:
    held, named = Counter[str](), Counter[str]()
    for step, kept in ((-1, [(row.word, row.place) for row in before]),
                       (1, [(row["word"], row["place"]) for row in after])):  # fmt: skip
        for word in {word for word, place in kept if place < Place.NUMBER}:
            held[word] += step
        for word in {word for word, place in kept if place < Place.OTHER}:
            named[word] += step
    # What one transaction has counted so often is counted enough.
    counted: Counter[str] = connection.info[_COUNTED]
    changed = [
        {"word": word, "named": named[word], "held": held[word]}
        for word in sorted(held)
        if (held[word] or named[word]) and counted[word] < MOST_COUNTED
    ]
    counted.update(word for word in held if held[word] > 0)
    if changed:
        connection.execute(_COUNT, changed)
    gone = [word for word in held if held[word] < 0]
    if gone:
        connection.execute(
            delete(school_vocabulary).where(
                school_vocabulary.c.word.in_(gone), school_vocabulary.c.held <= 0
            )
        )
