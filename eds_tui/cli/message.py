"""The command ``eds-tui message``: edits the texts of the e-mails to schools and service desk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from eds_tui.cli.context import (
    acting,
    database_option,
    file_or_input,
    opened_database,
    opened_services,
    operator,
    say,
)  # fmt: skip
from eds_tui.cli.options import as_option, json_option
from eds_tui.cli.plain import table
from eds_tui.domain.clock import full_time
from eds_tui.domain.notification import OFFERED, NotificationKind

if TYPE_CHECKING:
    from eds_tui.services.message_texts import MessageTexts, TextEntry

_kind_argument = click.argument(
    "kind", metavar="KIND", type=click.Choice([kind.value for kind in NotificationKind])
)


@contextmanager
def _opened_texts() -> Iterator[MessageTexts]:
    from eds_tui import bootstrap

    with opened_database() as (database, chosen):
        yield bootstrap.open_message_texts(database, chosen, operator=operator())


@click.group()
@database_option
def message() -> None:
    """Show and set the texts of e-mails.

    KIND is logged, comment, state, resolved, closed or taken_back.
    """


@message.command("list")
@json_option
@database_option
def list_texts(as_json: bool) -> None:
    """List the kinds, whose text is in force, and the names that it may use."""
    with _opened_texts() as texts:
        entries = texts.all()
    if as_json:
        for entry in entries:
            click.echo(_as_json(entry))
        return
    rows = [
        (
            entry.kind.value,
            f"{entry.changed_by}, {full_time(entry.changed_at)}"
            if entry.changed_at
            else "built in",
            ", ".join(OFFERED[entry.kind]),
        )
        for entry in entries
    ]
    for line in table({"Kind": 10, "Text": 36, "Names": None}, rows):
        click.echo(line)


def _as_json(entry: TextEntry) -> str:
    return json.dumps(
        {
            "kind": entry.kind.value,
            "changed_by": entry.changed_by or None,
            "changed_at": entry.changed_at.isoformat() if entry.changed_at else None,
            "names": list(OFFERED[entry.kind]),
        }
    )


@message.command()
@_kind_argument
@json_option
@database_option
def show(kind: str, as_json: bool) -> None:
    """Show the text for KIND that is in force, as set reads it."""
    from eds_tui.mail.texts import write

    with _opened_texts() as texts:
        text = texts.get(NotificationKind(kind))
    if as_json:
        click.echo(json.dumps({"kind": kind, "subject": text.subject, "body": text.body}))
    else:
        say(write(text).rstrip("\n"))


@message.command()
@_kind_argument
@click.argument("file", metavar="[FILE]", required=False)
@database_option
def preview(kind: str, file: str | None) -> None:
    """Show what the text for KIND comes to, with made-up words.

    With FILE it is the text in there, which is not put in force; - reads standard input.
    """
    from eds_tui.mail.texts import read, write

    with _opened_texts() as texts:
        wanted = NotificationKind(kind)
        text = texts.get(wanted) if file is None else read(file_or_input(file, "text of e-mails"))
        say(write(texts.preview(wanted, text)).rstrip("\n"))


@message.command("set")
@_kind_argument
@click.argument("file", metavar="FILE")
@as_option
@database_option
def set_text(login: str, kind: str, file: str) -> None:
    """Put the text in FILE in force for KIND; leads do that. - reads standard input.

    It begins with a line Subject: …, then a blank one, then the body. {{ number }} stands for the
    number, and so on: list says the names. {% if comment %} … {% else %} … {% endif %} asks.
    """
    from eds_tui.mail.texts import read

    with opened_services() as services:
        actor = acting(services, login)
    text = read(file_or_input(file, "text of e-mails"))
    with _opened_texts() as texts:
        texts.put(actor, NotificationKind(kind), text)
    say(f"The text for {kind} is in force.")


@message.command()
@_kind_argument
@as_option
@database_option
def reset(login: str, kind: str) -> None:
    """Put the built-in text for KIND back in force; leads do that."""
    with opened_services() as services:
        actor = acting(services, login)
    with _opened_texts() as texts:
        dropped = texts.reset(actor, NotificationKind(kind))
    say(f"The built-in text for {kind} is in force{' again' if dropped else ' already'}.")
