"""The files of a PostgreSQL server, run by the server's own programs."""

from __future__ import annotations

import os
import pwd
import shlex
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def unprivileged_user() -> str | None:
    """Return whom a server runs as, since it refuses to be root; ``None`` is who runs the tests."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "pgserver"):
        with suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    return "nobody"


class Cluster:
    """A server in a folder.

    Args:
        programs: Where its programs are.
        folder: Where it keeps its files.
        settings: What it is started with.
    """

    def __init__(self, programs: Path, folder: Path, settings: Mapping[str, str]) -> None:
        self._programs = programs
        self._user = unprivileged_user()
        self.data = folder / "data"
        """Its data directory."""
        self.sockets = folder / "sockets"
        """Where its socket is."""
        self._log = folder / "log"
        self._settings = {"unix_socket_directories": str(self.sockets), **settings}
        folder.chmod(0o755)
        for each in (self.data, self.sockets):
            each.mkdir(mode=0o700)
            if self._user:
                os.chown(each, *pwd.getpwnam(self._user)[2:4])

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs, which must succeed."""
        with self._log.open("ab") as output:
            # With pipes, the server would hold on to them.
            done = subprocess.run(
                [str(self._programs / program), f"--pgdata={self.data}", *arguments],
                stdout=output, stderr=output, check=False, cwd=self.data, user=self._user,
                group=self._user, extra_groups=[] if self._user else None,
            )  # fmt: skip
        assert done.returncode == 0, self._log.read_text()

    def make(self) -> None:
        """Make a new server."""
        encoding = ("--encoding=UTF8", "--locale=C.UTF-8")
        self.run("initdb", "--auth=trust", "--username=postgres", *encoding)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        given = self._settings.items()
        options = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in given)
        self.run("pg_ctl", "start", "--wait", f"--options={options}")

    def stop(self) -> None:
        """Stop it, if it runs."""
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "stop", "--wait", "--mode=fast")

    def kill(self) -> None:
        """End it as a power cut does."""
        number = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
        # First who answers for it, so that nobody is started anew.
        for each in (number, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        (self.data / "postmaster.pid").unlink()
