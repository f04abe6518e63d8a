"""Commands that show the history of an incident, and why it is due when it is."""

from __future__ import annotations

import json

import click

from eds_tui.cli.context import acting, database_option, opened_services
from eds_tui.cli.options import as_option, json_option, number_argument
from eds_tui.domain.text import visible


@click.command()
@number_argument
@as_option
@json_option
@database_option
def history(login: str, number: int, as_json: bool) -> None:
    """Print what happened to the incident INC, oldest first, one line each.

    Below a description that was put right stands what it read before.
    """
    from eds_tui.cli.event_lines import event_lines

    with opened_services() as services:
        events = services.history.of_incident(acting(services, login), number)
    for line in event_lines(events, as_json=as_json):
        click.echo(line)


@click.command()
@number_argument
@as_option
@json_option
@database_option
def why_due(login: str, number: int, as_json: bool) -> None:
    """Print why the incident INC is due when it is, stretch by stretch."""
    with opened_services() as services:
        lines = services.history.why_due(acting(services, login), number)
    for line in lines:
        click.echo(json.dumps({"words": line}) if as_json else visible(line))


COMMANDS = (history, why_due)
"""To be commands of ``eds-tui incidents``."""
