"""Remembers whether a database was ever used at the default path, where a first start makes one."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

import platformdirs

from eds_tui.host.private import make_folder, new_file
from eds_tui.settings import APPLICATION, default_database_url


def is_ahead(database_url: str) -> bool:
    """Return whether no database was ever used at this place, which is the default one."""
    return database_url == default_database_url() and not was(database_url)


def was(database_url: str) -> bool:
    """Return whether a database is known to have been used at a place."""
    return os.path.lexists(_mark(database_url))


def is_over(database_url: str) -> None:
    """Remember that a database has been used at a place, if it is the default one."""
    if not is_ahead(database_url):
        return
    mark = _mark(database_url)
    # Without it the next start, too, counts as the first one.
    with suppress(OSError):
        make_folder(mark.parent)
        os.close(new_file(mark))


def _mark(database_url: str) -> Path:
    """Return the file that says so: not beside the database, with which it would go away."""
    place = hashlib.sha256(os.fsencode(database_url)).hexdigest()[:16]
    return platformdirs.user_state_path(APPLICATION) / f"used-{place}"
