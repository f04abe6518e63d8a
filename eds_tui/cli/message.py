"""The command ``eds-tui message``: edits the texts of the e-mails to schools and service desk."""

from __future__ import annotations

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
    say,
)  # fmt: skip
from eds_tui.cli.options import as_option
from eds_tui.cli.plain import table
from eds_tui.domain.clock import full_time
from eds_tui.domain.notification import OFFERED, NotificationKind

if TYPE_CHECKING:
    from eds_tui.services.message_texts import MessageTexts

_kind_argument = click.argument(
    "kind", metavar="KIND", type=click.Choice([kind.value for kind in NotificationKind])
)


@contextmanager
def _opened_texts() -> Iterator[MessageTexts]:
    from eds_tui import bootstrap

    with opened_database() as (database, chosen):
        yield bootstrap.open_message_texts(database, chosen)


@click.group()
@database_option
def message() -> None:
    """Show and set the texts of e-mails.

    KIND is logged, comment, state, resolved, closed or taken_back.
    """


@message.command("list")
@database_option
def list_texts() -> None:
    """List the kinds, whose text is in force, and the names that it may use."""
    with _opened_texts() as texts:
        entries = texts.all()
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


@message.command()
@_kind_argument
@database_option
def show(kind: str) -> None:
    """Show the text for KIND that is in force, as set reads it."""
    from eds_tui.mail.texts import write

    with _opened_texts() as texts:
        say(write(texts.get(NotificationKind(kind))).rstrip("\n"))


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
