"""The command ``eds-tui school``: adds schools."""

from __future__ import annotations

from typing import Any

import click

from eds_tui.cli.context import TEXT, database_option, opened_services, say
from eds_tui.cli.plain import table
from eds_tui.domain.school import Contact, NewSchool


class ContactText(click.ParamType[Contact]):
    """A contact written ``NAME;JOB;TELEPHONE;EMAIL``; parts at the end may be left out."""

    name = "contact"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Contact:
        """Take the parts of a contact apart."""
        parts = [part.strip() for part in TEXT.convert(value, param, ctx).split(";")]
        if len(parts) > _PARTS or not parts[0]:
            raise click.BadParameter(f"write {_FORM}, the name first", ctx, param)
        name, job, telephone, email = parts + [""] * (_PARTS - len(parts))
        return Contact(name=name, job=job, telephone=telephone, email=email)


_FORM = "NAME;JOB;TELEPHONE;EMAIL"
_PARTS = _FORM.count(";") + 1


@click.group()
@database_option
def school() -> None:
    """Add and list schools."""


@school.command()
@click.option("--portal-number", required=True, type=TEXT, help="Five digits.")
@click.option("--name", required=True, type=TEXT)
@click.option("--town", required=True, type=TEXT)
@click.option("--la-number", default="", type=TEXT, help="Three digits of the local authority.")
@click.option("--dfe-number", default="", type=TEXT, help="Written 888/2001.")
@click.option("--urn", default="", type=TEXT, help="Six digits.")
@click.option("--telephone", default="", type=TEXT)
@click.option("--email", default="", type=TEXT, help="Is notified of the school's incidents.")
@click.option("--connection-type", default="", type=TEXT)
@click.option("--bandwidth", default="", type=TEXT)
@click.option(
    "--contact",
    "contacts",
    multiple=True,
    type=ContactText(),
    metavar=_FORM,
    help="Somebody at the school, several times if need be; the first is the main contact.",
)
@database_option
def add(contacts: tuple[Contact, ...], **values: Any) -> None:
    """Add a school."""
    from dataclasses import replace

    people = tuple(replace(contact, main=place == 0) for place, contact in enumerate(contacts))
    new = NewSchool(**values, contacts=people)
    with opened_services() as services:
        services.schools.add(new)
    say(f"School {new.portal_number} added.")


@school.command("list")
@database_option
def list_schools() -> None:
    """List the schools by portal number."""
    with opened_services() as services:
        rows = [
            (school.portal_number, school.dfe_number, school.urn, school.telephone, school.title)
            for school in services.schools.all()
        ]
    for line in table({"Portal": 6, "DfE": 8, "URN": 6, "Telephone": 20, "School": None}, rows):
        click.echo(line)
