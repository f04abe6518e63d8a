"""A real OpenSSH server on loopback, set up as the README says, and people who connect to it."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.ui.pty_kiosk import ROOT, Person, url

SSHD = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
"""The server's program, or ``None`` where it is not installed."""
_BLOCK = re.compile(r"\n\n((?:    [^\n]*\n)*    Match User eds\n(?:        [^\n]*\n|\n)*)")
_OF_THE_MACHINE = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
PidFile none
AuthorizedKeysFile {folder}/key.pub
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
PasswordAuthentication no
Subsystem sftp internal-sftp
"""


def readme_block() -> str:
    """Return the lines for ``sshd_config`` that the README shows."""
    found = _BLOCK.search((ROOT / "README.md").read_text("utf-8"))
    assert found is not None
    return "\n".join(line[4:] for line in found[1].splitlines())


@dataclass
class SshServer:
    """A running server."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]
    home: Path
    """Where the kiosk's database, files and log are."""
    command: list[str] = field(init=False)
    """The client, up to the name of the host."""

    def __post_init__(self) -> None:
        options = {
            "UserKnownHostsFile": f"{self.folder}/known_hosts",
            "StrictHostKeyChecking": "accept-new",
            "IdentitiesOnly": "yes",
            "BatchMode": "yes",
            "LogLevel": "ERROR",
        }
        given = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
        self.command = ["-F", "none", "-i", f"{self.folder}/key", *given]

    def client(self, *options: str, command: Sequence[str] = ()) -> list[str]:
        """Return the command line of a client."""
        return ["ssh", *self.command, "-p", str(self.port), *options, "127.0.0.1", *command]

    def sit_down(self, *options: str, environment: Mapping[str, str] | None = None) -> Person:
        """Return somebody who connects from a terminal."""
        return Person(self.client("-tt", *options), environment)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a client without a terminal and without anything to read, to its end."""
        return subprocess.run(
            arguments, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
            check=False,
        )  # fmt: skip

    def effective(self) -> dict[str, str]:
        """Return the settings that hold for whoever connects, by name."""
        assert SSHD is not None
        who = f"user={getpass.getuser()},host=localhost,addr=127.0.0.1"
        said = subprocess.run(
            [SSHD, "-T", "-C", who, "-f", f"{self.folder}/sshd_config"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        pairs = (line.partition(" ") for line in said.stdout.splitlines())
        return {name: value for name, _, value in pairs}


@contextmanager
def serving(folder: Path, home: Path) -> Iterator[SshServer]:
    """Run a server for this very user, whose sessions are kiosks on a home folder's database."""
    assert SSHD is not None
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    for name in ("host_key", "key"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True
        )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "settings.toml").write_text(
        f'database_url = "{url(home)}"\nfiles = "{home}/files"\ndrafts = "{home}/drafts"\n'
    )
    program = folder / "eds-tui"
    program.write_text(
        f'#!/bin/sh\nexport HOME="{home}"\nexec "{sys.executable}" -m eds_tui "$@"\n'
    )
    program.chmod(0o755)
    block = (
        readme_block()
        .replace("User eds", f"User {getpass.getuser()}")
        .replace("/opt/eds-tui/bin/eds-tui", str(program))
        .replace("/etc/eds-tui/settings.toml", f"{folder}/settings.toml")
    )
    config = folder / "sshd_config"
    config.write_text(_OF_THE_MACHINE.format(port=port, folder=folder) + block + "\n")
    with subprocess.Popen(
        [SSHD, "-D", "-e", "-f", config], stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    ) as process:
        try:
            assert process.stderr is not None
            while b"Server listening" not in (line := process.stderr.readline()):
                assert line, "sshd did not come up."
            yield SshServer(folder, port, process, home)
        finally:
            process.terminate()
            process.wait()
