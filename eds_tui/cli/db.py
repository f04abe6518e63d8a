"""The command ``eds-tui db``: upgrades, checks, backs up and restores the database."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eds_tui.cli.context import database_option, operator, say, settings
from eds_tui.cli.progress import progress_bar
from eds_tui.domain.first_start import without_password

if TYPE_CHECKING:
    from eds_tui.repository.finding import Finding
    from eds_tui.repository.unit_of_work import Database


@click.group()
@database_option
def db() -> None:
    """Look after the database."""


@contextmanager
def _opened(*, make: bool = False) -> Iterator[Database]:
    from eds_tui import bootstrap

    with closing(bootstrap.open_chosen(settings(), make=make)) as database:
        yield database


@contextmanager
def _no_sweeping() -> Iterator[None]:
    """Look for no rubbish that goes in circles: what millions of rows leave behind does not.

    To look for it takes a tenth of the time of reading them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@db.command()
@database_option
@click.pass_context
def upgrade(ctx: click.Context) -> None:
    """Bring the database's schema up to date, making the database when there is none.

    On PostgreSQL also what schools reach is made anew, where it is not as it is to be. The exit
    code is 1 where only the administrator of the server can put that right.
    """
    from eds_tui.repository import schema

    with _opened(make=True) as database:
        wrong = schema.put_right(database)
        say(f"The schema is up to date: {without_password(database.name)}")
    for problem in wrong:
        say(f"  {problem}")
    if wrong:
        ctx.exit(1)


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@database_option
def backup(file: Path) -> None:
    """Write a back-up to FILE, which must not be there yet, while everybody works.

    It holds the database of one moment. Of SQLite it is a database like the one in use; of
    PostgreSQL it is what pg_restore reads.
    """
    with _opened() as database, progress_bar("Backing up") as progress:
        database.back_up(file, progress)
    say(f"Backed up to {file} ({file.stat().st_size:,} bytes)")


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--of-another-installation", "of_another", is_flag=True,
    help="Also where the histories of both begin differently.",
)  # fmt: skip
@database_option
def restore(file: Path, of_another: bool) -> None:
    """Put the back-up FILE in the place of the database, while nobody works on it.

    FILE is what "db backup" has written. It is looked through first, and takes the place of what is
    there at one stroke; that is kept under another name, which is said. No incident number is given
    out again, and no e-mail sent again.
    """
    from eds_tui.domain.restoring import in_lines
    from eds_tui.host import first_use
    from eds_tui.repository.restore import restore as restored

    url = settings().database_url
    with progress_bar("Looking through the back-up") as progress:
        done = restored(url, file, operator=operator(), of_another=of_another, progress=progress)
    first_use.is_over(url)
    say(f"Restored {file} to {without_password(url)}")
    for line in in_lines(done):
        say(f"  {line}")


@db.command()
@database_option
@click.pass_context
def check(ctx: click.Context) -> None:
    """Say whether numbers, history, comments, files and full text agree.

    On PostgreSQL also whether schools reach there what they may and no more. Nothing is changed.
    The exit code is 1 where something is wrong.
    """
    findings: list[Finding] = []
    try:
        with _opened() as database, progress_bar("Looking through") as progress, _no_sweeping():
            findings.extend(database.check(progress))
    finally:
        for finding in findings:
            say(f"{finding.subject}: {'WRONG' if finding.problems else 'all right'}")
            for problem in finding.problems:
                say(f"  {problem}")
    if any(finding.problems for finding in findings):
        ctx.exit(1)
