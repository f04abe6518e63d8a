"""Finds PostgreSQL's client programs on this machine, of the version that suits the server."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine

from eds_tui.domain.errors import Unavailable

_PLACES = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin")
"""Where Debian and Red Hat have the programs of each version, not all of which are in ``PATH``."""
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


def program_for(name: str, server: int) -> str:
    """Return the path of a client program that can work with a server.

    One of the server's own version comes first, because what a newer ``pg_dump`` writes an older
    ``pg_restore`` can't read.

    Args:
        name: ``pg_dump`` for one.
        server: The server's major version.

    Raises:
        Unavailable: There is none here, or all are older than the server.
    """
    found = [(version, path) for path in _found(name) if (version := _version_of(path)) is not None]
    suitable = [each for each in found if each[0] >= server]
    if suitable:
        return min(suitable, key=lambda each: each[0])[1]
    older = f" Here is only {max(found)[0]}." if found else ""
    raise Unavailable(
        f"{name} of PostgreSQL {server} is not installed here.{older} It comes with"
        f" PostgreSQL's client programs, and must be of the server's version or newer."
    )


def variables(engine: Engine) -> dict[str, str]:
    """Return what leads to a database, as variables: a command line shows to everybody."""
    from psycopg.pq import Conninfo

    given = engine.dialect.create_connect_args(engine.url)[1]
    names = {each.keyword.decode(): each.envvar for each in Conninfo.get_defaults()}
    return {
        variable.decode(): str(value)
        for name, value in given.items()
        if (variable := names.get(name)) is not None and value not in {None, ""}
    }


def _found(name: str) -> Iterator[str]:
    if first := shutil.which(name):
        yield first
    for place in _PLACES:
        yield from (str(path) for path in sorted(Path("/").glob(f"{place}/{name}")))


def _version_of(program: str) -> int | None:
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError:
        return None
    found = _VERSION.search(done.stdout)
    return int(found[1]) if found else None
