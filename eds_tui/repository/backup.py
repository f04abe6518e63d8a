"""Copies the whole database into one file while everybody works."""

from __future__ import annotations

import os
import secrets
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Engine

from eds_tui.domain.errors import Conflict, Unavailable
from eds_tui.host.private import new_file
from eds_tui.repository import client_programs, postgres
from eds_tui.repository.sqlite_file import BESIDE

_LIBPQ = {"host": "PGHOST", "sslmode": "PGSSLMODE", "service": "PGSERVICE"}


def back_up(engine: Engine, file: Path) -> None:
    """Write a back-up that holds the database of one moment; nobody waits for it.

    It is written beside its place under a name of its own, readable by this account alone, and has
    its name only once it is whole and on the disk.

    Args:
        engine: Of the database.
        file: Where to; on PostgreSQL in the format that ``pg_restore`` reads.

    Raises:
        Conflict: There is a file of that name.
        Unavailable: It can't be written, or PostgreSQL's own program for it is missing.
    """
    try:
        if os.path.lexists(file):
            raise FileExistsError
        part = file.with_name(f"eds-backup-{secrets.token_hex(8)}.part")
        os.close(new_file(part))
        try:
            if engine.dialect.name == "postgresql":
                _dump(engine, part)
            else:
                _copy(engine, part)
            _to_disk(part)
            _name(part, file)
            _to_disk(file.parent)
        finally:
            for ending in ("", *BESIDE):
                Path(f"{part}{ending}").unlink(missing_ok=True)
    except FileExistsError as error:
        raise Conflict(f"{file} is there already. Nothing was written.") from error
    except OSError as error:
        raise Unavailable(f"{file} can't be written: {error.strerror}.") from error


def _to_disk(path: Path) -> None:
    """Have a file, or the names in a folder, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _name(part: Path, file: Path) -> None:
    """Give a whole file its name, and leave one alone that has come there meanwhile.

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


def _copy(engine: Engine, part: Path) -> None:
    """Copy a SQLite file by its own means, at one go, and look the copy through."""
    try:
        with (
            closing(engine.raw_connection()) as source,
            closing(sqlite3.connect(part)) as copy,
        ):
            driver = source.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.backup(copy)
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
