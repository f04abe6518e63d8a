"""The command ``eds-tui incidents``: logs, lists, shows and comments without the screen."""

from __future__ import annotations

import sys
import uuid
from contextlib import suppress
from functools import partial
from typing import Any

import click

from eds_tui.cli import (
    chasing,
    comments,
    correcting,
    looking_back,
    people,
    searching,
    triage,
)
from eds_tui.cli.as_json import detail_json, row_json
from eds_tui.cli.choices import CATEGORY, IMPACT, VIEW, Reference, WholeNumber
from eds_tui.cli.comments import attach_option, caller_for
from eds_tui.cli.context import (
    FILE_NAME,
    TEXT,
    acting,
    database_option,
    opened_services,
    tell,
    text_or_input,
)  # fmt: skip
from eds_tui.cli.once import done_once, key_option
from eds_tui.cli.options import as_option, json_option, number_argument, one_of
from eds_tui.cli.plain import incident_lines, incident_table
from eds_tui.cli.reading import listed
from eds_tui.cli.schools_given import SCHOOL, school_id_for
from eds_tui.cli.sort_option import sort_option, sorted_list
from eds_tui.domain.account import Account, Action
from eds_tui.domain.errors import EdsError, InvalidInput
from eds_tui.domain.incident import IncidentForm
from eds_tui.domain.priority import Category, Impact
from eds_tui.domain.sorting import Sort
from eds_tui.domain.views import Receipt, View
from eds_tui.services.container import Services

_VIEWS = ", ".join(view.value for view in View).replace("unread", "unread (a school: answered)")


@click.group()
@database_option
def incidents() -> None:
    """List, search, show, log, triage and answer incidents without the screen.

    A text given as - is read from standard input.
    """


@incidents.command("list")
@as_option
@click.option("--view", type=VIEW, default=View.OPEN.value, help=f"One of {_VIEWS}; open.")
@click.option("--school", metavar="SCHOOL", type=TEXT, help=f"Only this school's. {SCHOOL}")
@sort_option
@click.option(
    "--limit", type=WholeNumber("count", is_most=True), default=50, help="At most so many; 50."
)
@json_option
@database_option
def list_incidents(
    login: str, view: str, school: str | None, sort: Sort | None, limit: int, as_json: bool
) -> None:
    """List incidents: late ones and those due today by when they are due, others newest first."""
    with opened_services() as services:
        actor = acting(services, login)
        query = sorted_list(View(view), school_id_for(services, actor, school), sort)
        rows = listed(services.queue, actor, query, limit)
        internal = actor.may(Action.TRIAGE)
        as_table = incident_table(rows, internal=internal)
        for line in map(partial(row_json, internal=internal), rows) if as_json else as_table:
            click.echo(line)


@incidents.command()
@number_argument
@as_option
@json_option
@database_option
def show(login: str, number: int, as_json: bool) -> None:
    """Show the incident INC whole, with its comments and the names of its files."""
    with opened_services() as services:
        actor = acting(services, login)
        detail = services.queue.open(actor, number)
        internal = actor.may(Action.TRIAGE)
        as_lines = incident_lines(detail, internal=internal)
        for line in [detail_json(detail, internal=internal)] if as_json else as_lines:
            click.echo(line)
        if detail.news is not None:
            with suppress(EdsError):  # what can't be kept stays marked
                services.queue.read(actor, number, detail.news)


@incidents.command()
@as_option
@click.option("--school", metavar="SCHOOL", type=TEXT, help=f"The caller's (calls only). {SCHOOL}")
@click.option("--caller", default="", type=TEXT, help="Who is on the telephone (calls only).")
@click.option("--category", type=CATEGORY, help="A name or its letter: D, H, N, P, S.")
@click.option("--impact", type=IMPACT, help="1, 2, 3, 4 or a name.")
@click.option("--parent", metavar="INC", type=Reference(), help="Hangs on it (calls only).")
@click.option("--confidential", is_flag=True, help="Hide it from the school's lists.")
@click.option("--telephone", default="", type=TEXT, help="For calling back; a shared login's name.")
@click.option(
    "--description", default="", type=TEXT, help="The fault in words; - reads standard input."
)
@attach_option
@key_option
@database_option
def log(
    login: str,
    school: str | None,
    caller: str,
    category: Category | None,
    impact: Impact | None,
    parent: int | None,
    confidential: bool,
    telephone: str,
    description: str,
    paths: tuple[str, ...],
    key: str | None,
) -> None:
    """Log an incident and print its number, alone."""
    from eds_tui.services.files import file_at

    words = text_or_input("description", description)

    def do(services: Services, actor: Account) -> Receipt:
        form = IncidentForm(
            submission=uuid.uuid4().hex,
            category=category,
            impact=impact,
            description=words,
            confidential=confidential,
            telephone=telephone,
            school_id=school_id_for(services, actor, school, for_new=True),
            caller=caller_for(actor, caller),
            parent=parent,
            files=tuple(map(file_at, paths)),
        )
        return _log(services, actor, form)

    content = (
        "log", school, caller, category, impact, confidential, telephone, words, paths,
        *([parent] if parent else ()),
    )  # fmt: skip
    receipt = done_once(login, key, content, do, _logged_before)
    click.echo(receipt.reference)
    if receipt.not_linked:
        tell(f"It hangs on none: {receipt.not_linked}")
    if sys.stderr is not None and sys.stderr.isatty():
        tell(_where_updates_are(receipt))


def _logged_before(services: Services, actor: Account, result: dict[str, Any]) -> Receipt:
    """Return the receipt of what was logged before: its number, and nothing of what came since."""
    return Receipt(
        number=int(result["number"]),
        confidential=result["confidential"],
        notified=result["notified"],
    )


def _log(services: Services, actor: Account, form: IncidentForm) -> Receipt:
    try:
        return services.report.log(actor, form)
    except InvalidInput as error:
        problems = error.problems
        if "school" in problems and form.school_id is None:
            problems = problems | {"school": "Give the caller's school: --school SCHOOL."}
        raise InvalidInput(problems) from error


def _where_updates_are(receipt: Receipt) -> str:
    if receipt.confidential:
        return "It is confidential: telephone the ICT Service Centre for updates."
    read = f"Its updates: eds-tui incidents show {receipt.reference}"
    return f"{read}, and by e-mail to {receipt.notified}" if receipt.notified else read


@incidents.command()
@number_argument
@click.argument("name", metavar="[NAME]", type=FILE_NAME, required=False)
@click.option("--id", "file_id", metavar="ID", type=WholeNumber("id"), help="Of the file.")
@as_option
@click.option("--out", metavar="FILE", required=True, help="Where to; - is standard output.")
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@database_option
def attachment(
    login: str, number: int, name: str | None, file_id: int | None, out: str, force: bool
) -> None:
    """Bring back an attached file of the incident INC, byte for byte.

    NAME is as show has it, where equal names are numbered: photo (2).jpg. Where several files were
    attached as NAME, give the --id that show --json has.
    """
    from eds_tui.cli.writing import writer

    one_of("NAME and --id ID", name is not None, file_id is not None)
    file = file_id if name is None else name
    assert file is not None
    with opened_services() as services:
        services.attachments.fetch(acting(services, login), number, file, writer(out, force=force))


for commands in (comments, triage, correcting, chasing, people, looking_back, searching):
    for command in commands.COMMANDS:
        incidents.add_command(command)
