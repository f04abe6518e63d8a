"""A real ``eds-tui preload``, from which sessions begin."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from eds_tui.ssh.prefork_server import NAME
from tests import processes
from tests.terminal import PATIENCE

PROGRAM, FRONT = (
    str(Path(sys.executable).with_name(name)) for name in ("eds-tui", "eds-tui-front")
)


@dataclass(frozen=True)
class Preloaded:
    """A preloaded program that is up.

    Attributes:
        process: Its process.
        socket: Where it listens.
    """

    process: int
    socket: Path

    def sessions(self, fronts: Iterable[int]) -> tuple[int, ...]:
        """Return the processes of the sessions that stand at the terminals of fronts."""
        terminals = set(map(_terminal, fronts))
        return tuple(
            each
            for each in processes.family(self.process)
            if named(each) == NAME and _terminal(each) in terminals
        )

    def session(self, client: int) -> int:
        """Return the process of the session of a prefork client; there must be one."""
        (found,) = self.sessions([client])
        return found

    def client_command(self, settings: Path) -> list[str]:
        """Return the command that begins a session with a file of settings."""
        return [FRONT, str(self.socket), "--config", str(settings)]


@contextmanager
def preloading(
    folder: Path, *options: str, database_url: str = "sqlite:////nowhere/eds.db"
) -> Iterator[Preloaded]:
    """Run a preloaded program that listens in a folder, and end it and its sessions.

    Args:
        folder: Where it listens; its settings are there too.
        options: Of Python.
        database_url: Of the kind of database that sessions will use.

    Raises:
        AssertionError: It does not begin.
    """
    folder.chmod(0o700)
    socket, settings = folder / "socket", folder / "preload.toml"
    settings.write_text(f'database_url = "{database_url}"\npreload = "{socket}"\n')
    command = [sys.executable, *options, PROGRAM, "preload", "--config", str(settings)]
    # A file, as a log may be: a terminal in its place behaves in other ways.
    with (
        (folder / "preload.log").open("wb") as log,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            # Sessions are to be ended with it, and no key of whoever runs the tests ends it.
            start_new_session=True,
        ) as process,
    ):
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert str(socket).encode() in line, (folder / "preload.log").read_text()
            yield Preloaded(process.pid, socket)
        finally:
            for each in reversed(processes.family(process.pid)):
                with suppress(ProcessLookupError):
                    os.kill(each, signal.SIGTERM)
            process.wait(PATIENCE)


def named(process: int) -> str:
    """Return the name of a process, or nothing where it is gone."""
    try:
        return Path(f"/proc/{process}/comm").read_text().rstrip("\n")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _terminal(process: int) -> str:
    try:
        return os.readlink(f"/proc/{process}/fd/0")
    except OSError:
        return ""
