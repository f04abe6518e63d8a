"""``eds-tui incidents``: triage decisions, each answered with the incident as it then is."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from eds_tui.cli.choices import PRIORITY, STATE, Reference
from eds_tui.cli.context import TEXT, acting, database_option, opened_desk, text_or_input
from eds_tui.cli.options import as_option, number_argument, one_of, seen_option
from eds_tui.cli.plain import outcome
from eds_tui.cli.state_change import asked_for, state_options
from eds_tui.desk import Desk
from eds_tui.domain.account import Account
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.text import visible
from eds_tui.domain.triage import Assignee
from eds_tui.domain.views import IncidentRow


@click.command("priority")
@number_argument
@click.argument("wanted", metavar="DIGIT", type=PRIORITY)
@seen_option
@as_option
@database_option
def set_priority(login: str, number: int, seen: int | None, wanted: Priority) -> None:
    """Give the incident INC the priority DIGIT, 0 to 5."""
    _decide(login, lambda desk, actor: desk.triage.set_priority(actor, number, seen, wanted))


@click.command("state")
@number_argument
@click.argument("wanted", metavar="STATE", type=STATE)
@state_options
@seen_option
@as_option
@database_option
def set_state(login: str, number: int, seen: int | None, wanted: State, **given: Any) -> None:
    """Move the incident INC to STATE.

    That is awaiting_triage, in_progress, on_hold_customer, on_hold_change, on_hold_deferral or
    resolved. Each option is for the state that it names.
    --question and --resolution read standard input where they are -.
    """
    with opened_desk() as desk:
        actor = acting(desk, login)
        change = asked_for(wanted, given, desk.clock())
        row = desk.triage.set_state(actor, number, seen, change)
    _tell(row, change.until)


@click.command()
@number_argument
@click.option("--to", "person", metavar="LOGIN", type=TEXT, help="Who is to deal with it.")
@click.option("--team", metavar="NAME", type=TEXT, help="Which team is to.")
@click.option("--nobody", is_flag=True, help="Take it from whoever has it.")
@seen_option
@as_option
@database_option
def assign(
    login: str, number: int, seen: int | None, person: str | None, team: str | None, nobody: bool
) -> None:
    """Give the incident INC to somebody, to a team, or to nobody."""
    one_of("--to LOGIN, --team NAME and --nobody", person is not None, team is not None, nobody)
    _decide(
        login,
        lambda desk, actor: desk.triage.assign(
            actor, number, seen, _assignee(desk, actor, person, team)
        ),
    )


def _assignee(desk: Desk, actor: Account, person: str | None, team: str | None) -> Assignee:
    """Return who is meant; whoever may not assign is refused before any name is looked up."""
    offered = desk.triage.assignees(actor)
    if person is not None:
        found = desk.accounts.by_login(person)
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
@click.argument("text")
@as_option
@database_option
def note(login: str, number: int, text: str) -> None:
    """Add the work note TEXT to the incident INC; no school sees it. - reads standard input."""

    def add(desk: Desk, actor: Account) -> IncidentRow:
        body = text_or_input("note", text)
        desk.conversation.work_note(actor, number, body, uuid.uuid4().hex)
        return desk.queue.open(actor, number, again=True).row

    _decide(login, add)


@click.command()
@number_argument
@click.argument("wanted", metavar="yes|no", type=click.Choice(["yes", "no"]))
@click.option("--reason", required=True, type=TEXT, help="Why, for the history.")
@seen_option
@as_option
@database_option
def confidential(login: str, number: int, seen: int | None, wanted: str, reason: str) -> None:
    """Hide the incident INC from its school, or show it again."""
    hidden = wanted == "yes"
    _decide(
        login,
        lambda desk, actor: desk.triage.set_confidential(actor, number, seen, hidden, reason),
    )


@click.command()
@number_argument
@click.option("--parent", metavar="INC", type=Reference(), help="The major incident.")
@click.option("--no-parent", is_flag=True, help="Hang it on none.")
@seen_option
@as_option
@database_option
def link(login: str, number: int, seen: int | None, parent: int | None, no_parent: bool) -> None:
    """Hang the incident INC on a major one."""
    one_of("--parent INC and --no-parent", parent is not None, no_parent)
    _decide(login, lambda desk, actor: desk.triage.link(actor, number, seen, parent))


@click.command()
@number_argument
@click.option(
    "--of", "original", metavar="INC", required=True, type=Reference(), help="The one that stays."
)
@seen_option
@as_option
@database_option
def duplicate(login: str, number: int, seen: int | None, original: int) -> None:
    """Close the incident INC, since another one is about the same fault."""
    _decide(
        login, lambda desk, actor: desk.triage.close_as_duplicate(actor, number, seen, original)
    )


@click.command()
@number_argument
@as_option
@database_option
def undo(login: str, number: int) -> None:
    """Take back your own last decision on the incident INC."""
    _decide(login, lambda desk, actor: desk.triage.undo(actor, number))


def _decide(login: str, decide: Callable[[Desk, Account], IncidentRow]) -> None:
    with opened_desk() as desk:
        row = decide(desk, acting(desk, login))
    _tell(row)


def _tell(row: IncidentRow, until: datetime | None = None) -> None:
    click.echo(outcome(row, until))


COMMANDS = (set_priority, set_state, assign, note, confidential, link, duplicate, undo)
"""To be commands of ``eds-tui incidents``."""
