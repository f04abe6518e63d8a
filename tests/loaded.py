"""A kiosk forked from a process that has the program loaded, as sessions over SSH are (rule 34).

To load the program takes more than half of the processor time of a kiosk in a terminal, of which
tests start hundreds, and to check a password with care half of what is left: that is left out too.
What is forked is a child of the tests' own process, like one that was executed.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import socket
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import NoReturn

from eds_tui.cli.preload import load, run_as
from eds_tui.settings import read_settings
from eds_tui.ssh.prefork_server import leave_the_parent, speak_through_the_terminal
from tests.factories import QUICK_HASHES

_SET_CHILD_SUBREAPER = 36
"""Of ``prctl``: a process whose parent ends becomes a child of whoever has this set."""
_NOWHERE = ("sqlite:////nowhere/eds.db", "postgresql+psycopg://nobody@nowhere/eds")
_REQUEST_BYTES = 1 << 17
_FAILED = 1


class Loader:
    """The process that has the program loaded, for as long as the tests' own process lives."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.loaded", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                # No key of whoever runs the tests ends it.
                start_new_session=True,
            )
        self._lock = Lock()

    def fork(self, arguments: Sequence[str], environment: Mapping[str, str], terminal: int) -> int:
        """Run ``eds-tui`` in a terminal, and return its process.

        Raises:
            AssertionError: The process that has the program loaded has ended.
        """
        request = json.dumps([list(arguments), dict(environment)]).encode()
        with self._lock, _adopting():
            socket.send_fds(self._line, [request], [terminal])
            answer = self._line.recv(32)
        assert answer, "The program could not be loaded."
        return int(answer)


_FIRST = Lock()


def loader() -> Loader:
    """Return the one of this process, which ends when this process does."""
    # Several seats may be taken at once, and each thread would make its own.
    with _FIRST:
        return _the_loader()


@cache
def _the_loader() -> Loader:
    return Loader()


def start_loaded(command: Sequence[str], environment: Mapping[str, str], terminal: int) -> int:
    """Run what ``python -m eds_tui`` would, as a child of this process, and return that.

    Args:
        command: Python, ``-m``, the program and its arguments.
        environment: All variables.
        terminal: Where it runs.
    """
    return loader().fork(command[3:], environment, terminal)


@contextmanager
def _adopting() -> Iterator[None]:
    """Take over, for this while, what is left alone by its parent."""
    prctl = ctypes.CDLL(None).prctl
    prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        prctl(_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def _serve(line: socket.socket) -> None:
    """Fork a program for each request, until nobody can ask any more."""
    for database_url in _NOWHERE:
        load(read_settings({}, database_url, shared=True))
    for owner, name, value in QUICK_HASHES:
        setattr(owner, name, value)
    while True:
        request, terminals, _, _ = socket.recv_fds(line, _REQUEST_BYTES, 1)
        if not terminals:
            return
        (terminal,) = terminals
        line.send(str(_fork(request, terminal)).encode())
        os.close(terminal)


def _fork(request: bytes, terminal: int) -> int:
    """Return the process of a program that has no parent: the one between has ended."""
    reading, writing = os.pipe()
    between = os.fork()
    if between == 0:
        if (program := os.fork()) == 0:
            _be_program(request, terminal)
        os.write(writing, str(program).encode())
        os._exit(0)
    os.waitpid(between, 0)
    program = int(os.read(reading, 32))
    os.close(reading)
    os.close(writing)
    return program


def _be_program(request: bytes, terminal: int) -> NoReturn:
    code = _FAILED
    try:
        leave_the_parent(terminal)
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
        for number in range(3):
            os.dup2(terminal, number)
        os.close(terminal)
        speak_through_the_terminal()
        arguments, environment = json.loads(request)
        code = run_as(["eds-tui", *arguments], environment)
    finally:
        # Not the way out of the parent, whose loop would go on here.
        os._exit(code)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as given:
        _serve(given)
