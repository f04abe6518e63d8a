"""The command ``eds-tui feedback``: lists what schools said of closed incidents."""

from __future__ import annotations

import json

import click

from eds_tui.cli.choices import WholeNumber
from eds_tui.cli.context import TEXT, acting, database_option, opened_services
from eds_tui.cli.options import as_option, json_option
from eds_tui.cli.plain import indented
from eds_tui.cli.schools_given import SCHOOL, school_id
from eds_tui.domain.clock import full_time
from eds_tui.domain.incident import format_number
from eds_tui.domain.rated_incident import RatedIncident
from eds_tui.domain.text import first_line, visible


@click.command()
@as_option
@click.option("--school", metavar="SCHOOL", type=TEXT, help=f"Only of this school. {SCHOOL}")
@click.option(
    "--limit", type=WholeNumber("count", is_most=True), default=50, help="At most so many; 50."
)
@json_option
@database_option
def feedback(login: str, school: str | None, limit: int, as_json: bool) -> None:
    """List the feedback of schools, newest first; leads read it.

    A school gives it with eds-tui incidents rate.
    """
    with opened_services() as services:
        actor = acting(services, login)
        found = services.feedback.latest(actor, school_id(services, school), limit)
    for each in found:
        for line in [_as_json(each)] if as_json else _lines(each):
            click.echo(line)


def _lines(rated: RatedIncident) -> list[str]:
    given = rated.feedback
    head = f"{format_number(rated.number)}  {given.rating} of 5  {full_time(given.at)}"
    lines = [f"{head}  {visible(rated.by)}, {visible(rated.school)}"]
    lines.append(f"  about: {first_line(rated.details)}")
    return [*lines, *(indented(given.words) if given.words else ())]


def _as_json(rated: RatedIncident) -> str:
    return json.dumps(
        {
            "number": format_number(rated.number),
            "school": rated.school,
            "details": rated.details,
            "by": rated.by,
            "rating": rated.feedback.rating,
            "text": rated.feedback.words,
            "at": rated.feedback.at.isoformat(),
        }
    )
