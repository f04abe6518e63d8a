"""Commands of ``eds-tui incidents`` that search, and that give feedback."""

from __future__ import annotations

from functools import partial

import click

from eds_tui.cli.as_json import row_json
from eds_tui.cli.choices import WholeNumber
from eds_tui.cli.context import (
    TEXT,
    acting,
    database_option,
    opened_services,
    say,
    tell,
    text_or_input,
)
from eds_tui.cli.once import done_once, key_option
from eds_tui.cli.options import as_option, json_option, number_argument, one_of
from eds_tui.cli.plain import incident_table
from eds_tui.cli.sort_option import sort_option
from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import full_time
from eds_tui.domain.incident import format_number
from eds_tui.domain.sorting import Sort
from eds_tui.services.container import Services


@click.command()
@click.argument("text", required=False, type=TEXT)
@click.option(
    "--view", "digit", type=WholeNumber("digit", up_to=9), help="What is kept under this digit."
)
@as_option
@sort_option
@click.option(
    "--limit", type=WholeNumber("count", is_most=True), default=50, help="At most so many; 50."
)
@json_option
@database_option
def search(
    login: str, text: str | None, digit: int | None, sort: Sort | None, limit: int, as_json: bool
) -> None:
    """Search incidents by words, numbers and filters, newest first unless another --sort is given.

    Filters are school: state: category: impact: priority: assigned: from: to: and is:, with
    is:late, is:confidential and is:replied. What is not understood is told beside the output.
    """
    from eds_tui.cli.reading import searched

    one_of("TEXT and --view DIGIT", text is not None, digit is not None)
    with opened_services() as services:
        actor = acting(services, login)
        if digit is not None:
            text = services.saved_views.under(actor, digit).search
        wanted = text or ""
        found = searched(services.search, actor, wanted, limit, sort or Sort.NEWEST)
        internal = actor.may(Action.TRIAGE)
        lines = map(partial(row_json, internal=internal), found.rows)
        for line in lines if as_json else incident_table(found.rows, internal=internal):
            click.echo(line)
        for problem in services.search.understand(actor, wanted).problems:
            tell(problem)
    if found.looked_back_to is not None:
        back_to = full_time(found.looked_back_to)
        tell(f"Incidents logged before {back_to} were not looked at; to:{back_to[:10]} does.")
    if found.older:
        tell(f"There are more than these {limit:,}; --limit shows more.")


@click.command()
@number_argument
@click.argument("stars", metavar="1-5", type=WholeNumber("rating", up_to=5))
@click.argument("text", default="", type=TEXT)
@as_option
@key_option
@database_option
def rate(login: str, number: int, stars: int, text: str, key: str | None) -> None:
    """Rate how the closed incident INC was handled, 1 (poor) to 5 (very good), once.

    TEXT says more; - reads standard input. The incident's own school does that.
    """
    words = text_or_input("words", text)

    def do(services: Services, actor: Account) -> None:
        services.conversation.rate(actor, number, stars, words)

    done_once(login, key, ("rate", number, stars, words), do, lambda _, __, ___: None)
    say(f"{format_number(number)} is rated; thank you.")


COMMANDS = (search, rate)
"""To be commands of ``eds-tui incidents``."""
