"""Puts a back-up in the place of a SQLite file, at one stroke, and keeps the former file."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, StaticPool, create_engine

from eds_tui.domain.errors import Conflict, Unavailable
from eds_tui.domain.progress import Progress, untold
from eds_tui.domain.restoring import Restored
from eds_tui.host.file_users import users_of
from eds_tui.host.private import make_folder
from eds_tui.repository import schema, sqlite
from eds_tui.repository.carrying_over import Restoring, carry_over
from eds_tui.repository.engine import for_writing
from eds_tui.repository.exchange import exchange, own_file, with_beside
from eds_tui.repository.file_check import INTEGRITY, looking_through, own_copy
from eds_tui.repository.former_database import FormerDatabase
from eds_tui.repository.unit_of_work import Database

SQLITE = b"SQLite format 3\0"
"""How a file of SQLite's begins."""

_IN_USE = "{} is in use by {}. End that first. Nothing was changed."
_NO_PERMISSION = "{} can't be written: you have no permission. Nothing was changed."
_DAMAGED = "The back-up is damaged ({}). Nothing was changed."
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNREADABLE = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}


def restore_file(
    target: Path, file: Path, asked: Restoring, progress: Progress = untold
) -> Restored:
    """Put a back-up in the place of a database; the former one stays under another name.

    The new one is made whole beside the former first, and takes its name by one rename: whatever
    ends the program leaves the one or the other.

    Args:
        target: The file of the database; there may be none.
        file: The back-up.
        asked: Who restores what.
        progress: Is told how far one is who looks the back-up through.

    Raises:
        Conflict: Somebody works on the database, or the back-up is of another installation.
        SchemaMismatch: The back-up is not of this program, or of a newer one.
        Unavailable: A file is damaged.
        OSError: A file can't be read or written.
    """
    target = Path(os.path.realpath(target))
    if target.exists() and os.path.samefile(target, file):
        raise Conflict(f"{file} is the database itself. Nothing was changed.")
    _refuse_users(target)
    if target.exists() and not os.access(target, os.W_OK, effective_ids=True):
        raise Unavailable(_NO_PERMISSION.format(target))
    make_folder(target.parent)
    with own_file(target.with_name(f"{target.name}.restoring")) as part:
        shutil.copyfile(file, part)
        _look_through(part, progress)
        database = Database.at(f"sqlite:///{quote(str(part))}")
        try:
            older = schema.bring_up(database)
            with _alone(target) as former:
                restored = _carried_over(database, former, asked)
                database.close()
                _into_one_file(part)
                kept = exchange(target, part, asked.at)
        finally:
            database.close()
    return replace(restored, former=str(kept or ""), upgraded_from=older)


def _refuse_users(target: Path) -> None:
    """Refuse to go on while other programs have a database open, and say which."""
    if found := users_of(with_beside(target)):
        who = ", ".join(f"{each.name} (process {each.process})" for each in found)
        raise Conflict(_IN_USE.format(target, who))


def _look_through(part: Path, progress: Progress) -> None:
    try:
        with closing(own_copy(part)) as copy, looking_through(copy, INTEGRITY) as check:
            found = check.wait(progress)
    except sqlite3.Error as error:
        raise Unavailable(_DAMAGED.format(error)) from error
    if found:
        raise Unavailable(_DAMAGED.format(" ".join(found[0].split())))


def _carried_over(database: Database, former: Connection | None, asked: Restoring) -> Restored:
    asks = None if former is None else FormerDatabase(lambda: former)
    with for_writing(database.engine).begin() as connection:
        return carry_over(lambda: connection, asks, asked)


def _into_one_file(part: Path) -> None:
    with closing(sqlite3.connect(part)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def _alone(target: Path) -> Iterator[Connection | None]:
    """Hold a database so that nobody else reads or writes, its changes all in its one file.

    ``None`` where there is none, or none that can be read.

    Raises:
        Conflict: Another program has it open.
        Unavailable: It can't be read, though it seems whole.
    """
    # SQLite itself would do away with what lies beside a file that is none of its own.
    driver = _held(target) if target.exists() and begins_as_sqlite(target) else None
    if driver is None:
        yield None
        return
    engine = create_engine("sqlite://", creator=lambda: driver, poolclass=StaticPool)
    try:
        with engine.connect() as connection:
            # The dialect has rolled back by now what it finds when it sees a connection first.
            driver.execute("BEGIN EXCLUSIVE")
            yield connection
    except sqlite3.OperationalError as error:
        raise _in_words(target, error) from error
    finally:
        engine.dispose()


def begins_as_sqlite(file: Path) -> bool:
    """Return whether a file begins as those of SQLite do."""
    with file.open("rb") as opened:
        return opened.read(len(SQLITE)) == SQLITE


def _held(target: Path) -> sqlite3.Connection | None:
    driver = sqlite3.connect(target, timeout=1, check_same_thread=False)
    try:
        sqlite.prepare_connection(driver, None)
        driver.execute("PRAGMA busy_timeout = 1000")
        # This format can only be left where nobody else has the file open, seen from here or not.
        driver.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        driver.close()
        if error.sqlite_errorcode & 0xFF in _UNREADABLE:
            return None
        raise _in_words(target, error) from error
    return driver


def _in_words(target: Path, error: sqlite3.Error) -> Exception:
    if error.sqlite_errorcode & 0xFF in _BUSY:
        return Conflict(_IN_USE.format(target, "a program that can't be seen from here"))
    return Unavailable(f"{target} can't be used ({error}). Nothing was changed.")
