"""The command ``eds-tui mail``: lists e-mails that are not sent, and retries them."""

from __future__ import annotations

import click

from eds_tui.cli.as_json import mail_json, mail_state_json
from eds_tui.cli.choices import WholeNumber
from eds_tui.cli.context import database_option, opened_services, say
from eds_tui.cli.once import done_once, key_option
from eds_tui.cli.options import as_option, json_option, one_of
from eds_tui.cli.plain import NOTHING, table
from eds_tui.domain.clock import full_time
from eds_tui.domain.incident import format_number
from eds_tui.domain.mail_state import in_words
from eds_tui.domain.notification import QueuedMail
from eds_tui.domain.text import visible


@click.group()
@database_option
def mail() -> None:
    """Show the e-mails that are not sent, and try them again."""


@mail.command()
@json_option
@database_option
def status(as_json: bool) -> None:
    """Say how the sending stands."""
    with opened_services() as services:
        state = services.outbox.state(None)
    if as_json:
        click.echo(mail_state_json(state))
        return
    for line in in_words(state):
        click.echo(visible(line))


@mail.command("list")
@click.option("--failed", is_flag=True, help="Only those that failed or were given up.")
@json_option
@database_option
def list_mail(failed: bool, as_json: bool) -> None:
    """List the e-mails that are not sent, newest first."""
    with opened_services() as services:
        unsent = services.outbox.unsent(failed=failed)
    lines = map(mail_json, unsent) if as_json else table(_COLUMNS, map(_cells, unsent))
    for line in lines:
        click.echo(line)


_COLUMNS = {
    "ID": 6, "Incident": 10, "About": 15, "To": 32, "Queued": 19, "Tries": 5, "State": 11,
    "Next try": 19, "Reason": None,
}  # fmt: skip


def _cells(mail: QueuedMail) -> tuple[str, ...]:
    waits = mail.try_at is not None and mail.given_up_at is None
    return (
        str(mail.id), format_number(mail.number), mail.kind.label, mail.recipient,
        full_time(mail.queued_at), str(mail.attempts), mail.state,
        full_time(mail.try_at) if waits and mail.try_at else NOTHING, mail.reason,
    )  # fmt: skip


@mail.command()
@click.argument("mail_id", metavar="ID", type=WholeNumber("id"), required=False)
@click.option("--failed", is_flag=True, help="All that failed or were given up.")
@key_option
@as_option
@database_option
def retry(login: str, mail_id: int | None, failed: bool, key: str | None) -> None:
    """Have the e-mail ID, or all that failed, tried again at once; leads do that."""
    one_of("an ID and --failed", mail_id is not None, failed)
    count = done_once(
        login,
        key,
        ("mail retry", mail_id),
        lambda services, actor: services.outbox.retry(actor, mail_id),
        lambda _, __, result: int(result["count"]),
    )
    mails = "1 e-mail is" if count == 1 else f"{count:,} e-mails are"
    say(f"{mails} tried again.")
