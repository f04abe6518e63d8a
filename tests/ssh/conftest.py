"""The tests over SSH connect to a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.furnished import Furnished
from tests.ssh.server import SSHD, SshServer, serving
from tests.ui.pty_data import prepared


@pytest.fixture
def ssh(furnished: Furnished, tmp_path: Path) -> Iterator[SshServer]:
    """A server whose sessions are kiosks on a furnished database."""
    if SSHD is None:
        pytest.skip("There is no OpenSSH server here (openssh-server).")
    home = prepared(furnished, tmp_path / "home")
    folder = tmp_path / "ssh"
    folder.mkdir(mode=0o700)
    with serving(folder, home) as server:
        yield server
