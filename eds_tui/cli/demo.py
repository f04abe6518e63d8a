"""The command ``eds-tui demo``: makes a database of made-up incidents and opens the kiosk on it."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
import platformdirs

from eds_tui.cli.context import database_option, given_database_url, say, tell
from eds_tui.cli.kiosk import require_terminal, show_kiosk
from eds_tui.domain.database_url import url_of
from eds_tui.domain.errors import NotAllowed, Unavailable
from eds_tui.domain.first_start import without_password
from eds_tui.host.database_url import sqlite_file
from eds_tui.settings import read_settings

if TYPE_CHECKING:
    from eds_tui.repository.unit_of_work import Database


@click.command()
@click.option("--reset", is_flag=True, help="Make it anew; what was done in it is gone.")
@click.option("--no-open", is_flag=True, help="Make it, say where it is, and open no kiosk.")
@database_option
@click.pass_context
def demo(ctx: click.Context, reset: bool, no_open: bool) -> None:
    """Open a demonstration with made-up schools and incidents.

    It is made at the first use, in the user's data folder or at --database URL, and kept.
    """
    url = given_database_url() or url_of(_usual_file())
    if not no_open:
        require_terminal()
    file = sqlite_file(url)
    if reset:
        _remove(url, file)
    if no_open or file is None or not os.path.exists(file):
        _make(url)
    if no_open:
        say(f"The demonstration is at {without_password(url)}")
        return
    ctx.exit(show_kiosk(read_settings(database_url=url), demo=True))


def _usual_file() -> Path:
    return platformdirs.user_data_path("eds-tui") / "demo.db"


def _make(url: str) -> None:
    """Fill the database unless it is filled already; a database in use by people is refused."""
    from eds_tui import bootstrap
    from eds_tui.demo.build import PATIENCE, build

    with closing(bootstrap.open_database(url, make=True)) as database:
        if _is_demonstration(database):
            return
        if not _is_empty(database):
            raise NotAllowed(_in_use(url))
        minutes = PATIENCE // timedelta(minutes=1)
        tell(
            "Making the demonstration, once; while another program writes to it this waits, up to"
            f" {minutes} minutes…"
        )
        build(database, database.clock())


def _remove(url: str, file: Path | None) -> None:
    if file is not None and not os.path.exists(file):
        return
    if not _is_disposable(url, file):
        raise NotAllowed(_in_use(url))
    if file is None:
        from eds_tui.repository import schema
        from eds_tui.repository.unit_of_work import Database

        with closing(Database.at(url)) as database:
            schema.take_down(database.engine)
        return
    try:
        for suffix in ("-wal", "-shm", "-journal", ""):
            Path(f"{file}{suffix}").unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(f"{file} can't be removed: {error.strerror}.") from error


def _in_use(url: str) -> str:
    return f"{without_password(url)} is in use and no demonstration. Nothing was changed."


def _is_disposable(url: str, file: Path | None) -> bool:
    """Return whether a database is a demonstration, or one of this program that holds nothing."""
    if file is not None and os.path.isfile(file) and file.stat().st_size == 0:
        return True
    from eds_tui import bootstrap
    from eds_tui.repository.unit_of_work import Database

    with closing(Database.at(url)) as database, database.reading() as work:
        if work.facts.schema_revision() is None:
            return False
    with closing(bootstrap.open_database(url)) as database:
        return _is_demonstration(database) or _is_empty(database)


def _is_empty(database: Database) -> bool:
    with database.reading() as work:
        return not (work.accounts.any() or work.schools.page("", limit=1))


def _is_demonstration(database: Database) -> bool:
    """Return whether a database is a demonstration, and not one of people with the same names.

    The password of the demonstration is the proof: it is too short for any other account.
    """
    from eds_tui.demo.accounts import ACCOUNTS, PASSWORD
    from eds_tui.demo.built import is_built
    from eds_tui.host.passwords import Passwords

    if not is_built(database):
        return False
    passwords = Passwords()
    with database.reading() as work:
        known = [work.accounts.credentials(account.login) for account in ACCOUNTS]
    return any(passwords.verify(found.password_hash, PASSWORD) for found in known if found)
