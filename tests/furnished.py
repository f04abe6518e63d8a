"""One database with its people in it, copied for each test that writes to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from eds_tui.services.container import Services
from tests.factories import People, log
from tests.stores import Store


@dataclass(frozen=True)
class Furnished:
    """A database that nobody is connected to, with its people in it."""

    url: str
    people: People
    store: Store

    def copy(self) -> str:
        """Return the URL of a copy."""
        return self.store.copy(self.url)


@pytest.fixture
def database_url(furnished: Furnished) -> Iterator[str]:
    """The URL of a copy of the database with the people in it."""
    url = furnished.copy()
    yield url
    furnished.store.drop(url)


@pytest.fixture
def people(furnished: Furnished) -> People:
    """The people of the database."""
    return furnished.people


@pytest.fixture
def two_incidents(services: Services, people: People) -> None:
    """Incidents 1 and 2 of the head's."""
    log(services, people, 2)
