"""The command ``eds-tui view``: lists, keeps, renames, moves and drops saved views."""

from __future__ import annotations

import json

import click

from eds_tui.cli.choices import WholeNumber
from eds_tui.cli.context import TEXT, acting, database_option, opened_services, say
from eds_tui.cli.options import as_option, json_option
from eds_tui.cli.plain import table
from eds_tui.domain.errors import NotFound
from eds_tui.domain.saved_view import SavedView
from eds_tui.domain.text import visible

_digit_argument = click.argument("digit", type=WholeNumber("digit", up_to=9))


@click.group()
@database_option
def view() -> None:
    """List, keep, rename, move and drop saved views: searches under a digit from 1 to 9.

    What one finds: eds-tui incidents search --view DIGIT.
    """


@view.command("list")
@as_option
@json_option
@database_option
def list_views(login: str, as_json: bool) -> None:
    """List the views of an account by digit."""
    with opened_services() as services:
        views = services.saved_views.of(acting(services, login))
    for line in map(_as_json, views) if as_json else table(_COLUMNS, map(_cells, views)):
        click.echo(line)


_COLUMNS = {"Digit": 5, "Name": 32, "Search": None}


def _cells(kept: SavedView) -> tuple[str, ...]:
    return str(kept.digit), kept.name, kept.search


def _as_json(kept: SavedView) -> str:
    return json.dumps({"digit": kept.digit, "name": kept.name, "search": kept.search})


@view.command()
@_digit_argument
@click.argument("name", type=TEXT)
@click.argument("search", type=TEXT)
@as_option
@database_option
def save(login: str, digit: int, name: str, search: str) -> None:
    """Keep SEARCH under DIGIT and NAME, in the place of what is kept there."""
    with opened_services() as services:
        services.saved_views.save(acting(services, login), SavedView(digit, name, search))
    say(f"View {digit} is {visible(name.strip())}.")


@view.command()
@_digit_argument
@click.argument("name", type=TEXT)
@as_option
@database_option
def rename(login: str, digit: int, name: str) -> None:
    """Call the view under DIGIT NAME; its search stays."""
    with opened_services() as services:
        services.saved_views.rename(acting(services, login), digit, name)
    say(f"View {digit} is {visible(name.strip())}.")


@view.command()
@_digit_argument
@click.argument("to", type=WholeNumber("digit", up_to=9))
@as_option
@database_option
def move(login: str, digit: int, to: int) -> None:
    """Keep the view under DIGIT under TO from now on; what is kept there takes its place."""
    with opened_services() as services:
        services.saved_views.move(acting(services, login), digit, to)
        name = services.saved_views.under(acting(services, login), to).name
    say(f"View {to} is {visible(name)}.")


@view.command()
@_digit_argument
@as_option
@database_option
def drop(login: str, digit: int) -> None:
    """Keep no view under DIGIT any more."""
    with opened_services() as services:
        if not services.saved_views.drop(acting(services, login), digit):
            raise NotFound(f"You keep no view under {digit}.")
    say(f"View {digit} is dropped.")
