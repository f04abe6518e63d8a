"""Checks for ``eds-tui doctor`` that nobody else can read files with typed text or passwords."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from eds_tui.cli.findings import Finding
from eds_tui.domain.first_start import without_password
from eds_tui.host.database_url import sqlite_file
from eds_tui.host.logs import log_folder
from eds_tui.settings import Settings, settings_file

_MOST_ENTRIES = 1_000
_BACK_UPS = (b"SQLite format 3\0", b"PGDMP")
"""How a database of SQLite begins, and a back-up of PostgreSQL."""
_CLASSES = ((stat.S_IROTH, stat.S_IXOTH), (stat.S_IRGRP, stat.S_IXGRP | stat.S_IXOTH))
"""The right to read a file, and those to pass a folder above it: of others, and of its group."""


def privacy_finding(settings: Settings) -> Finding:
    """Return which of the files that should be this account's alone others can read."""
    subject = "private files"
    lax = [path for path in _files(settings) if _is_lax(path)]
    read = [path for path in lax if _can_be_read(path)]
    if read:
        mend = f"Close them: chmod 600 {' '.join(shlex.quote(str(path)) for path in read)}"
        return Finding(subject, f"others can read {', '.join(map(str, read))}", mend)
    if lax:
        names = ", ".join(map(str, lax))
        return Finding(subject, f"nobody else gets to them, but their folder alone closes {names}")
    return Finding(subject, "nobody else can read database, back-ups, settings, drafts or log")


def _files(settings: Settings) -> Iterator[Path]:
    database = sqlite_file(settings.database_url)
    if database is not None:
        from eds_tui.repository.sqlite_file import BESIDE

        own = [database.absolute(), *(Path(f"{database.absolute()}{each}") for each in BESIDE)]
        yield from own
        yield from (path for path in _within(own[0].parent) if path not in own and _backs_up(path))
    if settings.smtp_password or without_password(settings.database_url) != settings.database_url:
        yield settings_file()
    for folder in _within(settings.drafts) if settings.drafts else ():
        yield from _within(folder)
    yield from _within(log_folder())


def _within(folder: Path) -> Iterator[Path]:
    """Yield what is in a folder, by name; nothing of one that can't be read."""
    with suppress(OSError):
        yield from islice(sorted(folder.iterdir()), _MOST_ENTRIES)


def _backs_up(path: Path) -> bool:
    # Only of one that it matters of: to read them all would take long.
    if not _is_lax(path):
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_BACK_UPS[0])).startswith(_BACK_UPS)
    except OSError:
        return False


def _is_lax(path: Path) -> bool:
    """Return whether a plain file's mode lets others read it, or without need its group.

    What belongs to somebody else, as root, this account may well read by its group alone.
    """
    try:
        status = path.stat()
    except (OSError, ValueError):
        return False
    ours = status.st_uid == os.geteuid()
    rights = stat.S_IROTH | (stat.S_IRGRP if ours else 0)
    return stat.S_ISREG(status.st_mode) and bool(status.st_mode & rights)


def _can_be_read(path: Path) -> bool:
    """Return whether others get through to a file as well, by the modes of the folders above."""
    real = Path(os.path.realpath(path))
    mode = real.stat().st_mode
    above = [each.stat().st_mode for each in real.parents]
    return any(mode & read and all(each & passing for each in above) for read, passing in _CLASSES)
