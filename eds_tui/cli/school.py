"""The command ``eds-tui school``: adds, finds, shows and changes schools."""

from __future__ import annotations

import json
from typing import Any

import click

from eds_tui.cli.context import TEXT, Function, acting, database_option, opened_services, say
from eds_tui.cli.options import as_option, json_option
from eds_tui.cli.plain import NOTHING, incident_table
from eds_tui.cli.school_lines import (
    caller_json,
    caller_line,
    school_data,
    school_json,
    school_lines,
    school_table,
)
from eds_tui.domain.errors import InvalidInput, NotFound
from eds_tui.domain.history import changes_in_words
from eds_tui.domain.school import Contact, NewSchool
from eds_tui.domain.school_change import CONTACT_FORM, SchoolChange, contact_of, differences
from eds_tui.domain.text import visible


class ContactText(click.ParamType[Contact]):
    """A contact written ``NAME;JOB;TELEPHONE;EMAIL``; parts at the end may be left out."""

    name = "contact"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Contact:
        """Take the parts of a contact apart."""
        try:
            return contact_of(TEXT.convert(value, param, ctx))
        except InvalidInput as error:
            raise click.BadParameter(error.message, ctx, param) from error


@click.group()
@database_option
def school() -> None:
    """Add, list, find, show and change schools.

    SCHOOL is a portal number, or a name that only one school has.
    """


@school.command()
@click.option("--portal-number", required=True, type=TEXT, help="Five digits.")
@click.option("--name", required=True, type=TEXT)
@click.option("--town", required=True, type=TEXT)
@click.option("--la-number", default="", type=TEXT, help="Three digits of the local authority.")
@click.option("--dfe-number", default="", type=TEXT, help="Written 888/2001.")
@click.option("--urn", default="", type=TEXT, help="Six digits.")
@click.option("--telephone", default="", type=TEXT)
@click.option(
    "--email", default="", type=TEXT, help="Is notified of the school's incidents; else the head's."
)
@click.option("--connection-type", default="", type=TEXT)
@click.option("--bandwidth", default="", type=TEXT)
@click.option(
    "--contact",
    "contacts",
    multiple=True,
    type=ContactText(),
    metavar=CONTACT_FORM,
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
@json_option
@database_option
def list_schools(as_json: bool) -> None:
    """List the schools by portal number."""
    with opened_services() as services:
        schools = services.schools.all()
    for line in map(school_json, schools) if as_json else school_table(schools):
        click.echo(line)


@school.command()
@click.argument("text", type=TEXT)
@as_option
@json_option
@database_option
def find(login: str, text: str, as_json: bool) -> None:
    """Find the schools that TEXT is of, best first, as New call does.

    TEXT is a number of theirs, part of name, town or contact, or of a telephone number.
    """
    with opened_services() as services:
        found, total = services.schools.find(acting(services, login), text)
    for line in map(school_json, found) if as_json else school_table(found):
        click.echo(line)
    if total > len(found) and not as_json:
        click.echo(f"There are {total - len(found):,} more; type more of the name.")
    if not found:
        raise NotFound("No school is found by that.")


@school.command()
@click.argument("wanted", metavar="SCHOOL", type=TEXT)
@as_option
@json_option
@database_option
def show(login: str, wanted: str, as_json: bool) -> None:
    """Show SCHOOL: its numbers, notified address, connection, contacts, and what it has open.

    A school account reads its own.
    """
    from eds_tui.cli.as_json import row_data
    from eds_tui.cli.reading import listed
    from eds_tui.cli.schools_given import school_id_for
    from eds_tui.domain.account import Action
    from eds_tui.domain.views import LATEST_CLOSED, ListQuery, View

    with opened_services() as services:
        actor = acting(services, login)
        id_ = school_id_for(services, actor, wanted)
        internal = actor.may(Action.TRIAGE)
        found = services.schools.by_id(actor, id_)
        lists = {
            name: list(listed(services.queue, actor, ListQuery(view, id_), LATEST_CLOSED))
            for name, view in (("open", View.OPEN), ("closed", View.CLOSED))
        }
    if as_json:
        incidents = {
            name: [row_data(row, internal=internal) for row in rows] for name, rows in lists.items()
        }
        click.echo(json.dumps(school_data(found) | {"incidents": incidents}))
        return
    for line in school_lines(found):
        click.echo(line)
    for name, rows in lists.items():
        click.echo(f"\nIncidents, {name}{'' if rows else f': {NOTHING}'}")
        for line in incident_table(rows, internal=internal) if rows else ():
            click.echo(line)


@school.command()
@click.argument("wanted", metavar="SCHOOL", type=TEXT)
@click.option("--forget", multiple=True, type=TEXT, metavar="NAME", help="Offer them no more.")
@click.option("--forget-all", is_flag=True, help="Offer none of them any more.")
@as_option
@json_option
@database_option
def callers(
    login: str, wanted: str, forget: tuple[str, ...], forget_all: bool, as_json: bool
) -> None:
    """List who has rung from SCHOOL and is none of its contacts; leads may have them forgotten."""
    with opened_services() as services:
        actor = acting(services, login)
        id_ = services.schools.named(wanted).id
        for name in (None,) if forget_all else forget:
            services.callers.forget(actor, id_, name)
        known = services.callers.of_school(actor, id_)
    for line in map(caller_json, known) if as_json else map(caller_line, known):
        click.echo(line)


_TEXTS = {
    "--portal-number": "Five digits.",
    "--name": "",
    "--town": "",
    "--la-number": "Three digits of the local authority.",
    "--dfe-number": "Written 888/2001.",
    "--urn": "Six digits.",
    "--telephone": "",
    "--email": 'Is notified of all incidents of the school; "" for the head\'s again.',
    "--connection-type": "",
    "--bandwidth": "",
}


def _text_options(function: Function) -> Function:
    for name, words in reversed(_TEXTS.items()):
        function = click.option(name, type=TEXT, help=words)(function)
    return function


@school.command()
@click.argument("wanted", metavar="SCHOOL", type=TEXT)
@_text_options
@click.option(
    "--contact",
    "contacts",
    multiple=True,
    type=ContactText(),
    metavar=CONTACT_FORM,
    help="Somebody new at the school, or in the place of who has the name.",
)
@click.option("--without", multiple=True, type=TEXT, metavar="NAME", help="No contact any more.")
@click.option("--main-contact", "main", type=TEXT, metavar="NAME", help="Offered first as caller.")
@click.option("--closed/--open", default=None, help="A closed one takes no new incident.")
@as_option
@database_option
def change(login: str, wanted: str, **values: Any) -> None:
    """Change SCHOOL, which leads do; what is not given stays as it is.

    An empty text takes away: --urn "". What was there and what is there now are told.
    """
    asked = SchoolChange(**values)
    if asked == SchoolChange():
        raise click.UsageError("Give something to change.")
    with opened_services() as services:
        actor = acting(services, login)
        before, after = services.schools.change(actor, services.schools.named(wanted).id, asked)
    changed = changes_in_words(differences(before, after))
    say(f"{after.portal_number}  {visible(after.title)}: {changed or 'it was so already'}")
