"""Databases for kiosks in pseudo-terminals: prepared before, and read after."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from eds_tui import bootstrap
from eds_tui.domain.incident import ChosenFile, FileContents
from eds_tui.services.container import Services
from tests.factories import People, new_form
from tests.furnished import Furnished
from tests.ui.pty_kiosk import url


@contextmanager
def services_at(home: Path) -> Iterator[Services]:
    """Open the services over the database in a home folder, at the present time."""
    database = bootstrap.open_database(url(home), make=True)
    yield bootstrap.open_services(database)
    database.close()


@contextmanager
def one_byte() -> Iterator[FileContents]:
    """Open a file of one byte."""
    yield FileContents(1, iter([b"x"]))


def log_with_file(services: Services, people: People, text: str) -> int:
    """Log a call of the first school with a file; every field holds a text."""
    form = new_form(
        school_id=people.school.id,
        description=text,
        caller=f"C{text}"[:200],
        telephone=text[:200],
        files=(ChosenFile(name=text, size=1, path=text, open=one_byte),),
    )
    return services.report.log(people.handler, form).number


def spoil_people(home: Path, text: str) -> None:
    """Put a text into what names the first school, its people and the accounts.

    As another program may have left it: the services take it for no e-mail address, for one.
    """
    with closing(sqlite3.connect(home / "eds.db")) as connection, connection:
        connection.execute(
            "UPDATE schools SET name=?, town=?, telephone=?, email=?, connection_type=?"
            " WHERE portal_number='00000'",
            [text] * 5,
        )
        connection.execute("UPDATE contacts SET name=?, job=?, telephone=?, email=?", [text] * 4)
        connection.execute("UPDATE accounts SET name=?", [text])


def logged(home: Path) -> list[tuple[str, str, str, str, str, int]]:
    """Return caller, telephone, description, school, category and impact of every incident."""
    with closing(sqlite3.connect(home / "eds.db")) as connection:
        return connection.execute(
            "SELECT contact_name, contact_telephone, description, portal_number, category, impact"
            " FROM incidents JOIN schools ON schools.id = school_id ORDER BY number"
        ).fetchall()


def drafts(home: Path, people: People) -> list[str]:
    """Return the descriptions of the handler's calls that are kept."""
    with services_at(home) as services:
        kept = services.drafts.under(people.handler, "call:")
        return [str(draft.body.get("description")) for draft in kept]


def prepared(furnished: Furnished, home: Path) -> Path:
    """Put a furnished database into a new home folder, with a folder for files, and return it."""
    (home / "files").mkdir(parents=True)
    furnished.store.replace(url(home), furnished.url)
    return home
