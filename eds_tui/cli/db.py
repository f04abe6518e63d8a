"""The command ``eds-tui db``: upgrades, checks and backs up the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eds_tui.cli.context import database_option, say, settings
from eds_tui.domain.first_start import without_password

if TYPE_CHECKING:
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
    with _opened() as database:
        database.back_up(file)
    say(f"Backed up to {file} ({file.stat().st_size:,} bytes)")


@db.command()
@database_option
@click.pass_context
def check(ctx: click.Context) -> None:
    """Say whether numbers, history, comments, files and full text agree.

    On PostgreSQL also whether schools reach there what they may and no more. Nothing is changed.
    The exit code is 1 where something is wrong.
    """
    wrong = 0
    with _opened() as database:
        for finding in database.check():
            say(f"{finding.subject}: {'all right' if not finding.problems else 'WRONG'}")
            for problem in finding.problems:
                say(f"  {problem}")
            wrong += bool(finding.problems)
    if wrong:
        ctx.exit(1)
