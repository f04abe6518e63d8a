"""Makes files and folders that only this account can read, whatever the umask."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE_MODE = 0o600
_FOLDER_MODE = 0o700


def new_file(path: str | os.PathLike[str], *, beneath: int | None = None) -> int:
    """Make a file, mode 0600, and return a descriptor to write to it; nothing is written over.

    Args:
        path: Where.
        beneath: The open folder that a relative path begins at; else the current one.

    Raises:
        FileExistsError: There is something of that name, be it a link that leads nowhere.
        OSError: It can't be made.
    """
    descriptor = os.open(path, _NEW_FILE, _FILE_MODE, dir_fd=beneath)
    # A umask takes rights away from the owner too. Where a file system knows no modes, all stays.
    with suppress(OSError):
        os.fchmod(descriptor, _FILE_MODE)
    return descriptor


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, mode 0700; one that is there stays.

    Raises:
        OSError: It can't be made, or is no folder.
    """
    missing = []
    for each in (folder, *folder.parents):
        if os.path.isdir(each):
            break
        missing.append(each)
    for each in reversed(missing):
        try:
            each.mkdir(mode=_FOLDER_MODE)
        except FileExistsError:
            if not each.is_dir():
                raise
        else:
            with suppress(OSError):
                each.chmod(_FOLDER_MODE)
