"""The words of all schools, which each connection holds for as long as they are right."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from sqlalchemy import select

from eds_tui.domain.school import Contact
from eds_tui.domain.school_words import Place
from eds_tui.repository.school_vocabulary import vocabulary_of
from eds_tui.repository.tables import school_vocabulary, school_words
from eds_tui.repository.unit_of_work import Database, UnitOfWork
from tests.factories import People, new_school


def test_the_words_of_all_schools_are_read_again_only_when_one_was_stored(
    database: Database, people: People
) -> None:
    with database.reading() as work:
        first = vocabulary_of(work._connection)
    with database.reading() as work:
        assert vocabulary_of(work._connection) is first
    with database.writing() as work:
        work.schools.change(people.school, replace(people.school, name="Zwetschgen Hill"))
        assert vocabulary_of(work._connection).count("zwet") == 1
        assert vocabulary_of(work._connection) is not vocabulary_of(work._connection)
    with database.reading() as work:
        assert vocabulary_of(work._connection).count("zwet") == 0


def test_of_each_word_it_is_counted_how_many_schools_have_it_and_where(database: Database) -> None:
    """Also as one is changed in the transaction that has added it, and after it."""
    ursula = Contact(name="Ursula Hill", main=True)
    hill = new_school(portal_number="20001", name="Hill School", town="", contacts=(ursula,))
    moor = new_school(portal_number="20002", name="Moor", town="Hill", contacts=())
    with database.writing() as work:
        added = [work.schools.by_id(work.schools.add(each)) for each in (hill, moor)]
        first, second = (school for school in added if school is not None)
        work.schools.change(second, replace(second, name="Hill Moor"))
        work.commit()
        assert counted(work) == expected(work)
    with database.writing() as work:
        work.schools.change(first, replace(first, name="Vale School", contacts=()))
        work.commit()
    with database.reading() as work:
        counts = counted(work)
        assert counts == expected(work)
    assert (counts["hill"], counts["vale"]) == ((1, 1), (1, 1))
    assert "ursula" not in counts


Counts = dict[str, tuple[int, int]]


def counted(work: UnitOfWork) -> Counts:
    """Return what is kept of each word: the schools that it names, and that have it anywhere."""
    rows = work._connection.execute(select(school_vocabulary))
    return {row.word: (row.named, row.held) for row in rows}


def expected(work: UnitOfWork) -> Counts:
    """Return the same, counted among the words of every school."""
    named, held = Counter[str](), Counter[str]()
    places: dict[tuple[int, str], set[int]] = defaultdict(set)
    for row in work._connection.execute(select(school_words)):
        places[row.school_id, row.word].add(row.place)
    for (_, word), found in places.items():
        named[word] += min(found) <= Place.NAMED
        held[word] += min(found) <= Place.OTHER
    return {word: (named[word], held[word]) for word in held if held[word]}
