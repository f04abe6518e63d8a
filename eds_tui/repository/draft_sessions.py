"""Finds out which sessions of this machine are alive, by file locks that end with a process."""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
from contextlib import suppress
from pathlib import Path
from threading import Lock

_MACHINE_LENGTH = 12
_ELSEWHERE = "0" * _MACHINE_LENGTH
"""Stands for a machine that keeps no locks."""
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_ANY_FILE = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
_log = logging.getLogger(__name__)


class DraftSessions:
    """Makes the names of sessions, and finds out which of them are alive.

    A name begins with that of its machine, so that another machine does not take it for dead
    because it has no lock of it.

    Args:
        folder: Where the locks are; made when it is needed. ``None`` keeps none.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._held: dict[str, int] = {}
        self._turn = Lock()

    def begin(self) -> str:
        """Return the name of a session that lives from now on, until it ends or its program."""
        with self._turn:
            if self._folder is not None:
                try:
                    return self._lock_new(self._folder)
                except OSError as error:
                    _log.warning("a session can't be locked: %s", error.strerror)
            return _ELSEWHERE + secrets.token_hex(10)

    def end(self, session: str) -> None:
        """Let a session that was begun here be over."""
        with self._turn:
            descriptor = self._held.pop(session, None)
            if descriptor is not None and self._folder is not None:
                with suppress(OSError):
                    (self._folder / session).unlink()
                os.close(descriptor)

    def is_alive(self, session: str) -> bool | None:
        """Return whether a session lives; ``None`` where that can't be known on this machine."""
        if session in self._held:
            return True
        machine = self._machine()
        if self._folder is None or not machine or not session.startswith(machine):
            return None
        return _is_locked(self._folder / session)

    def _machine(self) -> str:
        """Return the name of this machine, or nothing where it has none yet."""
        if self._folder is None:
            return ""
        with suppress(OSError, ValueError):
            name = (self._folder / "machine").read_text("ascii")
            if len(name) == _MACHINE_LENGTH and name.isalnum():
                return name
        return ""

    def _lock_new(self, folder: Path) -> str:
        for each in (folder.parent, folder):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
            each.chmod(0o700)
        machine = self._machine() or self._name_machine(folder)
        _remove_dead(folder, machine)
        while True:
            session = machine + secrets.token_hex(10)
            path = folder / session
            descriptor = os.open(path, _ANY_FILE, 0o600)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if _is_still(path, descriptor):
                self._held[session] = descriptor
                return session
            # Somebody took it for one that was left by a dead session, before it was locked.
            os.close(descriptor)

    def _name_machine(self, folder: Path) -> str:
        """Give this machine a name, whichever of several programs is the first."""
        beside = folder / f".{secrets.token_hex(8)}"
        with os.fdopen(os.open(beside, _NEW_FILE, 0o600), "w") as file:
            file.write(secrets.token_hex(_MACHINE_LENGTH // 2))
        with suppress(FileExistsError):
            os.link(beside, folder / "machine")
        beside.unlink()
        return self._machine() or _ELSEWHERE


def _is_locked(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _is_still(path: Path, descriptor: int) -> bool:
    """Return whether a file that is open is still the one of its name."""
    with suppress(OSError):
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    return False


def _remove_dead(folder: Path, machine: str) -> None:
    """Remove the locks of sessions that were killed."""
    for path in folder.glob(f"{machine}*"):
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
            finally:
                os.close(descriptor)
