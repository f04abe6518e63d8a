"""Copies the whole database into one file while everybody works."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine

from eds_tui.domain.errors import Conflict, Unavailable
from eds_tui.domain.progress import Progress, untold
from eds_tui.host.private import new_file
from eds_tui.repository import client_programs, pooler, postgres
from eds_tui.repository.engine import for_writing
from eds_tui.repository.exchange import give_name, to_disk, with_beside
from eds_tui.repository.file_check import QUICK, connected, looking_through, own_copy
from eds_tui.repository.postgres_schemas import FORMER, STAGING
from eds_tui.repository.sqlite_file import LOG, is_opened_to_read
from eds_tui.repository.system_copy import copy_file

_AT_ONCE = 5_000
"""Pages that are copied between two moments at which one may give up."""
_CHUNK = 1024 * 1024
"""Bytes of the log that are copied at a time."""

_Copy = Callable[[sqlite3.Connection, Path, Progress], None]


def back_up(engine: Engine, file: Path, progress: Progress = untold) -> None:
    """Write a back-up that holds the database of one moment; nobody waits for it.

    It is written beside its place under a name of its own, readable by this account alone, and has
    its name only once it is whole and on the disk.

    Args:
        engine: Of the database.
        file: Where to; on PostgreSQL in the format that ``pg_restore`` reads.
        progress: Is told how far it is; of PostgreSQL's own program that is not known.

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
                _copy(engine, part, progress)
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


def _copy(engine: Engine, part: Path, progress: Progress) -> None:
    """Copy a SQLite file, which is looked through meanwhile.

    Page for page the copy is what is looked through: what is whole in the one is in the other.
    """
    try:
        with connected(engine) as source, ExitStack() as moment:
            copy: _Copy = _copy_pages
            if is_opened_to_read(source):
                moment.enter_context(_one_moment(source))
            else:
                copy = _copy_file
                # Only of a log that nobody adds to or begins anew a copy is whole.
                with for_writing(engine).begin():
                    moment.enter_context(_one_moment(source))
                    _copy_log(source, part)
            with connected(engine) as beside, looking_through(beside, QUICK) as check:
                copy(source, part, lambda done: progress((done + check.done) / 2))
                found = check.wait(lambda done: progress((1 + done) / 2))
        with closing(own_copy(part)) as whole:
            # Takes in what stands in the log, and is a file by itself.
            whole.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise Unavailable(f"The database can't be copied: {error}.") from error
    if found:
        raise Unavailable(f"The database is damaged ({found[0]}); it was not copied.")


@contextmanager
def _one_moment(driver: sqlite3.Connection) -> Iterator[None]:
    """See the database as it is now; of what is written meanwhile nothing is moved to the file."""
    driver.execute("BEGIN")
    try:
        driver.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
        yield
    finally:
        driver.execute("ROLLBACK")


def _copy_log(source: sqlite3.Connection, part: Path) -> None:
    """Copy what was written and is not in the file yet."""
    with (
        suppress(FileNotFoundError), open(f"{_file_of(source)}{LOG}", "rb") as given,
        os.fdopen(new_file(f"{part}{LOG}"), "wb") as copy,
    ):  # fmt: skip
        shutil.copyfileobj(given, copy, _CHUNK)


def _copy_file(source: sqlite3.Connection, part: Path, progress: Progress) -> None:
    """Copy the file by the system's means, which needs half the time of SQLite's.

    While the moment is held, only what stands in the copied log is moved into the file. A page that
    is half one and half the other in the copy is written again from the log.
    """
    copy_file(_file_of(source), part, progress)


def _file_of(driver: sqlite3.Connection) -> Path:
    return Path(driver.execute("PRAGMA database_list").fetchone()[2])


def _copy_pages(source: sqlite3.Connection, part: Path, progress: Progress) -> None:
    """Copy every page by SQLite's means, of a file that may only be read: it can't be locked."""
    with closing(own_copy(part)) as copy:
        # What was begun and not ended is deleted, and so there is nothing to take back.
        copy.execute("PRAGMA journal_mode = OFF")
        source.backup(
            copy,
            pages=_AT_ONCE,
            progress=lambda _, left, all_of_them: progress(1 - left / max(all_of_them, 1)),
        )


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
