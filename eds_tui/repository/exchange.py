"""Puts a file in the place of another at one stroke, and keeps the other under a new name."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from eds_tui.domain.errors import Conflict
from eds_tui.host.private import new_file
from eds_tui.repository.sqlite_file import BESIDE

_OWN_FILE = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


def to_disk(path: Path) -> None:
    """Have a file, or the names in a folder, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def give_name(part: Path, file: Path) -> None:
    """Give a whole file another name, and leave one alone that has come there meanwhile.

    Raises:
        FileExistsError: There is one.
    """
    try:
        os.link(part, file)
    except FileExistsError:
        raise
    except OSError:
        # The file system has no links: the name is taken first, by an empty file of our own.
        os.close(new_file(file))
        part.replace(file)


def with_beside(path: Path) -> list[Path]:
    """Return a database's file and those that SQLite may keep beside it."""
    return [path, *(Path(f"{path}{ending}") for ending in BESIDE)]


@contextmanager
def own_file(path: Path) -> Iterator[Path]:
    """Hold an empty file of this account's, of which nothing is left in the end.

    What a program that was killed has left is taken over.

    Raises:
        Conflict: Another program holds it.
        OSError: It can't be made.
    """
    held = os.open(path, _OWN_FILE, 0o600)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict("A back-up is being restored already. Nothing was changed.") from None
        for beside in with_beside(path)[1:]:
            beside.unlink(missing_ok=True)
        os.fchmod(held, 0o600)
        os.truncate(held, 0)
        try:
            yield path
        finally:
            for each in with_beside(path):
                each.unlink(missing_ok=True)
    finally:
        os.close(held)


def exchange(target: Path, part: Path, at: datetime) -> Path | None:
    """Put a whole file in the place of a database, whatever happens on the way the one or other.

    Args:
        target: The database; there may be none. Nobody may have it open.
        part: What takes its place; it loses its name.
        at: When.

    Returns:
        Where the former one is kept; ``None`` where there was none.
    """
    if not target.exists():
        to_disk(part)
        give_name(part, target)
        to_disk(target.parent)
        return None
    _like(target, part)
    to_disk(part)
    former = _free_name(target, at)
    for whole, beside in zip(with_beside(target), with_beside(former), strict=True):
        if whole.exists():
            _keep(whole, beside)
    to_disk(target.parent)
    # What lies beside one that can't be read would be taken for changes of the new one.
    for beside in with_beside(target)[1:]:
        beside.unlink(missing_ok=True)
    part.replace(target)
    to_disk(target.parent)
    return former


def _like(target: Path, part: Path) -> None:
    """Let the same people use the new file as the former one."""
    status = target.stat()
    with suppress(PermissionError):
        os.chown(part, status.st_uid, status.st_gid)
    part.chmod(status.st_mode & 0o777)


def _free_name(target: Path, at: datetime) -> Path:
    name = f"{target.name}.before-{at:%Y%m%d-%H%M%S}"
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(path for path in map(target.with_name, names) if not os.path.lexists(path))


def _keep(file: Path, name: Path) -> None:
    """Give a file a second name; where the file system has no links, copy it whole."""
    try:
        os.link(file, name)
    except OSError:
        os.close(new_file(name))
        shutil.copy2(file, name)
        to_disk(name)
