"""The command ``eds-tui audit``: who signed in, who read what is confidential, who changed what."""

from __future__ import annotations

from collections.abc import Callable

import click

from eds_tui.cli.choices import WholeNumber
from eds_tui.cli.context import Function, acting, database_option, opened_services
from eds_tui.cli.event_lines import event_lines
from eds_tui.cli.options import as_option, json_option

_limit_option: Callable[[Function], Function] = click.option(
    "--limit", type=WholeNumber("count", is_most=True), default=200, help="At most so many; 200."
)


@click.group()
@database_option
def audit() -> None:
    """Show who signed in, who read what is confidential, and who changed what; to leads."""


@audit.command()
@as_option
@_limit_option
@json_option
@database_option
def sign_ins(login: str, limit: int, as_json: bool) -> None:
    """List sign-ins, refused ones too, and who opened confidential incidents, newest first."""
    with opened_services() as services:
        events = services.history.watched(acting(services, login), limit)
    for line in event_lines(events, as_json=as_json):
        click.echo(line)


@audit.command()
@as_option
@_limit_option
@json_option
@database_option
def changes(login: str, limit: int, as_json: bool) -> None:
    """List who changed accounts, schools, calendar, replies and texts, from and to, newest first.

    Where somebody did it at the console, that is the Linux user.
    """
    with opened_services() as services:
        events = services.history.administration(acting(services, login), limit)
    for line in event_lines(events, as_json=as_json):
        click.echo(line)
