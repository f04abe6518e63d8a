"""Two real servers, of which one follows the other and can take its place."""

from __future__ import annotations

import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from tests.clusters import Cluster
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
        leads = f"host={HOST} port={self._ports[0]} user=postgres application_name={STANDBY}"
        self.standby.run(
            "pg_basebackup", f"--dbname={leads}", "--write-recovery-conf", "--checkpoint=fast"
        )
        self.standby.start()
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            admin.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{STANDBY}'".encode())
            admin.execute("SELECT pg_reload_conf()")
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
        self.standby.run("pg_ctl", "promote", "--wait")

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
        hosts, ports = f"{HOST},{HOST}", ",".join(map(str, self._ports))
        url = self._url(database_url, hosts, ports)
        return f"{url}&target_session_attrs={attributes}"

    def _url(self, database_url: str, hosts: str, ports: str) -> str:
        url = make_url(database_url)
        name = f"{url.username}:{url.password}"
        return f"postgresql://{name}@/{url.database}?host={hosts}&port={ports}"


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
