"""A real PgBouncer between the tests and their PostgreSQL, set up as the page says."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from eds_tui.domain.pool_mode import PoolMode
from tests.clusters import unprivileged_user
from tests.reading import page

MISSING = "PgBouncer is not installed: apt-get install pgbouncer"
"""Why a test that needs it is skipped."""
HOST = "127.0.0.1"
SERVER_CONNECTIONS = 2
"""How many connections to the server it has for all sessions."""
_PATIENCE = 60


def program() -> str | None:
    """Return where PgBouncer is, if it is installed."""
    return shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@dataclass(frozen=True)
class Pooler:
    """A PgBouncer that runs."""

    url: str
    """The URL of the database by way of it; it names no mode."""
    port: int
    user: str

    def console(self, command: str) -> list[dict[str, object]]:
        """Return what a command at its own console answers, a row each."""
        where = f"host={HOST} port={self.port} user={self.user} dbname=pgbouncer password=test"
        # It knows the simple protocol alone.
        with psycopg.connect(where, autocommit=True, prepare_threshold=None) as connection:
            cursor = psycopg.ClientCursor(connection)
            cursor.execute(command.encode())
            names = [each.name for each in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def pooled(database_url: str, mode: PoolMode) -> Iterator[Pooler]:
    """Run PgBouncer in a mode before a database.

    Args:
        database_url: Of the database, on the server itself.
        mode: How it hands its connections on.
    """
    binary = program()
    assert binary is not None
    to = make_url(database_url)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with socket.create_server((HOST, 0)) as free:
            port = int(free.getsockname()[1])
        (folder / "userlist.txt").write_text(f'"{to.username}" "{to.password}"\n')
        host, at = to.query.get("host") or to.host, to.query.get("port") or to.port
        target = f"host={host} dbname={to.database}" + (f" port={at}" if at else "")
        changed = {
            "eds": f"{target} user={to.username} password={to.password}",
            "listen_addr": HOST,
            "listen_port": port,
            "auth_file": folder / "userlist.txt",
            "pool_mode": mode,
            "default_pool_size": SERVER_CONNECTIONS if mode is PoolMode.TRANSACTION else 20,
        }
        settings = _as_written()
        for key, value in changed.items():
            settings, count = re.subn(rf"(?m)^{key} = .*$", f"{key} = {value}", settings)
            assert count == 1, f"The page does not say {key}."
        more = f"unix_socket_dir =\nlogfile = {folder}/log\nstats_users = {to.username}\n"
        (folder / "pgbouncer.ini").write_text(settings + more)
        url = to.set(host=HOST, port=port, database="eds", query={})
        with _running(binary, folder, port, _owner(str(host))):
            yield Pooler(url.render_as_string(hide_password=False), port, str(to.username))


def _as_written() -> str:
    """Return the page's settings."""
    text = page("more-than-one-machine")
    block = re.search(r"(?m)^    \[databases\]\n(?:    .*\n|\n)*", text)
    assert block is not None
    return "\n".join(line.strip() for line in block[0].splitlines()) + "\n"


@contextmanager
def _running(binary: str, folder: Path, port: int, user: str | None) -> Iterator[None]:
    if user:
        for each in (folder, *folder.iterdir()):
            os.chown(each, *pwd.getpwnam(user)[2:4])
    command = [binary, "--quiet", str(folder / "pgbouncer.ini")]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user, group=user,
        extra_groups=[] if user else None,
    ) as process:  # fmt: skip
        try:
            end = time.monotonic() + _PATIENCE
            while not _answers(port):
                assert process.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < end, "PgBouncer does not answer."
            yield
        finally:
            process.send_signal(signal.SIGTERM)


def _owner(host: str) -> str | None:
    """Return who may use a server's socket, where the tests' own user is too mighty to run it."""
    if os.geteuid() != 0 or not host.startswith("/"):
        return unprivileged_user()
    return pwd.getpwuid(os.stat(host).st_uid).pw_name


def _answers(port: int) -> bool:
    try:
        with closing(socket.create_connection((HOST, port), 1)):
            return True
    except OSError:
        return False
