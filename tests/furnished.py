"""One database with its people in it, copied for each test that writes to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from eds_tui import bootstrap
from eds_tui.repository.unit_of_work import Database
from tests.factories import People


@dataclass(frozen=True)
class Furnished:
    """A closed database file with its people in it."""

    path: Path
    people: People

    def copy_to(self, database_url: str) -> None:
        """Put a copy where a database URL says."""
        Path(database_url.removeprefix("sqlite:///")).write_bytes(self.path.read_bytes())


@pytest.fixture
def database(database_url: str, furnished: Furnished) -> Iterator[Database]:
    """A database with the people in it."""
    furnished.copy_to(database_url)
    database = bootstrap.open_database(database_url)
    yield database
    database.close()


@pytest.fixture
def people(furnished: Furnished) -> People:
    """The people of the database."""
    return furnished.people
