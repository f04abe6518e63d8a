"""The command ``eds-tui account``: adds, lists and changes accounts."""

from __future__ import annotations

import json
import sys
from codecs import BOM_UTF8
from typing import Any

import click

from eds_tui.cli.context import TEXT, database_option, opened_services, say
from eds_tui.cli.options import json_option
from eds_tui.cli.plain import table
from eds_tui.cli.schools_given import SCHOOL, school_id
from eds_tui.domain.account import NewAccount, Role
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.password import LONGEST_PASSWORD, NOT_UTF8, TOO_LONG
from eds_tui.domain.text import visible


@click.group()
@database_option
def account() -> None:
    """Add, list, change, disable and enable accounts.

    A password is asked for; where there is no terminal it is one line of standard input.
    """


@account.command()
@click.argument("login", type=TEXT)
@click.option("--name", required=True, type=TEXT, help="The person's name, or a shared login's.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--school", metavar="SCHOOL", type=TEXT, help=f"Its school. {SCHOOL}")
@click.option("--generic", is_flag=True, help="A login that several people share.")
@click.option("--email", default="", type=TEXT)
@click.option("--team", default="", type=TEXT, help="The team of the service centre it is in.")
@database_option
def add(login: str, name: str, role: str, school: str | None, **values: Any) -> None:
    """Add the account LOGIN."""
    with opened_services() as services:
        id_ = school_id(services, school)
        new = NewAccount(login=login, name=name, role=Role(role), school_id=id_, **values)
        services.accounts.add(new, _new_password())
    say(f"Account {login} added.")


@account.command("list")
@json_option
@database_option
def list_accounts(as_json: bool) -> None:
    """List the accounts by name."""
    with opened_services() as services:
        portal_numbers = {school.id: school.portal_number for school in services.schools.all()}
        rows = [
            (
                found.login,
                found.role.value,
                portal_numbers.get(found.school_id or 0, ""),
                found.team,
                "disabled" if found.disabled else "",
                "on" if found.bell else "",
                found.name,
            )
            for found in services.accounts.all()
        ]
    for line in map(_as_json, rows) if as_json else table(_COLUMNS, rows):
        click.echo(line)


def _as_json(cells: tuple[str, ...]) -> str:
    login, role, school, team, state, bell, name = cells
    return json.dumps(
        {
            "account": login,
            "role": role,
            "school": school or None,
            "team": team or None,
            "disabled": bool(state),
            "bell": bool(bell),
            "name": name,
        }
    )


_COLUMNS = {"Account": 24, "Role": 7, "School": 6, "Team": 16, "State": 8, "Bell": 4, "Name": None}


@account.command()
@click.argument("login", type=TEXT)
@database_option
def password(login: str) -> None:
    """Give the account LOGIN a new password."""
    with opened_services() as services:
        found = services.accounts.by_login(login)
        services.accounts.set_password(found.login, _new_password())
    say(f"Account {found.login} has a new password.")


@account.command()
@click.argument("login", type=TEXT)
@database_option
def disable(login: str) -> None:
    """Shut the account LOGIN out."""
    with opened_services() as services:
        services.accounts.disable(login)
    say(f"Account {login} is disabled.")


@account.command()
@click.argument("login", type=TEXT)
@database_option
def enable(login: str) -> None:
    """Let the account LOGIN in again."""
    with opened_services() as services:
        services.accounts.enable(login)
    say(f"Account {login} is enabled.")


@account.command()
@click.argument("login", type=TEXT)
@click.argument("name", type=TEXT)
@database_option
def team(login: str, name: str) -> None:
    """Put the account LOGIN into the team NAME; "" takes it out of its team."""
    with opened_services() as services:
        found = services.accounts.set_team(login, name)
    where = f"in the team {visible(found.team)}" if found.team else "in no team"
    say(f"Account {found.login} is {where}.")


@account.command()
@click.argument("login", type=TEXT)
@click.argument("state", type=click.Choice(["on", "off"]))
@database_option
def bell(login: str, state: str) -> None:
    """Let the terminal of the account LOGIN ring when an incident becomes unread, or not."""
    with opened_services() as services:
        found = services.accounts.set_bell(login, on=state == "on")
    say(f"The bell of account {found.login} is {state}.")


@account.command()
@click.argument("login", type=TEXT)
@click.argument("name", metavar="ROLE", type=click.Choice([role.value for role in Role]))
@click.option("--school", metavar="SCHOOL", type=TEXT, help=f"Its school. {SCHOOL}")
@database_option
def role(login: str, name: str, school: str | None) -> None:
    """Give the account LOGIN the role ROLE; sessions that are open with it end."""
    with opened_services() as services:
        found = services.accounts.set_role(login, Role(name), school_id(services, school))
    say(f"Account {found.login} has the role {found.role.value}.")


@account.command()
@click.argument("login", type=TEXT)
@click.argument("wanted", metavar="SCHOOL", type=TEXT)
@database_option
def school(login: str, wanted: str) -> None:
    """Move the account LOGIN to SCHOOL; sessions that are open with it end.

    SCHOOL is a portal number, or a name that only one school has.
    """
    with opened_services() as services:
        to = services.schools.named(wanted)
        found = services.accounts.set_school(login, to.id)
    say(f"Account {found.login} belongs to {to.title}.")


@account.command()
@click.argument("login", type=TEXT)
@click.argument("name", metavar="THEME", type=TEXT)
@database_option
def theme(login: str, name: str) -> None:
    """Give the account LOGIN the theme THEME; "" leaves it to the terminal.

    THEME is eds-dark, eds-light, eds-contrast or eds-terminal. It is put on at the next sign-in.
    """
    with opened_services() as services:
        found = services.preferences.set_theme(login, name)
    what = f"the theme {name}" if name else "the theme of its terminal"
    say(f"Account {found.login} has {what}.")


_LONGEST_INPUT = 4 * LONGEST_PASSWORD + 4
"""Bytes of standard input in which every password has room; a longer one is told to be too long."""


def _new_password() -> str:
    """Ask for a password twice, unseen; without a terminal, read one line of standard input."""
    if sys.stdin is not None and sys.stdin.isatty():
        try:
            typed: str = click.prompt(
                "Password", hide_input=True, confirmation_prompt="The same again", err=True
            )
        except UnicodeDecodeError:
            raise InvalidInput({"password": NOT_UTF8}) from None
        return typed
    line = sys.stdin.buffer.readline(_LONGEST_INPUT) if sys.stdin is not None else b""
    if len(line) == _LONGEST_INPUT:
        raise InvalidInput({"password": TOO_LONG})
    try:
        # What a person types has no byte-order mark, and could not open the account with one.
        line = line.removeprefix(BOM_UTF8)
        return line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidInput({"password": NOT_UTF8}) from None
