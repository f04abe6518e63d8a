"""The command ``eds-tui reply``: adds, lists and removes canned replies."""

from __future__ import annotations

import json

import click

from eds_tui.cli.context import TEXT, database_option, opened_services, say, text_or_input
from eds_tui.cli.options import json_option
from eds_tui.cli.plain import indented
from eds_tui.domain.text import visible
from eds_tui.domain.views import CannedReply


@click.group()
@database_option
def reply() -> None:
    """Add, list and remove canned replies.

    In a reply, {caller}, {number} and {school} are filled in when it is used.
    """


@reply.command()
@click.argument("title", type=TEXT)
@click.argument("text", type=TEXT)
@database_option
def add(title: str, text: str) -> None:
    """Keep TEXT under TITLE, in the place of what is kept there. - reads standard input."""
    with opened_services() as services:
        services.canned_replies.save(None, CannedReply(title, text_or_input("body", text)))
    say(f"Reply {visible(title.strip())} is kept.")


@reply.command("list")
@json_option
@database_option
def list_replies(as_json: bool) -> None:
    """List the replies by title."""
    with opened_services() as services:
        replies = services.canned_replies.all(None)
    for each in replies:
        if as_json:
            click.echo(json.dumps({"title": each.title, "text": each.body}))
            continue
        click.echo(visible(each.title))
        for line in indented(each.body):
            click.echo(line)


@reply.command()
@click.argument("title", type=TEXT)
@database_option
def remove(title: str) -> None:
    """Remove the reply TITLE."""
    with opened_services() as services:
        services.canned_replies.drop(None, title.strip())
    say(f"Reply {visible(title.strip())} is removed.")
