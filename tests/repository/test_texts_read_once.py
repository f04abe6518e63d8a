"""Texts that are written together are read into the full text together."""

from __future__ import annotations

import pytest

from eds_tui.domain.search import parse_search
from eds_tui.domain.views import Window
from eds_tui.repository.unit_of_work import Database, UnitOfWork
from tests.factories import START, People
from tests.repository.searching import Searching
from tests.repository.statements import Statement, statements


class Stopped(Exception):
    """Something that goes wrong."""


@pytest.fixture(autouse=True)
def incident(database: Database, people: People) -> None:
    """The one that something is said of."""
    Searching(database, people).add("Printer")


def say(work: UnitOfWork, people: People, *bodies: str) -> None:
    """Say something of the incident."""
    for body in bodies:
        work.comments.add(1, body, people.handler, "", body, START)


def is_found(work: UnitOfWork, people: People, text: str) -> bool:
    """Return whether the incident is found by a text."""
    query = parse_search(text, START)
    return bool(work.search.find(people.handler.scope, query, Window(), START).rows)


def readings(found: list[Statement]) -> int:
    """Return how often a text was read into the full text."""
    return sum("INSERT INTO incident_search" in statement for statement, _ in found)


def test_each_is_read_once_and_found_from_the_end_on(database: Database, people: People) -> None:
    with database.writing() as work:
        with statements(database) as found:
            say(work, people, "black")
        once = readings(found)
        with statements(database) as found:
            with work.texts_read_once():
                say(work, people, "cyan", "magenta", "yellow")
                assert not is_found(work, people, "cyan")
            assert is_found(work, people, "cyan magenta yellow black")
        assert readings(found) == once > 0
        work.commit()


def test_where_that_fails_nothing_waits_for_another_time(
    database: Database, people: People
) -> None:
    def fails() -> None:
        with database.writing() as work, work.texts_read_once():
            say(work, people, "cyan")
            raise Stopped

    with pytest.raises(Stopped):
        fails()
    with database.writing() as work:
        say(work, people, "magenta")
        assert is_found(work, people, "magenta")
        assert not is_found(work, people, "cyan")
