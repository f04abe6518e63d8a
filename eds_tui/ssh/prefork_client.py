"""The prefork client: hands its terminal to a process of the prefork server, and waits for its end.

It is what ``sshd`` starts, and loads next to nothing, so that a session is there soon and small.
The terminal stays its own: the kernel signals it a hang-up or another size of the window, and it
passes that on. Where no preloaded program answers, or one with other code, it becomes the ordinary
``eds-tui kiosk``, so that nobody is ever locked out.
"""

from __future__ import annotations

import os
import sys

# The module above it takes longer to load than all the rest of the client together.
from _socket import (
    AF_UNIX,
    MSG_DONTWAIT,
    SCM_RIGHTS,
    SO_PEERCRED,
    SOCK_SEQPACKET,
    SOL_SOCKET,
    socket,
)

from eds_tui import __version__

ANSWER_SECONDS = 3.0
"""How long a preloaded program may take to answer; after that the terminal is not handed over."""
MARK_BYTES = 512
"""More than any mark has."""
OFFERED = 4
"""Descriptors handed over: the three standard streams and the folder that one is in."""
_FAILED = 1
_ID_BYTES = 4


def main() -> None:
    """Serve a session: the socket of ``eds-tui preload``, then what ``eds-tui kiosk`` takes."""
    if len(sys.argv) < 2:
        sys.exit("usage: eds-tui-front SOCKET [option of eds-tui kiosk]...")
    place, *arguments = sys.argv[1:]
    with open("/proc/self/environ", "rb") as file:
        # Python sets variables of its own in os.environ, which say nothing about the terminal.
        environment = file.read()
    try:
        size = _size()
        line = reach(place)
        if line is not None and _hand_over(line, arguments, environment):
            os._exit(_wait(line, size))
    except KeyboardInterrupt:
        os._exit(_FAILED)
    _become_the_kiosk(arguments, environment)


def reach(place: str) -> socket | None:
    """Return a line to the preloaded program, or ``None`` where none with this code answers."""
    line = socket(AF_UNIX, SOCK_SEQPACKET)
    line.settimeout(ANSWER_SECONDS)
    try:
        line.connect(place)
        if is_of_this_user(line) and line.recv(MARK_BYTES) == mark():
            line.settimeout(None)
            return line
    except OSError:
        pass
    line.close()
    return None


def is_of_this_user(line: socket) -> bool:
    """Return whether the process at the other end of a line belongs to the same Linux user."""
    credentials = line.getsockopt(SOL_SOCKET, SO_PEERCRED, 3 * _ID_BYTES)
    return int.from_bytes(credentials[_ID_BYTES : 2 * _ID_BYTES], sys.byteorder) == os.geteuid()


def mark() -> bytes:
    """Return what differs wherever program, libraries or Python differ, as after an upgrade.

    Raises:
        OSError: A part of it is not there, as in the middle of an upgrade.
    """
    with_textual = (each for each in sys.path if os.path.isdir(os.path.join(each, "textual")))
    states = map(os.stat, (__file__, sys.executable))
    found = (f"{each.st_dev}:{each.st_ino}:{each.st_mtime_ns}" for each in states)
    # What is installed, and not the folder that it is in: Python puts compiled modules there.
    with os.scandir(next(with_textual, "")) as entries:
        installed = [each.stat() for each in entries if each.name.endswith(".dist-info")]
    libraries = (
        len(installed),
        sum(each.st_ino for each in installed),
        sum(each.st_mtime_ns for each in installed),
    )
    return " ".join((__version__, *found, *map(str, libraries))).encode()


def _hand_over(line: socket, arguments: list[str], environment: bytes) -> bool:
    """Hand over the terminal, and return whether it has gone."""
    umask = os.umask(0o077)
    os.umask(umask)
    words = (f"{umask} {len(arguments)}", *arguments)
    request = b"\0".join((*map(os.fsencode, words), environment))
    try:
        folder = os.open(".", os.O_PATH | os.O_CLOEXEC)
        offered = (0, 1, 2, folder)
        numbers = b"".join(each.to_bytes(_ID_BYTES, sys.byteorder) for each in offered)
        line.sendmsg([request], [(SOL_SOCKET, SCM_RIGHTS, numbers)])
        os.close(folder)
    except OSError:
        line.close()
        return False
    return True


def _wait(line: socket, size: os.terminal_size | None) -> int:
    """Pass signals on until the session has ended, and return its exit code.

    Args:
        line: To the session.
        size: Of the window before the session could look at it.
    """
    # Loaded while the session begins. Until then a signal ends the client, and so the session.
    import signal

    def pass_on(number: int, _: object) -> None:
        try:
            line.send(bytes([number]), MSG_DONTWAIT)
        except OSError:
            # It has ended, or so many wait that it will do the same anyway.
            return

    for each in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGCONT):
        signal.signal(each, pass_on)
    signal.signal(signal.SIGWINCH, pass_on)
    for each in (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU, signal.SIGUSR1, signal.SIGUSR2,
                 signal.SIGALRM):  # fmt: skip
        signal.signal(each, signal.SIG_IGN)
    if size != _size():
        pass_on(signal.SIGWINCH, None)
    try:
        code = line.recv(1)
    except OSError:
        code = b""
    return code[0] if code else _FAILED


def _size() -> os.terminal_size | None:
    try:
        return os.get_terminal_size(0)
    except OSError:
        return None


def _become_the_kiosk(arguments: list[str], environment: bytes) -> None:
    pairs = (entry.partition(b"=") for entry in environment.split(b"\0") if entry)
    command = [sys.executable, "-P", "-m", "eds_tui", "kiosk", *arguments]
    os.execve(sys.executable, command, {name: value for name, _, value in pairs})
