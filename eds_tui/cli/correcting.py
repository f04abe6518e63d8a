"""The command ``eds-tui incidents correct``: puts right what was logged (rule 40)."""

from __future__ import annotations

import click

from eds_tui.cli.as_json import row_json
from eds_tui.cli.choices import CATEGORY, IMPACT
from eds_tui.cli.context import TEXT, database_option, file_or_input, text_or_input
from eds_tui.cli.once import key_option
from eds_tui.cli.options import as_option, json_option, number_argument, seen_option
from eds_tui.cli.plain import outcome
from eds_tui.cli.schools_given import SCHOOL, school_id_for
from eds_tui.cli.triage import Asked, decided
from eds_tui.domain.account import Account, Action
from eds_tui.domain.correction import Correction
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.priority import Category, Impact
from eds_tui.domain.views import IncidentRow
from eds_tui.services.container import Services


@click.command()
@number_argument
@click.option("--category", type=CATEGORY, help="A name or its letter: D, H, N, P, S.")
@click.option("--impact", type=IMPACT, help="1, 2, 3, 4 or a name.")
@click.option("--school", metavar="SCHOOL", type=TEXT, help=f"Whose it is. {SCHOOL}")
@click.option("--caller", metavar="NAME", type=TEXT, help="Who reported it.")
@click.option("--telephone", metavar="TEXT", type=TEXT, help="For calling back.")
@click.option("--email", metavar="ADDRESS", type=TEXT, help="The caller's.")
@click.option(
    "--description", metavar="TEXT", type=TEXT, help="The fault in words; - reads standard input."
)
@click.option("--description-file", "path", metavar="FILE", help="A file with the fault in words.")
@seen_option
@key_option
@as_option
@json_option
@database_option
def correct(
    login: str,
    number: int,
    seen: int | None,
    key: str | None,
    category: Category | None,
    impact: Impact | None,
    school: str | None,
    caller: str | None,
    telephone: str | None,
    email: str | None,
    description: str | None,
    path: str | None,
    as_json: bool,
) -> None:
    """Put right what was logged of the incident INC, while it is not closed.

    What is left out stays as it is. Another school is told of it as of a new one, and the former
    school nothing more; what was said and attached until then it never sees.
    """
    words = _words(description, path)
    given = (category, impact, school, caller, telephone, email, words)

    def do(services: Services, actor: Account) -> IncidentRow:
        # Whoever may not is refused before any school is looked up.
        actor.require(Action.TRIAGE)
        correction = Correction(
            category=category,
            impact=impact,
            school_id=school_id_for(services, actor, school, for_new=True),
            caller=caller,
            telephone=telephone,
            email=email,
            description=words,
        )
        return services.corrections.correct(actor, number, seen, correction)

    row = decided(Asked.of(login, key, number, *given), do)
    click.echo(row_json(row, internal=True) if as_json else outcome(row))


def _words(description: str | None, path: str | None) -> str | None:
    if description is not None and path is not None:
        sentence = "Give --description or --description-file, not both."
        raise InvalidInput({"description": sentence})
    if path is not None:
        return file_or_input(path, "description")
    return None if description is None else text_or_input("description", description)


COMMANDS = (correct,)
"""To be commands of ``eds-tui incidents``."""
