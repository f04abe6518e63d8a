"""The tests of the line reach the kiosk through a real OpenSSH server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.furnished import Furnished
from tests.preloaded import Preloaded, preloading
from tests.ssh.machine import Machine, can_be_made, set_up
from tests.ssh.server import SSHD, Sshd, serving_kiosk
from tests.ui.pty_data import prepared


@pytest.fixture
def home(furnished: Furnished, tmp_path: Path) -> Path:
    """A home folder with a database and its people."""
    return prepared(furnished, tmp_path / "home")


@pytest.fixture(scope="session")
def preloaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preloaded]:
    """A preloaded program, from which sessions of all tests may begin."""
    with preloading(tmp_path_factory.mktemp("preloaded")) as preloaded:
        yield preloaded


@pytest.fixture(params=[pytest.param("plain", marks=pytest.mark.long), "preloaded"])
def sshd(home: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Sshd]:
    """A server that gives everybody the kiosk of that home folder, in either of its ways."""
    if not SSHD.exists():
        pytest.skip("openssh-server is not installed.")
    way = request.getfixturevalue("preloaded") if request.param == "preloaded" else None
    with serving_kiosk(tmp_path / "sshd", home, preloaded=way) as sshd:
        yield sshd


@pytest.fixture
def machine(furnished: Furnished, tmp_path: Path) -> Iterator[Machine]:
    """A machine set up by the commands of the page over-ssh, with the kiosk and drop folders."""
    if not can_be_made():
        pytest.skip("It takes openssh-server, and root with the right to mount.")
    (tmp_path / "machine").mkdir()
    with set_up(tmp_path / "machine", furnished) as machine:
        yield machine
