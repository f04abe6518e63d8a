"""Triage commands of ``eds-tui incidents``: each prints the incident as it then is."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

import click

from eds_tui.cli.choices import PRIORITY, STATE, Reference
from eds_tui.cli.comments import attach_option
from eds_tui.cli.context import TEXT, database_option, text_or_input
from eds_tui.cli.once import done_once, key_option
from eds_tui.cli.options import as_option, number_argument, one_of, seen_option
from eds_tui.cli.plain import outcome
from eds_tui.cli.state_change import asked_for, state_options, with_texts
from eds_tui.domain.account import Account
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.text import visible
from eds_tui.domain.triage import Assignee
from eds_tui.domain.views import IncidentRow
from eds_tui.services.container import Services


@click.command("priority")
@number_argument
@click.argument("wanted", metavar="DIGIT", type=PRIORITY)
@seen_option
@key_option
@as_option
@database_option
def set_priority(
    login: str, number: int, seen: int | None, key: str | None, wanted: Priority
) -> None:
    """Give the incident INC the priority DIGIT, 0 to 5."""
    _decide(
        Asked.of(login, key, number, wanted.value),
        lambda services, actor: services.triage.set_priority(actor, number, seen, wanted),
    )


@click.command("state")
@number_argument
@click.argument("wanted", metavar="STATE", type=STATE)
@state_options
@seen_option
@key_option
@as_option
@database_option
def set_state(
    login: str, number: int, seen: int | None, key: str | None, wanted: State, **given: Any
) -> None:
    """Move the incident INC to STATE.

    That is awaiting_triage, in_progress, on_hold_customer, on_hold_change, on_hold_deferral or
    resolved. Each option is for the state that it names.
    --question and --resolution read standard input where they are -.
    """
    given = with_texts(given)

    def decide(services: Services, actor: Account) -> IncidentRow:
        # Asked for again, "today 14:00" may be over: it is read only where it is to be done.
        change = asked_for(wanted, given, services.clock())
        return services.triage.set_state(actor, number, seen, change)

    _decide(Asked.of(login, key, number, wanted.value, given), decide)


@click.command()
@number_argument
@click.option("--to", "person", metavar="LOGIN", type=TEXT, help="Who is to deal with it.")
@click.option("--team", metavar="NAME", type=TEXT, help="Which team is to.")
@click.option("--nobody", is_flag=True, help="Take it from whoever has it.")
@seen_option
@key_option
@as_option
@database_option
def assign(
    login: str,
    number: int,
    seen: int | None,
    key: str | None,
    person: str | None,
    team: str | None,
    nobody: bool,
) -> None:
    """Give the incident INC to somebody, to a team, or to nobody."""
    one_of("--to LOGIN, --team NAME and --nobody", person is not None, team is not None, nobody)
    _decide(
        Asked.of(login, key, number, person, team),
        lambda services, actor: services.triage.assign(
            actor, number, seen, assignee_for(services, actor, person, team)
        ),
    )


def assignee_for(
    services: Services, actor: Account, person: str | None, team: str | None
) -> Assignee:
    """Return who is meant; whoever may not assign is refused before any name is looked up."""
    offered = services.triage.assignees(actor)
    if person is not None:
        found = services.accounts.by_login(person)
        return Assignee(found.id, found.name, found.team)
    if team is None:
        return Assignee()
    teams = {each.team.casefold(): each for each in offered if each.account_id is None}
    chosen = teams.get(team.strip().casefold())
    if not team.strip() or chosen is None:
        names = ", ".join(each.team for each in teams.values() if each.team)
        there_are = f"there are {names}" if names else "no account has a team yet"
        raise InvalidInput({"team": f"There is no team {visible(team)}; {there_are}."})
    return chosen


@click.command()
@number_argument
@click.argument("text", type=TEXT)
@attach_option
@key_option
@as_option
@database_option
def note(login: str, number: int, key: str | None, text: str, paths: tuple[str, ...]) -> None:
    """Add the work note TEXT to the incident INC; no school sees it. - reads standard input.

    Nor does any school see its files.
    """
    from eds_tui.services.files import file_at

    body = text_or_input("note", text)

    def add(services: Services, actor: Account) -> IncidentRow:
        files = tuple(map(file_at, paths))
        services.conversation.work_note(actor, number, body, uuid.uuid4().hex, files)
        return services.queue.open(actor, number, again=True).row

    _decide(Asked.of(login, key, number, body, *paths), add)


@click.command()
@number_argument
@click.argument("wanted", metavar="yes|no", type=click.Choice(["yes", "no"]))
@click.option("--reason", required=True, type=TEXT, help="Why, for the history.")
@seen_option
@key_option
@as_option
@database_option
def confidential(
    login: str, number: int, seen: int | None, key: str | None, wanted: str, reason: str
) -> None:
    """Hide the incident INC from its school, or show it again."""
    hidden = wanted == "yes"
    _decide(
        Asked.of(login, key, number, wanted, reason),
        lambda services, actor: services.triage.set_confidential(
            actor, number, seen, hidden, reason
        ),
    )


@click.command()
@number_argument
@click.option("--parent", metavar="INC", type=Reference(), help="The major incident.")
@click.option("--no-parent", is_flag=True, help="Hang it on none.")
@seen_option
@key_option
@as_option
@database_option
def link(
    login: str, number: int, seen: int | None, key: str | None, parent: int | None, no_parent: bool
) -> None:
    """Hang the incident INC on a major one."""
    one_of("--parent INC and --no-parent", parent is not None, no_parent)
    _decide(
        Asked.of(login, key, number, parent),
        lambda services, actor: services.triage.link(actor, number, seen, parent),
    )


@click.command()
@number_argument
@click.option(
    "--of", "original", metavar="INC", required=True, type=Reference(), help="The one that stays."
)
@seen_option
@key_option
@as_option
@database_option
def duplicate(login: str, number: int, seen: int | None, key: str | None, original: int) -> None:
    """Close the incident INC, since another one is about the same fault."""
    _decide(
        Asked.of(login, key, number, original),
        lambda services, actor: services.triage.close_as_duplicate(actor, number, seen, original),
    )


@click.command()
@number_argument
@click.option(
    "--reason",
    default="",
    type=TEXT,
    help="Why, for the history; needed where it reopens, hides or shows the incident.",
)
@key_option
@as_option
@database_option
def undo(login: str, number: int, key: str | None, reason: str) -> None:
    """Take back your own last decision on the incident INC.

    It is checked as any decision is: what is closed stays closed. Where the school has been told of
    the decision, it is told that it was taken back.
    """
    _decide(
        Asked.of(login, key, number, reason),
        lambda services, actor: services.triage.undo(actor, number, reason),
    )


class Asked(NamedTuple):
    """What a command asks for, beside what was seen."""

    login: str
    key: str | None
    number: int
    content: tuple[object, ...]

    @classmethod
    def of(cls, login: str, key: str | None, number: int, *content: object) -> Asked:
        """Return what the command that runs asks for."""
        name = click.get_current_context().info_name
        return cls(login, key, number, (name, number, *content))


def _decide(asked: Asked, decide: Callable[[Services, Account], IncidentRow]) -> None:
    click.echo(outcome(decided(asked, decide)))


def decided(asked: Asked, decide: Callable[[Services, Account], IncidentRow]) -> IncidentRow:
    """Decide, and return the incident as it then is, or where it was done before, as it is now."""

    def as_it_is(services: Services, actor: Account, _: dict[str, Any]) -> IncidentRow:
        return services.queue.open(actor, asked.number, again=True).row

    return done_once(asked.login, asked.key, asked.content, decide, as_it_is)


COMMANDS = (set_priority, set_state, assign, note, confidential, link, duplicate, undo)
"""To be commands of ``eds-tui incidents``."""
