"""The command line over a database of its own, in a home folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eds_tui import bootstrap
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.cli.running import CommandLine
from tests.factories import START, People, SetClock, log
from tests.furnished import Furnished
from tests.stores import Store


@pytest.fixture
def cli(tmp_path: Path, database_url: str) -> CommandLine:
    """The command line, set to the database of the test by the environment."""
    return CommandLine(tmp_path, database_url)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, store: Store) -> Iterator[str]:
    """The URL of a database without anybody, or with people where the test asks for them."""
    if "people" in request.fixturenames:
        furnished: Furnished = request.getfixturevalue("furnished")
        url = furnished.copy()
    else:
        url = store.empty()
        bootstrap.open_database(url, make=True).close()
    yield url
    store.drop(url)


@pytest.fixture
def people(database: Database, furnished: Furnished) -> People:
    """Two schools, and accounts of every kind in the database."""
    return furnished.people


@pytest.fixture
def two_old_incidents(services: Services, people: People, clock: SetClock) -> None:
    """INC0000001 and INC0000002 of 2020, logged by a school on a Wednesday at 11:52."""
    clock.now = START.replace(year=2020)
    log(services, people, 2)
