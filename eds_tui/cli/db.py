"""``eds-tui db``: looking after the database."""

from __future__ import annotations

import click

from eds_tui.cli.context import database_option, say, settings


@click.group()
@database_option
def db() -> None:
    """Look after the database."""


@db.command()
@database_option
def upgrade() -> None:
    """Bring the database's schema up to date, making the database when there is none."""
    from eds_tui import bootstrap

    url = settings().database_url
    bootstrap.open_database(url).close()
    say(f"The schema is up to date: {url}")
