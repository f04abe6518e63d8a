"""The command ``eds-tui reply``: adds, lists and removes canned replies, of all or one's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from eds_tui.cli.context import (
    TEXT,
    Function,
    acting,
    database_option,
    opened_services,
    say,
    text_or_input,
)
from eds_tui.cli.options import json_option
from eds_tui.cli.plain import indented
from eds_tui.domain.text import visible
from eds_tui.domain.views import CannedReply

if TYPE_CHECKING:
    from eds_tui.domain.account import Account
    from eds_tui.services.container import Services

_mine_option: Callable[[Function], Function] = click.option(
    "--mine", is_flag=True, help="One's own, which nobody else is given; with --as."
)
_as_option: Callable[[Function], Function] = click.option(
    "--as", "login", metavar="ACCOUNT", type=TEXT, help="Whose own it is; with --mine."
)


@click.group()
@database_option
def reply() -> None:
    """Add, list and remove canned replies: those of all, or with --mine --as somebody's own.

    In a reply, {caller}, {number} and {school} are filled in when it is used.
    """


@reply.command()
@click.argument("title", type=TEXT)
@click.argument("text", type=TEXT)
@_mine_option
@_as_option
@database_option
def add(title: str, text: str, login: str | None, *, mine: bool) -> None:
    """Keep TEXT under TITLE, in the place of what is kept there. - reads standard input."""
    with opened_services() as services:
        owner = _owner(services, login, mine=mine)
        kept = CannedReply(title, text_or_input("body", text))
        if owner is None:
            services.canned_replies.save(None, kept)
        else:
            services.canned_replies.save_own(owner, kept)
    say(f"Reply {visible(title.strip())} is kept{_for(owner)}.")


@reply.command("list")
@_mine_option
@_as_option
@json_option
@database_option
def list_replies(login: str | None, *, mine: bool, as_json: bool) -> None:
    """List the replies by title."""
    with opened_services() as services:
        owner = _owner(services, login, mine=mine)
        service = services.canned_replies
        replies = service.all(None) if owner is None else service.own(owner)
    for each in replies:
        if as_json:
            click.echo(json.dumps({"title": each.title, "text": each.body}))
            continue
        click.echo(visible(each.title))
        for line in indented(each.body):
            click.echo(line)


@reply.command()
@click.argument("title", type=TEXT)
@_mine_option
@_as_option
@database_option
def remove(title: str, login: str | None, *, mine: bool) -> None:
    """Remove the reply TITLE."""
    with opened_services() as services:
        owner = _owner(services, login, mine=mine)
        if owner is None:
            services.canned_replies.drop(None, title.strip())
        else:
            services.canned_replies.drop_own(owner, title.strip())
    say(f"Reply {visible(title.strip())} is removed.")


def _owner(services: Services, login: str | None, *, mine: bool) -> Account | None:
    """Return whose own reply is meant; ``None`` for one of all."""
    if mine != (login is not None):
        raise click.UsageError("Give --mine and --as ACCOUNT together, or neither of them.")
    return None if login is None else acting(services, login)


def _for(owner: Account | None) -> str:
    return "" if owner is None else f" for {visible(owner.login)} alone"
