"""A real OpenSSH server on loopback, with the block of ``sshd_config`` of the page over-ssh."""

from __future__ import annotations

import os
import select
import shlex
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import MappingProxyType

from tests import processes
from tests.preloaded import FRONT, PROGRAM, Preloaded
from tests.ssh.config import AROUND, FOR_WHOEVER_RUNS_TESTS, filled_in, user
from tests.terminal import PATIENCE
from tests.ui.pty_kiosk import Person, url

SSHD = Path("/usr/sbin/sshd")
_PRIVILEGE_SEPARATION = Path("/run/sshd")


@dataclass(frozen=True)
class Sshd:
    """A server that is up.

    Attributes:
        folder: Keys and configuration.
        port: Where it listens.
        process: Its process.
        login: The Linux account that a client names.
        key: The file in the folder with the client's key.
        preloaded: What sessions begin from, where they do.
    """

    folder: Path
    port: int
    process: int
    login: str
    key: str = "id"
    preloaded: Preloaded | None = None

    def ssh(self, *options: str, program: str = "ssh") -> list[str]:
        """Return a client's command up to its options, without the host."""
        port = "-p" if program == "ssh" else "-P"
        quiet = ("IdentitiesOnly=yes", "StrictHostKeyChecking=no", "LogLevel=ERROR")
        known = f"UserKnownHostsFile={self.folder / 'known_hosts'}"
        chosen = [part for each in (*quiet, known) for part in ("-o", each)]
        own = ["-F", "/dev/null", "-i", str(self.folder / self.key), *chosen]
        return [program, port, str(self.port), *own, *options]

    @property
    def host(self) -> str:
        """The account and the host that a client names."""
        return f"{self.login}@127.0.0.1"

    def sit(
        self,
        *options: str,
        command: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
        charset: str = "utf-8",
    ) -> Person:
        """Open the kiosk over the line, in a pseudo-terminal at both of its ends."""
        client = [*self.ssh("-tt", *options), self.host, *command]
        return Person(client, environment, charset)

    def run(
        self, *arguments: str, program: str = "ssh", stdin: bytes = b""
    ) -> subprocess.CompletedProcess[str]:
        """Run a client without a terminal to its end; the arguments come after its options."""
        done = subprocess.run(
            [*self.ssh(program=program), *arguments],
            input=stdin,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            # A folder of its own, so that no key or setting of whoever runs the tests counts.
            env={"HOME": str(self.folder), "PATH": os.environ["PATH"]},
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    def kiosks(self) -> tuple[int, ...]:
        """Return the processes of the kiosks that are open."""
        if self.preloaded is None:
            return self.begun()
        return self.preloaded.sessions(self.begun())

    def kiosk(self) -> int:
        """Return the process of the kiosk that is open; there must be one."""
        (found,) = self.kiosks()
        return found

    def begun(self) -> tuple[int, ...]:
        """Return the processes that the server has begun: kiosks, or their fronts."""
        return tuple(each for each in processes.family(self.process) if _is_ours(each))

    def serving(self) -> int:
        """Return the server's process that holds the line of the kiosk that is open."""
        (begun,) = self.begun()
        return int(_stat(begun)[1])

    def environment_of_kiosk(self) -> dict[str, str]:
        """Return the variables that the kiosk that is open was started with, or its front."""
        (begun,) = self.begun()
        variables = Path(f"/proc/{begun}/environ").read_text().rstrip("\0").split("\0")
        return dict(each.split("=", 1) for each in variables)


def serving_kiosk(
    folder: Path,
    home: Path,
    settings: Mapping[str, str] = MappingProxyType({}),
    whose: str = "",
    preloaded: Preloaded | None = None,
) -> AbstractContextManager[Sshd]:
    """Start a server that gives the kiosk of a home folder, as ``prepared`` makes one.

    Args:
        folder: For keys and configuration; it is made.
        home: Where the kiosk's database is.
        settings: More of the kiosk's settings.
        whose: What stands behind the client's key in the server's file.
        preloaded: What sessions begin from; without it each begins by itself.
    """
    folder.mkdir()
    return _serving(folder, _program(folder, home, settings), whose, preloaded)


def serving_program(folder: Path, program: Path) -> AbstractContextManager[Sshd]:
    """Start a server that runs another program in the place of the kiosk."""
    folder.mkdir()
    return _serving(folder, program)


@contextmanager
def _serving(
    folder: Path, program: Path, whose: str = "", preloaded: Preloaded | None = None
) -> Iterator[Sshd]:
    make_key(folder / "host_key")
    kind, text, *_ = make_key(folder / "id").split()
    (folder / "authorized_keys").write_text(f"# The keys\n{kind} {text} {whose}\n")
    port = free_port()
    config = folder / "sshd_config"
    around = AROUND.format(port=port, host_key=folder / "host_key")
    block = filled_in(folder, program, preloaded)
    config.write_text(around + FOR_WHOEVER_RUNS_TESTS + block)
    with running([SSHD, "-D", "-e", "-f", config], folder, port) as process:
        yield Sshd(folder, port, process, user(), preloaded=preloaded)


def make_key(file: Path) -> str:
    """Make a key without a password, and return its public half."""
    key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(file)]
    subprocess.run(key, check=True)
    return file.with_name(f"{file.name}.pub").read_text()


@contextmanager
def running(command: Sequence[str | Path], folder: Path, port: int) -> Iterator[int]:
    """Run a server in a folder, wait until it is up, give its process and end it.

    Raises:
        AssertionError: It does not begin.
    """
    if os.geteuid() == 0:
        _PRIVILEGE_SEPARATION.mkdir(mode=0o755, exist_ok=True)
    with (folder / "sshd.log").open("wb") as log:
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=log, cwd=folder)
        try:
            _wait_until_up(server, port, folder / "sshd.log")
            yield server.pid
        finally:
            # Each line has a process that outlives the server.
            for each in reversed(processes.family(server.pid)):
                with suppress(ProcessLookupError):
                    os.kill(each, signal.SIGTERM)
            server.wait(PATIENCE)


def wait_until_gone(process: int, seconds: float = PATIENCE) -> None:
    """Wait until a process that somebody else started has ended.

    Raises:
        AssertionError: It goes on.
    """
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return
    try:
        ended, _, _ = select.select([handle], [], [], seconds)
        assert ended, "The process goes on."
    finally:
        os.close(handle)


def _program(folder: Path, home: Path, more: Mapping[str, str]) -> Path:
    """Write what stands for the installed programs: with settings and a log of the test's own."""
    settings = folder / "settings.toml"
    chosen = {"database_url": url(home), "files": str(home / "files"), **more}
    settings.write_text("".join(f'{key} = "{value}"\n' for key, value in chosen.items()))
    for installed in (PROGRAM, FRONT):
        program = folder / Path(installed).name
        program.write_text(
            f'#!/bin/sh\nexport HOME={shlex.quote(str(home))}\nexec {shlex.quote(installed)} "$@"\n'
        )
        program.chmod(0o755)
    return folder / Path(PROGRAM).name


def free_port() -> int:
    """Return a port of the loopback that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait_until_up(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = monotonic() + PATIENCE
    while monotonic() < end and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as line:
                if line.recv(4) == b"SSH-":
                    return
        except OSError:
            os.sched_yield()
    raise AssertionError(f"sshd did not begin:\n{log.read_text()}")


def _is_ours(process: int) -> bool:
    try:
        words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return not {PROGRAM.encode(), FRONT.encode()}.isdisjoint(words)


def _stat(process: int) -> list[str]:
    try:
        text = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ["Z", "0"]
    return text.rpartition(")")[2].split()
