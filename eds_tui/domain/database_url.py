"""Brings the spellings of a database's URL to the one that the program goes by."""

from __future__ import annotations

import re
from pathlib import PurePath

_SCHEME = re.compile(r"(?P<kind>\w+)(?P<driver>\+\w+)?://", re.ASCII)
_OTHER_NAMES = {"postgres": "postgresql", "sqlite3": "sqlite"}


def usual_spelling(database_url: str) -> str:
    """Return a URL without blanks around it, and with the usual name of the kind of database.

    ``postgres://`` is what many services hand out, and the same as ``postgresql://``.
    """
    url = database_url.strip()
    scheme = _SCHEME.match(url)
    if scheme is None:
        return url
    kind = scheme["kind"].lower()
    return f"{_OTHER_NAMES.get(kind, kind)}{scheme['driver'] or ''}://{url[scheme.end() :]}"


def url_of(file: PurePath) -> str:
    """Return the URL of a file, whatever is in its name."""
    return f"sqlite:///{str(file).replace('%', '%25').replace('?', '%3F')}"
