"""The words of all schools, which each connection holds for as long as they are right."""

from __future__ import annotations

from dataclasses import replace

from eds_tui.repository.school_vocabulary import vocabulary_of
from eds_tui.repository.unit_of_work import Database
from tests.factories import People


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
