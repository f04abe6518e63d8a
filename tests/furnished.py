"""One database with its people in it, copied for each test that writes to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from eds_tui import bootstrap
from tests.factories import People, SetClock, log
from tests.stores import Store

INCIDENTS = {"two_incidents": 2, "three_incidents": 3, "five_incidents": 5}
"""What fixtures put into the database before the test, and how many incidents that is."""


@dataclass(frozen=True)
class Furnished:
    """A database that nobody is connected to, with its people in it."""

    url: str
    people: People
    store: Store
    _with_incidents: dict[tuple[str, int], str] = field(default_factory=dict)

    def copy(self, incidents: int = 0) -> str:
        """Return the URL of a copy, in which there may be incidents of the head's."""
        return self.store.copy(self._with(incidents) if incidents else self.url)

    def _with(self, incidents: int) -> str:
        """Return the URL of a database with so many, made when the first test asks for it."""
        if (self.url, incidents) not in self._with_incidents:
            url = self.store.copy(self.url)
            database = bootstrap.open_database(url)
            log(bootstrap.open_services(database, SetClock()), self.people, incidents)
            database.close()
            self._with_incidents[self.url, incidents] = url
        return self._with_incidents[self.url, incidents]


@pytest.fixture
def database_url(furnished: Furnished, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a copy of the database with the people in it, and the incidents asked for."""
    asked = [count for name, count in INCIDENTS.items() if name in request.fixturenames]
    url = furnished.copy(max(asked, default=0))
    yield url
    furnished.store.drop(url)


@pytest.fixture
def people(furnished: Furnished) -> People:
    """The people of the database."""
    return furnished.people


@pytest.fixture
def two_incidents(database_url: str) -> None:
    """Incidents 1 and 2 of the head's: they are in the database that was copied."""


@pytest.fixture
def three_incidents(database_url: str) -> None:
    """Incidents 1 to 3 of the head's: they are in the database that was copied."""


@pytest.fixture
def five_incidents(database_url: str) -> None:
    """Incidents 1 to 5 of the head's: they are in the database that was copied."""
