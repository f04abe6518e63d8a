"""Finds the file that a SQLite URL names, the same for every part of the program."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote

from eds_tui.domain.database_url import usual_spelling

_SQLITE = re.compile(r"sqlite(?:\+\w+)?:///(?P<name>[^?]+)(?:\?.*)?", re.ASCII | re.DOTALL)
_URI = re.compile("file:(?://(?:localhost)?(?=/))?")
IN_MEMORY = ":memory:"
"""Stands for no file at all."""


def sqlite_file(database_url: str) -> Path | None:
    """Return the file of a SQLite URL, or ``None`` where it names none."""
    match = _SQLITE.fullmatch(usual_spelling(database_url))
    return path_of(match["name"]) if match and match["name"] != IN_MEMORY else None


def path_of(name: str) -> Path:
    """Return the path that is meant by the name in a SQLite URL.

    A ``~`` at its beginning is the home of a user, and ``%20`` is a blank, as in every URL. A file
    that is there under the name exactly as it is written is the one that is meant all the same.
    """
    literal = Path(name)
    if os.path.lexists(literal):
        return literal
    path = Path(unquote(_URI.sub("", name, count=1)))
    try:
        return path.expanduser()
    except RuntimeError:  # no such user
        return path
