"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable

import click

from eds_tui.cli.choices import Reference, WholeNumber
from eds_tui.cli.context import TEXT, Function

as_option: Callable[[Function], Function] = click.option(
    "--as",
    "login",
    metavar="ACCOUNT",
    required=True,
    type=TEXT,
    help="The account that it is done for.",
)
"""Whose permissions hold."""

json_option: Callable[[Function], Function] = click.option(
    "--json", "as_json", is_flag=True, help="One JSON object a line, for scripts."
)
"""Output for scripts."""

number_argument: Callable[[Function], Function] = click.argument(
    "number", metavar="INC", type=Reference()
)
"""The incident that is meant."""

seen_option: Callable[[Function], Function] = click.option(
    "--seen",
    metavar="VERSION",
    type=WholeNumber("version"),
    help="Decide on what was seen: the version that show --json gave. What others have changed"
    " since and the decision rests on is told, and nothing is done.",
)
"""The version of the incident that the decision is made on (rule 37)."""


def one_of(names: str, *given: bool) -> None:
    """Refuse unless exactly one of several options is given.

    Args:
        names: What to give, for whoever gave none or several.
        given: Whether each is given.
    """
    if sum(given) != 1:
        raise click.UsageError(f"Give one of {names}.")
