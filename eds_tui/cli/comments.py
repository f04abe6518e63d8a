"""Comments and later files by command: ``eds-tui incidents comment`` and ``attach`` (rule 50)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import NamedTuple

import click

from eds_tui.cli.as_json import detail_json
from eds_tui.cli.choices import WholeNumber
from eds_tui.cli.context import (
    FILE_NAME,
    TEXT,
    Function,
    database_option,
    tell,
    text_or_input,
)
from eds_tui.cli.once import done_once, key_option
from eds_tui.cli.options import as_option, json_option, number_argument, one_of
from eds_tui.cli.schools_given import SCHOOL, school_id_for
from eds_tui.domain.account import Account, Action
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.file_names import shown_name
from eds_tui.domain.incident import format_number
from eds_tui.domain.lifecycle import State
from eds_tui.services.container import Services

attach_option: Callable[[Function], Function] = click.option(
    "--attach", "paths", metavar="FILE", multiple=True, help="May be given several times."
)
"""Files of this machine, each of at most 20 MB (rule 7)."""

_caller_option: Callable[[Function], Function] = click.option(
    "--caller", default="", type=TEXT, help="For whom, when it was taken by telephone."
)


_school_option: Callable[[Function], Function] = click.option(
    "--school",
    metavar="SCHOOL",
    type=TEXT,
    help=f"For whom it is meant: it is held back where INC is another school's by now. {SCHOOL}",
)


def caller_for(actor: Account, caller: str) -> str:
    """Return the name of a caller; only the service centre takes calls.

    Raises:
        InvalidInput: A school gave one.
    """
    if caller and not actor.may(Action.LOG_CALLS):
        raise InvalidInput({"caller": "Only the service centre takes calls; leave --caller out."})
    return caller


@click.command()
@number_argument
@click.argument("text", type=TEXT)
@as_option
@_caller_option
@_school_option
@attach_option
@json_option
@key_option
@database_option
def comment(
    login: str,
    number: int,
    text: str,
    caller: str,
    school: str | None,
    paths: tuple[str, ...],
    as_json: bool,
    key: str | None,
) -> None:
    """Add the comment TEXT to the incident INC; the school sees it. - reads standard input.

    With --json the incident is printed as it then is, as show has it.
    """
    said = _Said(number, text_or_input("comment", text), caller, school, paths)
    _send(login, key, said, as_json=as_json)


@click.command()
@number_argument
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
@as_option
@_caller_option
@_school_option
@json_option
@key_option
@database_option
def attach(
    login: str,
    number: int,
    paths: tuple[str, ...],
    caller: str,
    school: str | None,
    as_json: bool,
    key: str | None,
) -> None:
    """Attach each FILE to the incident INC, while it is open; the school sees it.

    With --json the incident is printed as it then is, as show has it.
    """
    _send(login, key, _Said(number, "", caller, school, paths), as_json=as_json)


class _Said(NamedTuple):
    """What is said on an incident."""

    number: int
    text: str
    caller: str
    school: str | None
    """Whose it is to be, as it was given; ``None`` for whoever it is."""
    paths: tuple[str, ...]


class _Answer(NamedTuple):
    """What came of it."""

    actor: Account
    state: State
    line: str


def _send(login: str, key: str | None, said: _Said, *, as_json: bool) -> None:
    from eds_tui.services.conversation import TELEPHONE_TO_REOPEN
    from eds_tui.services.files import file_at

    def answer(services: Services, actor: Account, state: State) -> _Answer:
        if not as_json:
            return _Answer(actor, state, "")
        detail = services.queue.open(actor, said.number, again=True)
        return _Answer(actor, state, detail_json(detail, internal=actor.may(Action.TRIAGE)))

    def do(services: Services, actor: Account) -> _Answer:
        files = tuple(map(file_at, said.paths))
        state = services.conversation.comment(
            actor, said.number, said.text, uuid.uuid4().hex, caller_for(actor, said.caller), files,
            school_id_for(services, actor, said.school),
        )  # fmt: skip
        return answer(services, actor, state)

    meant = () if said.school is None else ("school", said.school)
    content = ("comment", said.number, said.text, said.caller, *meant, *said.paths)
    done = done_once(
        login, key, content, do,
        lambda services, actor, result: answer(services, actor, State(result["state"])),
    )  # fmt: skip
    if done.line:
        click.echo(done.line)
    if done.state is State.RESOLVED and not done.actor.role.is_service_centre:
        tell(TELEPHONE_TO_REOPEN)


@click.command("take-back")
@number_argument
@click.argument("name", metavar="[NAME]", type=FILE_NAME, required=False)
@click.option("--id", "file_id", metavar="ID", type=WholeNumber("id"), help="Of the file.")
@click.option("--reason", required=True, type=TEXT, help="Why, for the history.")
@as_option
@json_option
@key_option
@database_option
def take_back(
    login: str,
    number: int,
    name: str | None,
    file_id: int | None,
    reason: str,
    as_json: bool,
    key: str | None,
) -> None:
    """Take back a file of the incident INC that was attached by mistake, by whichever side.

    Nobody is offered it any more, and its contents are deleted. NAME and --id are as attachment
    takes them. With --json the incident is printed as it then is, as show has it.
    """
    one_of("NAME and --id ID", name is not None, file_id is not None)
    file = file_id if name is None else name
    assert file is not None

    def line(services: Services, actor: Account) -> str:
        if not as_json:
            return f"{format_number(number)}: {_named(file)} is taken back."
        return detail_json(services.queue.open(actor, number, again=True), internal=True)

    def do(services: Services, actor: Account) -> str:
        services.attachments.take_back(actor, number, file, reason)
        return line(services, actor)

    content = ("take-back", number, file, reason)
    click.echo(done_once(login, key, content, do, lambda services, actor, _: line(services, actor)))


def _named(file: int | str) -> str:
    return f"the file {file}" if isinstance(file, int) else shown_name(file)


COMMANDS = (comment, attach, take_back)
"""To be commands of ``eds-tui incidents``."""
