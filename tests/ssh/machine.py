"""A machine set up by the commands of the page over-ssh, in a part of its own of the file system.

``/etc``, ``/home``, ``/opt`` and ``/srv`` are a test's own there, so that users, folders and both
blocks of ``sshd_config`` are just what the page says, and nothing of the real ones is changed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.furnished import Furnished
from tests.reading import page
from tests.ssh.config import AROUND, COMMAND, readme_block
from tests.ssh.server import SSHD, Sshd, free_port, make_key, running
from tests.ui.pty_kiosk import ROOT

PEOPLE = ("handler", "00000edu")
"""Whose folders are made: an account of the service centre, whom the page names, and a school."""

_OWN = ("etc", "home", "opt", "srv")
_SETUP = """\
set -e
mount --options bind,ro {python} opt/python
mount --options bind,ro {packages} opt/packages
mount --options bind,ro {source} opt/source
mount --bind log /var/log
for each in {own}; do mount --rbind $each /$each; done
{commands}
for each in {logins}; do usermod -p '*' $each; done
install -m 0600 -o eds -g eds eds.db /home/eds/eds.db
exec {sshd} -D -e
"""
# What pip would make; the kiosk starts itself anew by how the interpreter was called.
_PROGRAM = """\
#!/bin/sh
exec /opt/python/{interpreter} -c '
import sys
sys.path[:0] = ["/opt/source", "/opt/packages"]
from eds_tui.cli import main
main()' "$@"
"""


@dataclass(frozen=True)
class Machine:
    """A machine on which people reach the kiosk, and their files.

    Attributes:
        folder: What is the machine's own, and the keys.
        kiosk: The way to the kiosk.
    """

    folder: Path
    kiosk: Sshd

    @property
    def home(self) -> Path:
        """The home folder of the kiosk's user, with the database."""
        return self.folder / "home" / "eds"

    def drop(self, person: str) -> Path:
        """Return the drop folder of a person."""
        return self.folder / "srv" / "eds-files" / f"eds-files-{person}" / "drop"

    def sftp(self, person: str, *commands: str, key: str = "") -> subprocess.CompletedProcess[str]:
        """Run commands of ``sftp`` on a person's login; it ends with 1 at the first that fails.

        Args:
            person: Whose.
            commands: The commands.
            key: Another person, whose key is used.
        """
        line = self.files(person, key)
        return line.run("-b", "-", line.host, program="sftp", stdin="\n".join(commands).encode())

    def files(self, person: str, key: str = "") -> Sshd:
        """Return the way to a person's files, with the key of that person or of another."""
        return replace(self.kiosk, login=f"eds-files-{person}", key=key or person)


def can_be_made() -> bool:
    """Return whether there is a server and the right to give a process mounts of its own."""
    asked = subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False)
    return SSHD.exists() and asked.returncode == 0


@contextmanager
def set_up(folder: Path, furnished: Furnished) -> Iterator[Machine]:
    """Make a machine with a furnished database in a new folder, and start its server."""
    port = free_port()
    _lay_out(folder, port)
    furnished.store.replace(f"sqlite:///{folder / 'eds.db'}", furnished.url)
    section = page("over-ssh")
    (setting,) = re.findall(r"(?m)^    (files = .*)$", section)
    url = 'database_url = "sqlite:////home/eds/eds.db"'
    (folder / "settings.toml").write_text(f"{url}\n{setting}\n")
    setup = _SETUP.format(
        python=sys.base_prefix,
        packages=sysconfig.get_path("purelib"),
        source=ROOT,
        own=" ".join(_OWN),
        commands="\n".join(_commands(section)),
        logins=" ".join(["eds", *(f"eds-files-{person}" for person in PEOPLE)]),
        sshd=SSHD,
    )
    (folder / "setup.sh").write_text(setup)
    command = ["unshare", "--mount", "--propagation", "private", "sh", "setup.sh"]
    try:
        with running(command, folder, port) as process:
            yield Machine(folder, Sshd(folder, port, process, "eds", "keys"))
    finally:
        # The real passwords are not to lie about where tests leave their things.
        shutil.rmtree(folder / "etc")


def _lay_out(folder: Path, port: int) -> None:
    """Make what the machine has before the page's commands are run."""
    subprocess.run(["cp", "--archive", "/etc", folder], check=True)
    program = folder / COMMAND.removeprefix("/")
    program.parent.mkdir(parents=True)
    for name in ("home", "srv", "log", "opt/python", "opt/packages", "opt/source"):
        (folder / name).mkdir()
    interpreter = Path(sys.executable).resolve().relative_to(sys.base_prefix)
    program.write_text(_PROGRAM.format(interpreter=interpreter))
    program.chmod(0o755)
    for name in ("keys", *PEOPLE):
        make_key(folder / name)
    ssh = folder / "etc" / "ssh"
    ssh.mkdir(exist_ok=True)
    make_key(ssh / "key_of_the_test")
    around = AROUND.format(port=port, host_key="/etc/ssh/key_of_the_test")
    blocks = (readme_block("eds"), readme_block("eds-files-*"))
    (ssh / "sshd_config").write_text("\n".join((around, *blocks)))


def _commands(section: str) -> Iterator[str]:
    """Yield the page's commands, those for one person for each of the people."""
    shown, *others = PEOPLE
    commands = re.findall(r"(?m)^    ((?:useradd|install) .*)$", section)
    yield from commands
    for person in others:
        yield from (each.replace(shown, person) for each in commands if shown in each)
