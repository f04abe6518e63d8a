"""Two real servers, of which one follows the other and can take its place."""

from __future__ import annotations

import re
import shlex
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from tests.clusters import Cluster
from tests.reading import page
from tests.servers import HASTY, Server, bundled_programs

HOST = "127.0.0.1"
STANDBY = "standby"
PATIENCE = 60
"""Seconds that the standby is waited for."""


class Pair:
    """A primary, and a standby that has what was committed before the client is told so.

    Args:
        folder: Where both keep their files.
    """

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o755)
        self._ports = _free_ports()
        settings = {**HASTY, "synchronous_commit": "on", "listen_addresses": HOST}
        self.primary, self.standby = (
            Cluster(bundled_programs(), _made(folder / name), settings | {"port": str(port)})
            for name, port in zip(("primary", STANDBY), self._ports, strict=True)
        )

    def start(self) -> None:
        """Start both; nothing is committed from then on that is not on both."""
        self.primary.make()
        self.primary.start()
        Server(self.admin_url).prepare()
        copying = line_of("pg_basebackup ").replace(
            "host=db1", f"host={HOST} port={self._ports[0]}"
        )
        program, *arguments = shlex.split(copying)
        given = [each for each in arguments if not each.startswith("--pgdata")]
        self.standby.run(program, *given, "--checkpoint=fast")
        self.standby.start()
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            for statement in ("ALTER SYSTEM SET synchronous", "SELECT pg_reload_conf"):
                admin.execute(line_of(statement).encode())
            follows = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
            end = time.monotonic() + PATIENCE
            while admin.execute(follows.encode()).fetchone() != (1,):
                assert time.monotonic() < end, "The standby does not follow."

    def stop(self) -> None:
        """Stop what still runs."""
        self.primary.stop()
        self.standby.stop()

    def promote(self) -> None:
        """Let the standby take the place of the primary; returns when it takes changes."""
        self._run_as_written(line_of("pg_ctl promote"))

    def _run_as_written(self, line: str) -> None:
        """Run a line of the page on the standby, in its own data directory."""
        program, *arguments = shlex.split(line)
        self.standby.run(program, *(each for each in arguments if "--pgdata" not in each))

    @property
    def admin_url(self) -> str:
        """The URL of the administrator of the primary."""
        return f"postgresql://postgres@{HOST}:{self._ports[0]}/postgres"

    @property
    def server(self) -> Server:
        """The primary, where databases are made."""
        return Server(self.admin_url)

    def url_of(self, database_url: str, attributes: str = "read-write") -> str:
        """Return the URL of a database of the pair.

        Args:
            database_url: Its URL on the primary.
            attributes: Of which server: ``read-write`` for the one that takes changes.
        """
        own = make_url(database_url)
        for_both = line_of("export EDS_TUI_DATABASE_URL=").partition("=")[2].strip("'")
        hosts = f"{HOST},{HOST}&port={','.join(map(str, self._ports))}"
        for_both = for_both.replace("db1,db2", hosts)
        for_both = for_both.replace("eds@/eds", f"{own.username}:{own.password}@/{own.database}")
        return for_both.replace("=read-write", f"={attributes}")


def line_of(beginning: str) -> str:
    """Return the line that begins so in a block of the page about two servers."""
    (line,) = re.findall(rf"(?m)^    ({re.escape(beginning)}.*)$", page("more-than-one-machine"))[
        :1
    ]
    return str(line)


@contextmanager
def replicated() -> Iterator[Pair]:
    """Run a primary and its standby."""
    with tempfile.TemporaryDirectory() as folder:
        pair = Pair(Path(folder))
        try:
            pair.start()
            yield pair
        finally:
            pair.stop()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _free_ports() -> list[int]:
    with socket.create_server((HOST, 0)) as first, socket.create_server((HOST, 0)) as second:
        return [each.getsockname()[1] for each in (first, second)]
