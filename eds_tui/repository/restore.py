"""Restores a back-up: looks at what it is, and puts it in the place of the database."""

from __future__ import annotations

import os
from pathlib import Path

from eds_tui.domain.errors import NotFound, Unavailable
from eds_tui.domain.progress import Progress, untold
from eds_tui.domain.restoring import Restored
from eds_tui.host.database_url import sqlite_file
from eds_tui.repository.carrying_over import Restoring
from eds_tui.repository.exchange import with_beside
from eds_tui.repository.outages import in_words
from eds_tui.repository.restore_postgres import restore_database
from eds_tui.repository.restore_sqlite import SQLITE, restore_file
from eds_tui.repository.unit_of_work import Database

_POSTGRES = b"PGDMP"


def restore(
    database_url: str,
    file: Path,
    *,
    operator: str = "",
    of_another: bool = False,
    progress: Progress = untold,
) -> Restored:
    """Put a back-up in the place of a database, and keep what was there.

    Args:
        database_url: Where the database is; a SQLite file need not be there.
        file: What ``back_up`` has written.
        operator: The Linux user who does it.
        of_another: Whether it may be of another installation than the database that is there.
        progress: Is told how far one is who looks the back-up through.

    Raises:
        Conflict: Somebody works on the database, or the back-up is of another installation.
        NotFound: There is no such file.
        SchemaMismatch: The back-up is not of this program, or of a newer one.
        Unavailable: It is no back-up, or damaged, or of the other kind of database; or the database
            can't be written.
    """
    database = Database.at(database_url)
    target = sqlite_file(database_url)
    try:
        _require_back_up(file, _POSTGRES if target is None else SQLITE)
        with in_words():
            asked = Restoring(
                name=file.name, at=database.clock(), operator=operator, of_another=of_another
            )
            if target is None:
                return restore_database(database.engine, file, asked)
            return restore_file(target, file, asked, progress)
    except OSError as error:
        where = f"{error.filename2 or error.filename or target}"
        raise Unavailable(f"{where}: {error.strerror}. Nothing was changed.") from error
    finally:
        database.close()


def _require_back_up(file: Path, wanted: bytes) -> None:
    """Refuse what is no back-up of a kind of database, by how it begins."""
    if not os.path.lexists(file):
        raise NotFound(f"There is no file {file}. Nothing was changed.")
    if file.is_dir():
        raise Unavailable(f"{file} is a folder, not a back-up. Nothing was changed.")
    with file.open("rb") as opened:
        begins = opened.read(len(SQLITE))
    if begins.startswith(wanted):
        _require_alone(file)
        return
    if begins.startswith((SQLITE, _POSTGRES)):
        kinds = {SQLITE: "SQLite", _POSTGRES: "PostgreSQL"}
        other = kinds[SQLITE if wanted == _POSTGRES else _POSTGRES]
        raise Unavailable(
            f"{file} is a back-up of {other}, and the database is of {kinds[wanted]}."
            " Nothing was changed."
        )
    what = "is no back-up: eds-tui db backup has not written it" if begins else "is empty"
    raise Unavailable(f"{file} {what}. Nothing was changed.")


def _require_alone(file: Path) -> None:
    """Refuse the copy of a database that was in use: a part of it lies in the files beside it."""
    for beside in with_beside(file)[1:]:
        if beside.exists() and beside.stat().st_size:
            raise Unavailable(
                f"{file} is no back-up but a database with changes beside it, in {beside.name}."
                " Nothing was changed."
            )
