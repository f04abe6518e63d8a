"""One demonstration database for all the tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from eds_tui import bootstrap
from eds_tui.demo.build import build
from eds_tui.domain.account import Account
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, SetClock
from tests.stores import Store


@pytest.fixture(scope="session")
def demo_url(store: Store) -> str:
    """The URL of the demonstration, made at ``START``, that nobody is connected to."""
    url = store.empty()
    database = bootstrap.open_database(url, make=True)
    build(database, START)
    database.close()
    return url


@pytest.fixture(scope="session")
def demo_database(demo_url: str, store: Store) -> Iterator[Database]:
    """A copy of the demonstration for all tests that only read it, or sign in."""
    database = bootstrap.open_database(store.copy(demo_url))
    yield database
    database.close()


@pytest.fixture
def demo_copy(demo_url: str, store: Store) -> Iterator[Database]:
    """A copy of the demonstration as it was made, to be written to."""
    url = store.copy(demo_url)
    database = bootstrap.open_database(url)
    yield database
    database.close()
    store.drop(url)


@pytest.fixture(scope="session")
def demo(demo_database: Database) -> Services:
    """The services over the demonstration, at the moment it was made."""
    return bootstrap.open_services(demo_database, SetClock())


@pytest.fixture(scope="session")
def school(demo: Services) -> Account:
    """Test School's account."""
    return demo.accounts.by_login("00000EDU")


@pytest.fixture(scope="session")
def handler(demo: Services) -> Account:
    """The service centre's handler."""
    return demo.accounts.by_login("handler")
