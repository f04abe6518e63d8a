"""The tests of the line reach the kiosk through a real OpenSSH server."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.furnished import Furnished
from tests.ssh.server import SSHD, Sshd, serving_files, serving_kiosk
from tests.ui.pty_data import prepared


@pytest.fixture
def home(furnished: Furnished, tmp_path: Path) -> Path:
    """A home folder with a database and its people."""
    return prepared(furnished, tmp_path / "home")


@pytest.fixture
def sshd(home: Path, tmp_path: Path) -> Iterator[Sshd]:
    """A server that gives everybody the kiosk of that home folder."""
    if not SSHD.exists():
        pytest.skip("openssh-server is not installed.")
    with serving_kiosk(tmp_path / "sshd", home) as sshd:
        yield sshd


@pytest.fixture
def files_root() -> Iterator[Path]:
    """A folder that holds the drop folder; sshd wants all above it to be root's alone."""
    if os.geteuid() != 0:
        pytest.skip("Only root's sshd can shut a login into a folder.")
    with tempfile.TemporaryDirectory(dir="/srv") as name:
        root = Path(name)
        root.chmod(0o755)
        (root / "drop").mkdir(mode=0o700)
        yield root


@pytest.fixture
def files_sshd(files_root: Path, tmp_path: Path) -> Iterator[Sshd]:
    """A server that gives everybody the drop folder."""
    if not SSHD.exists():
        pytest.skip("openssh-server is not installed.")
    with serving_files(tmp_path / "files-sshd", files_root) as sshd:
        yield sshd
