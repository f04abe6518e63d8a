"""The configuration of ``sshd`` as the page over-ssh shows it, filled in for a test."""

from __future__ import annotations

import os
import pwd
import re
from pathlib import Path

from tests.preloaded import Preloaded
from tests.reading import page

COMMAND = "/opt/eds-tui/bin/eds-tui"
"""What the page's ``ForceCommand`` runs."""

SETTINGS = "/etc/eds-tui/settings.toml"
SOCKET = "/run/eds-tui/socket"
"""Where the page's preloaded program listens."""
_KEYS = "/etc/eds-tui/authorized_keys"
# An ordinary user's server can't ask PAM.
AROUND = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {host_key}
PidFile none
UsePAM no
MaxStartups 100
Subsystem sftp internal-sftp
"""
"""What stands above the page's blocks."""
# The folders of tests are below one that all may write to.
FOR_WHOEVER_RUNS_TESTS = """\
StrictModes no
PermitRootLogin prohibit-password

"""
"""What stands between those and the block of whoever runs the tests."""


def readme_block(account: str) -> str:
    """Return an account's block of ``sshd_config`` in the page, as it stands there.

    Raises:
        AssertionError: There is not exactly one.
    """
    text = page("over-ssh")
    begin = re.escape(f"    Match User {account}\n")
    blocks = re.findall(rf"(?m)^{begin}(?:    .*\n)+", text)
    assert len(blocks) == 1, f"The page must show one block of sshd_config for {account}."
    return re.sub(r"(?m)^    ", "", blocks[0])


def filled_in(folder: Path, program: Path, preloaded: Preloaded | None) -> str:
    """Return the page's block for whoever runs the tests, and the paths of a test."""
    block = readme_block("eds")
    places = {
        "Match User eds\n": f"Match User {user()}\n",
        COMMAND: str(program),
        SETTINGS: str(folder / "settings.toml"),
        _KEYS: str(folder / "authorized_keys"),
    }
    if preloaded is not None:
        block = re.sub("(?m)^ *ForceCommand .*$", _force_command_of_the_client(), block)
        places[SOCKET] = str(preloaded.socket)
    for shown, here in places.items():
        assert block.count(shown) == 1, f"The page's block does not hold {shown!r} once."
        block = block.replace(shown, here)
    return block


def _force_command_of_the_client() -> str:
    lines = re.findall(r"(?m)^    (ForceCommand .*)$", page("over-ssh"))
    assert len(lines) == 1, "The page must show one ForceCommand outside of blocks."
    return str(lines[0])


def user() -> str:
    """Return the account that the tests run as, which is also the one that logs in."""
    return pwd.getpwuid(os.geteuid()).pw_name
