"""The command line over a database of its own, in a home folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eds_tui import bootstrap
from eds_tui.domain.priority import Priority
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.files import FileShelf
from tests.cli.running import CommandLine
from tests.factories import START, People, SetClock, log, new_form
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


@pytest.fixture
def at_work(services: Services, people: People, tmp_path: Path) -> None:
    """Two incidents, one with a file and a comment, one that has been triaged."""
    (tmp_path / "error.txt").write_text("Error 5")
    file = FileShelf(tmp_path).choose((), "error.txt")
    services.report.log(people.head, new_form(files=(file,)))
    services.report.log(people.head, new_form())
    services.conversation.comment(people.head, 1, "Still so.", "comment-1")
    services.triage.set_priority(people.handler, 2, None, Priority.LOW)
