"""The command ``eds-tui service-level``: shows and sets service hours and targets (rule 21)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from eds_tui.cli.context import (
    database_option,
    file_or_input,
    opened_services,
    say,
)  # fmt: skip

if TYPE_CHECKING:
    from eds_tui.domain.targets import ServiceLevel


@click.group()
@database_option
def service_level() -> None:
    """Show and set the service hours and the targets."""


@service_level.command()
@click.option("--json", "form", flag_value="json", help="As it is stored, for scripts.")
@click.option("--toml", "form", flag_value="toml", help="As set reads it.")
@database_option
def show(form: str | None) -> None:
    """Show the service hours, the days on which it is closed, and the targets."""
    from eds_tui.cli.level_toml import level_lines

    with opened_services() as services:
        level = services.service_levels.current()
    if form == "json":
        click.echo(json.dumps(level.to_data()))
        return
    for line in level_lines(level) if form == "toml" else _plain_lines(level):
        click.echo(line)


def _plain_lines(level: ServiceLevel) -> Iterator[str]:
    from eds_tui.domain.priority import Priority
    from eds_tui.domain.service_hours import WEEKDAYS, write_day

    calendar = level.calendar
    yield "Service hours"
    for name, hours in zip(WEEKDAYS, calendar.week, strict=True):
        yield f"  {name.capitalize():11}{write_day(hours) or 'closed'}"
    yield f"Bank holidays of England and Wales: {'closed' if calendar.bank_holidays else 'open'}"
    yield "Extra closed days"
    for day in sorted(calendar.closed_days):
        yield f"  {day:%a} {day.day} {day:%b} {day.year}"
    if not calendar.closed_days:
        yield "  none"
    yield "Targets"
    for priority in Priority:
        yield f"  {priority.label:25}{level.target(priority).label}"


@service_level.command("set")
@click.argument("file", metavar="FILE")
@database_option
def set_level(file: str) -> None:
    """Put the service level in force that the TOML in FILE says; - reads standard input.

    show --toml writes one to begin with.
    """
    from eds_tui.cli.level_toml import read_level

    level = read_level(file_or_input(file, "service level"))
    with opened_services() as services:
        count = services.service_levels.change(None, level)
    incidents = "1 open incident was" if count == 1 else f"{count:,} open incidents were"
    say(f"The service level is in force; {incidents} recomputed.")
