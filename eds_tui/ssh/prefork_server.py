"""The prefork server: has the whole program loaded, and forks a process for each session over SSH.

It holds nobody's data: it opens no database, no log and no terminal, and reads no request; each
session does that for itself, in a process of its own. It never has a second thread, an event loop
or a connection, of which a fork would make a half.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from io import BufferedReader, BufferedWriter, FileIO, TextIOWrapper
from pathlib import Path
from threading import Thread
from typing import NoReturn

from eds_tui.domain.errors import Unavailable
from eds_tui.host.private import make_folder
from eds_tui.ssh.prefork_client import OFFERED, is_of_this_user

Run = Callable[[list[str], dict[str, str]], int]
"""Runs a session with arguments of ``eds-tui kiosk`` in an environment; returns its exit code."""

HAND_OVER_SECONDS = 5.0
"""How long a forked process waits for the terminal of its session."""
NAME = "eds-tui session"
"""What ``ps`` calls the process of a session; Linux takes 15 characters."""
_WAITING = 512
"""Sessions that may begin at one moment."""
_REQUEST_BYTES = 1 << 18
_FAILED = 1


def listening(place: Path) -> socket.socket:
    """Listen at a socket that nobody but this Linux user can reach.

    Raises:
        Unavailable: Another one listens there, or others can use its folder, or it can't be used.
    """
    try:
        listener = _bound(place)
    except OSError as error:
        reason = error.strerror or error
        raise Unavailable(f"{place} can't be listened at: {reason}.") from error
    listener.listen(_WAITING)
    return listener


def _bound(place: Path) -> socket.socket:
    make_folder(place.parent)
    folder = place.parent.stat()
    if folder.st_uid != os.geteuid() or folder.st_mode & 0o077:
        raise Unavailable(f"{place.parent} must be this user's alone: mode 0700.")
    other = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with closing(other), suppress(FileNotFoundError, ConnectionRefusedError):
        other.connect(str(place))
        raise Unavailable(f"A preloaded program answers at {place} already.")
    if place.is_socket():
        # Left by one that has ended.
        place.unlink()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    before = os.umask(0o177)
    try:
        listener.bind(str(place))
    finally:
        os.umask(before)
    return listener


def serve(listener: socket.socket, mark: bytes, run: Run) -> NoReturn:
    """Fork a process for each prefork client that connects, for ever.

    Args:
        listener: Where they come.
        mark: Of the code that has been loaded.
        run: Runs a session.
    """
    # The kernel takes ended sessions away by itself.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # It ends at once: what a handler of Python raises in the middle of a fork would be lost.
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, signal.SIG_DFL)
    while True:
        line, _ = listener.accept()
        # Where there can't be another process now, the client sees the line close and goes alone.
        with line, suppress(OSError):
            if is_of_this_user(line) and os.fork() == 0:
                _be_session(line, mark, run)


def _be_session(line: socket.socket, mark: bytes, run: Run) -> NoReturn:
    code = _FAILED
    try:
        code = _session(line, mark, run)
        line.send(bytes([code]))
    except OSError:
        # The client has gone, perhaps before it had handed anything over.
        pass
    finally:
        # Not the way out of the parent, whose loop would go on here.
        os._exit(code)


def _session(line: socket.socket, mark: bytes, run: Run) -> int:
    leave_the_parent(line.fileno())
    line.settimeout(HAND_OVER_SECONDS)
    line.sendall(mark)
    arguments, environment = _take_over(line)
    line.settimeout(None)
    Thread(target=_heed, args=(line,), name="client", daemon=True).start()
    return run(arguments, environment)


def leave_the_parent(kept: int) -> None:
    """Keep nothing of the parent but its code and one open file, in a session of its own.

    Args:
        kept: Its number.
    """
    os.setsid()
    for each in (signal.SIGHUP, signal.SIGCHLD):
        signal.signal(each, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in map(int, os.listdir("/proc/self/fd")):
        if number > 2 and number != kept:
            # One was that of the listing itself.
            with suppress(OSError):
                os.close(number)
    with suppress(OSError):
        Path("/proc/self/comm").write_text(NAME)


def _take_over(line: socket.socket) -> tuple[list[str], dict[str, str]]:
    """Take over the terminal of a prefork client, and return its arguments and environment.

    Raises:
        ConnectionError: The client has gone.
    """
    request, offered, _, _ = socket.recv_fds(line, _REQUEST_BYTES, OFFERED)
    if len(offered) != OFFERED:
        raise ConnectionError
    for number, each in enumerate(offered[:3]):
        os.dup2(each, number)
    os.fchdir(offered[3])
    for each in offered:
        os.close(each)
    speak_through_the_terminal()
    head, *words = map(os.fsdecode, request.split(b"\0"))
    umask, count = map(int, head.split())
    os.umask(umask)
    pairs = (entry.partition("=") for entry in words[count:] if entry)
    return words[:count], {name: value for name, _, value in pairs}


def speak_through_the_terminal() -> None:
    """Make the standard streams anew: those of the parent know what its own led to."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        raw = FileIO(number, "w" if number else "r", closefd=False)
        buffer = BufferedWriter(raw) if number else BufferedReader(raw)
        stream = TextIOWrapper(buffer, "utf-8", "replace", line_buffering=bool(number))
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _heed(line: socket.socket) -> None:
    """Pass on the signals that the client gets; where it is gone, the terminal is too."""
    with suppress(OSError):
        while number := line.recv(1):
            os.kill(os.getpid(), number[0])
    os.kill(os.getpid(), signal.SIGHUP)
