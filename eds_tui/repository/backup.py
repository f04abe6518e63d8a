"""A copy of the whole database in one file, taken while everybody works."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Engine

from eds_tui.domain.errors import Conflict, Unavailable
from eds_tui.repository import client_programs, postgres

_LIBPQ = {"host": "PGHOST", "sslmode": "PGSSLMODE", "service": "PGSERVICE"}


def back_up(engine: Engine, file: Path) -> None:
    """Write a back-up that holds the database of one moment; nobody waits for it.

    It is written beside its place under another name, readable by this account alone, and has its
    name only once it is whole and on the disk.

    Args:
        engine: Of the database.
        file: Where to; on PostgreSQL in the format that ``pg_restore`` reads.

    Raises:
        Conflict: There is a file of that name.
        Unavailable: It can't be written, or PostgreSQL's own program for it is missing.
    """
    if file.exists():
        raise Conflict(f"{file} is there already. Nothing was written.")
    part = file.with_name(f"{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            if engine.dialect.name == "postgresql":
                _dump(engine, part)
            else:
                _copy(str(engine.url.database), part)
            with part.open("rb+") as written:
                os.fsync(written.fileno())
            # A link, and no renaming: a file that has come there meanwhile is left alone.
            os.link(part, file)
        finally:
            part.unlink(missing_ok=True)
    except FileExistsError as error:
        raise Conflict(f"{file} is there already. Nothing was written.") from error
    except OSError as error:
        raise Unavailable(f"{file} can't be written: {error.strerror}.") from error


def _copy(database: str, part: Path) -> None:
    """Copy a SQLite file by its own means, at one go, and look the copy through."""
    try:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            (found,) = copy.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        raise Unavailable(f"The database can't be copied: {error}.") from error
    if found != "ok":
        raise Unavailable(f"The database is damaged ({found}); it was not copied.")


def _dump(engine: Engine, part: Path) -> None:
    with engine.connect() as connection:
        program = client_programs.pg_dump_for(postgres.major_version(connection.connection))
    done = subprocess.run(
        [program, "--format=custom", f"--file={part}", "--no-password"],
        env=os.environ | _connection(engine.url),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()
        raise Unavailable(f"pg_dump gave up: {reason[-1] if reason else done.returncode}")


def _connection(url: URL) -> dict[str, str]:
    """Return what leads to the database, as variables: a command line shows to everybody."""
    given = {
        "PGHOST": url.host,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    } | {variable: url.query.get(name) for name, variable in _LIBPQ.items() if name in url.query}
    return {name: str(value) for name, value in given.items() if value}
