"""Commands of ``eds-tui incidents`` about who rings again: counting it, and listing what was."""

from __future__ import annotations

from typing import Any

import click

from eds_tui.cli.as_json import row_json
from eds_tui.cli.choices import WholeNumber
from eds_tui.cli.context import TEXT, acting, database_option, opened_services
from eds_tui.cli.once import done_once, key_option
from eds_tui.cli.options import as_option, json_option, number_argument
from eds_tui.cli.plain import incident_table, outcome
from eds_tui.domain.account import Account
from eds_tui.domain.row_in_words import rang_in_words
from eds_tui.domain.text import visible
from eds_tui.domain.views import IncidentRow
from eds_tui.services.container import Services


@click.command()
@number_argument
@click.option("--caller", required=True, type=TEXT, help="Who rang.")
@key_option
@as_option
@database_option
def chase(login: str, number: int, key: str | None, caller: str) -> None:
    """Count that CALLER rang about the incident INC; nobody is told, the school neither."""

    def count(services: Services, actor: Account) -> IncidentRow:
        return services.callers.chase(actor, number, caller)

    def as_it_is(services: Services, actor: Account, _: dict[str, Any]) -> IncidentRow:
        return services.queue.open(actor, number, again=True).row

    click.echo(outcome(done_once(login, key, ("chase", number, caller), count, as_it_is)))


@click.command()
@as_option
@click.option(
    "--limit", type=WholeNumber("count", is_most=True), default=50, help="At most so many; 50."
)
@json_option
@database_option
def chased(login: str, limit: int, as_json: bool) -> None:
    """List the open incidents that somebody rang about again, the most often first."""
    with opened_services() as services:
        rows = services.callers.chased(acting(services, login), limit)
    if as_json:
        for row in rows:
            click.echo(row_json(row, internal=True))
        return
    heading, *lines = incident_table(rows, internal=True)
    click.echo(f"{'Rang':26}  {heading}")
    for row, line in zip(rows, lines, strict=False):
        click.echo(f"{visible(rang_in_words(row).removeprefix('rang ')):26}  {line}")


COMMANDS = (chase, chased)
"""To be commands of ``eds-tui incidents``."""
