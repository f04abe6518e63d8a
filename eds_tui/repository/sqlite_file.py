"""Creates and opens the file of a SQLite database, private, and read-only where it must be."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from eds_tui.domain.errors import OutOfReach, Unavailable
from eds_tui.host.private import make_folder, new_file

LOG = "-wal"
"""Ending of the file that has what was written and has not been moved to the database yet."""
BESIDE = (LOG, "-shm", "-journal")
"""Endings of the files that SQLite keeps beside a database, in the database's own mode."""

_OF_CHANGES = (LOG, "-journal")
_WAL_FORMAT = b"\x02"
_FORMAT_AT = 18
"""The byte of the file that says how changes are written (sqlite.org/fileformat.html, 1.3.3)."""

READ_WRITE = "mode=rw"
READ_ONLY = "mode=ro"
UNCHANGING = "mode=ro&immutable=1"
"""Takes the file for one that nobody changes, and keeps nothing beside it."""


class FileConnection(sqlite3.Connection):
    """A connection to a file."""

    how = READ_WRITE
    """How it was opened."""


def is_opened_to_read(connection: object) -> bool:
    """Return whether a connection to a file can change nothing in it."""
    return isinstance(connection, FileConnection) and connection.how != READ_WRITE


class SqliteFile:
    """Opens connections to one file, which is never made in passing.

    Args:
        path: Where it is.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._opened = False
        self._in_wal_format: dict[tuple[int, ...] | None, bool] = {}

    def make(self) -> None:
        """Make an empty file and its folder where they are missing, mode 0600 and 0700.

        What SQLite keeps beside it gets the mode of the file from SQLite.

        Raises:
            Unavailable: It can't be made, or changes of another database of that name lie there.
        """
        # Through a link to where it leads: at its own place nothing new can be made.
        path = Path(os.path.realpath(self._path))
        try:
            if os.path.lexists(path):
                return
            make_folder(path.parent)
            _refuse_leftovers(path)
            os.close(new_file(path))
        except FileExistsError:
            # Another program was first, or a file stands where a folder should be: opening raises.
            return
        except OSError as error:
            raise Unavailable(f"{path} can't be made: {error.strerror}.") from error

    def connect(
        self, _dialect: Dialect, _record: object, _place: object, arguments: Mapping[str, Any]
    ) -> sqlite3.Connection:
        """Return a new connection.

        Args:
            arguments: What else the driver is given.

        Raises:
            OutOfReach: There is no such file, or it may not be read.
            sqlite3.Error: It can't be opened.
        """
        self._require()
        how = self._how()
        uri = f"{self._path.as_uri()}?{how}"
        connection = sqlite3.connect(uri, factory=FileConnection, **{**arguments, "uri": True})
        connection.how = how
        self._opened = True
        return connection

    def require_unmoved(
        self, connection: FileConnection, record: ConnectionPoolEntry, _proxy: object
    ) -> None:
        """Give up a connection whose file has been moved, removed or replaced since it was opened.

        SQLite would go on writing to a file that nobody finds any more; and what was taken for
        unchanging and has been changed would be read wrongly. One that can only read is given up,
        too, when more may be done.

        Raises:
            DisconnectionError: So that the pool opens the file anew.
        """
        how = connection.how
        there = self._state() if how == UNCHANGING else self._identity()
        moved = there is None or there != record.info.setdefault("identity", there)
        if moved or (how != READ_WRITE and how != self._how()):
            raise DisconnectionError("The file is no longer what and where it was.")

    def has_moved(self, info: Mapping[Any, Any]) -> bool:
        """Return whether the file of a connection is no longer the one of its name.

        Args:
            info: What the pool keeps of the connection.
        """
        return "identity" in info and self._identity() != info["identity"][:2]

    def _require(self) -> None:
        try:
            os.stat(self._path)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise OutOfReach(self._missing()) from error
        except OSError as error:
            raise OutOfReach(f"{self._path} can't be reached: {error.strerror}.") from error
        if not _may(self._path, os.R_OK):
            raise OutOfReach(f"{self._path} can't be read: you have no permission.")

    def _missing(self) -> str:
        if self._opened:
            return f"The database can't be reached: it is gone from {self._path}."
        return (
            f"There is no database at {self._path}, and none is made in passing: its disk may be"
            " away, or the name wrong. To make a new one: eds-tui db upgrade"
        )

    def _how(self) -> str:
        """Return how the file is to be opened, by what this account may do.

        In SQLite's WAL format even a reader writes beside the file, and must not where it can't;
        nor should it where it could: files of a reader's mode would be in the owner's way.
        """
        path, beside = self._path, [Path(f"{self._path}{each}") for each in BESIDE[:2]]
        if _may(path, os.W_OK) and (
            _may(path.parent, os.W_OK | os.X_OK) or all(_may(each, os.W_OK) for each in beside)
        ):
            return READ_WRITE
        if _holds_changes(path) or not self._is_in_wal_format():
            return READ_ONLY
        return UNCHANGING

    def _is_in_wal_format(self) -> bool:
        identity = self._identity()
        if identity not in self._in_wal_format:
            # Once, and before the first connection: closing another descriptor of a file lets go
            # of the locks that this program has on it.
            try:
                with self._path.open("rb") as file:
                    file.seek(_FORMAT_AT)
                    self._in_wal_format[identity] = file.read(1) == _WAL_FORMAT
            except OSError as error:
                raise OutOfReach(f"{self._path} can't be read: {error.strerror}.") from error
        return self._in_wal_format[identity]

    def _identity(self) -> tuple[int, ...] | None:
        try:
            status = os.stat(self._path)
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def _state(self) -> tuple[int, ...] | None:
        """Return what differs as soon as somebody has written to the file."""
        try:
            status = os.stat(self._path)
        except OSError:
            return None
        return (
            status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns,
            _holds_changes(self._path),
        )  # fmt: skip


def _refuse_leftovers(path: Path) -> None:
    if _holds_changes(path):
        raise Unavailable(
            f"There is no database at {path}, but beside it lie changes that belong to it, in"
            f" {path.name}-wal or -journal. Bring it back, or move these away first."
        )


def _may(path: Path, rights: int) -> bool:
    """Return whether this account, as which files are opened, has rights on a path."""
    return os.access(path, rights, effective_ids=True)


def _holds_changes(path: Path) -> bool:
    """Return whether a file beside a database has changes that are not in it yet."""
    for ending in _OF_CHANGES:
        try:
            if os.stat(f"{path}{ending}").st_size:
                return True
        except OSError:
            continue
    return False
