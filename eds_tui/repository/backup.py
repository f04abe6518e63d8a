"""Copies the whole database into one file while everybody works."""

from __future__ import annotations

import os
import secrets
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from eds_tui.domain.errors import Conflict, Unavailable
from eds_tui.host.private import new_file
from eds_tui.repository import client_programs, pooler, postgres
from eds_tui.repository.exchange import give_name, to_disk, with_beside
from eds_tui.repository.postgres_schemas import FORMER, STAGING


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
            to_disk(part)
            give_name(part, file)
            to_disk(file.parent)
        finally:
            for each in with_beside(part):
                each.unlink(missing_ok=True)
    except FileExistsError as error:
        raise Conflict(f"{file} is there already. Nothing was written.") from error
    except OSError as error:
        raise Unavailable(f"{file} can't be written: {error.strerror}.") from error


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
        if pooler.is_shared(connection.connection):
            # What pg_dump sets would be the next one's.
            raise pooler.refused("A back-up")
        program = client_programs.program_for(
            "pg_dump", postgres.major_version(connection.connection)
        )
    done = subprocess.run(
        [
            program, "--format=custom", f"--file={part}", "--no-password",
            # What earlier back-ups have replaced is no part of a new one.
            f"--exclude-schema={STAGING}", f"--exclude-schema={FORMER}*",
        ],
        env=os.environ | client_programs.variables(engine),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()
        raise Unavailable(f"pg_dump gave up: {reason[-1] if reason else done.returncode}")
