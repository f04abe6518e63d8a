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
def demo_database(store: Store) -> Iterator[Database]:
    """The demonstration, made at ``START``."""
    database = bootstrap.open_database(store.empty(), make=True)
    build(database, START)
    yield database
    database.close()


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
