"""Sessions that begin from the prefork server, and something else listening in its place."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.preloaded import Preloaded
from tests.terminal import PATIENCE
from tests.ui.pty_kiosk import Person, url


def settings(home: Path) -> Path:
    """Write the settings of a home folder, and return where they are."""
    file = home / "settings.toml"
    file.write_text(f'database_url = "{url(home)}"\nfiles = "{home / "files"}"\n')
    return file


def sit(preloaded: Preloaded, home: Path, **environment: str) -> Person:
    """Sit at a session that a preloaded program serves."""
    return Person(preloaded.client_command(settings(home)), {"HOME": str(home)} | environment)


@contextmanager
def standing_in(place: Path) -> Iterator[tuple[Preloaded, socket.socket]]:
    """Listen in the place of a preloaded program."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as parent:
        parent.bind(str(place))
        parent.listen()
        parent.settimeout(PATIENCE)
        yield Preloaded(os.getpid(), place), parent
