"""Who has what by command, handing it over, and the notes (rule 51)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import click

from eds_tui.cli.as_json import note_json, pile_json, row_json
from eds_tui.cli.choices import Reference
from eds_tui.cli.context import TEXT, acting, database_option, opened_services, text_or_input
from eds_tui.cli.once import done_once, key_option
from eds_tui.cli.options import as_option, json_option, one_of
from eds_tui.cli.plain import NOTHING, indented, outcome, table
from eds_tui.cli.triage import assignee_for
from eds_tui.domain.account import Account
from eds_tui.domain.clock import full_time
from eds_tui.domain.errors import EdsError
from eds_tui.domain.hand_over import HandOver, HandOverNote, Pile
from eds_tui.domain.incident import format_number
from eds_tui.domain.text import visible
from eds_tui.domain.triage import Assignee
from eds_tui.domain.views import IncidentRow
from eds_tui.services.container import Services


@click.command()
@as_option
@json_option
@database_option
def people(login: str, as_json: bool) -> None:
    """List who has what: how many open incidents, how many late, and since when the oldest."""
    with opened_services() as services:
        piles = services.hand_overs.piles(acting(services, login))
    columns = {"Who": 30, "Account": 16, "Team": 20, "Open": 5, "Late": 5, "Oldest": None}
    for line in map(pile_json, piles) if as_json else table(columns, map(_cells, piles)):
        click.echo(line)


def _cells(pile: Pile) -> tuple[str, ...]:
    mark = " (disabled)" if pile.disabled else ""
    oldest = full_time(pile.oldest)[:-3] if pile.oldest else NOTHING
    team = pile.holder.team if pile.holder.account_id is not None else ""
    counts = str(pile.open), str(pile.late)
    return f"{pile.holder.label}{mark}", pile.login or NOTHING, team or NOTHING, *counts, oldest


@click.command("hand-over")
@click.argument("numbers", metavar="[INC]...", nargs=-1, type=Reference())
@click.option("--from", "source", metavar="LOGIN", type=TEXT, help="Whose; your own by default.")
@click.option("--from-team", metavar="NAME", type=TEXT, help="What nobody of that team has.")
@click.option("--from-nobody", is_flag=True, help="What neither person nor team has.")
@click.option("--to", "person", metavar="LOGIN", type=TEXT, help="Who gets it.")
@click.option("--team", metavar="NAME", type=TEXT, help="Which team gets it.")
@click.option("--nobody", is_flag=True, help="Give it back, for anybody to take.")
@click.option("--note", default="", type=TEXT, help="Read first by who gets it; - standard input.")
@as_option
@json_option
@key_option
@database_option
def hand_over(
    login: str, numbers: tuple[int, ...], as_json: bool, key: str | None, **asked: Any
) -> None:
    """Hand over each INC of a pile, or without any all of it, with a note.

    A pile is what a person has to do, or a team of which nobody has it. Each incident is printed as
    it then is; what somebody has moved meanwhile is told, and the rest is handed over.
    """
    wanted = _Wanted(numbers=numbers, **asked).checked()

    def give(services: Services, actor: Account) -> Given:
        whose = wanted.source_in(services, actor)
        one = HandOver(
            submission=uuid.uuid4().hex,
            source=whose,
            target=assignee_for(services, actor, wanted.person, wanted.team),
            note=wanted.note,
        ).checked()
        pile = services.hand_overs.pile(actor, whose)
        return services.hand_overs.give_all(actor, _chosen(pile, numbers, whose), one)

    def given_before(services: Services, actor: Account, result: dict[str, Any]) -> Given:
        opened = (services.queue.open(actor, each, again=True) for each in result["numbers"])
        return [each.row for each in opened], result["refused"]

    given, refused = done_once(login, key, ("hand-over", *wanted), give, given_before)
    for row in given:
        click.echo(row_json(row, internal=True) if as_json else outcome(row))
    if refused:
        left = EdsError(f"{len(refused)} not handed over.")
        left.more = refused
        raise left


Given = tuple[list[IncidentRow], list[str]]
"""What was handed over, and a line for each that was not."""


class _Wanted(NamedTuple):
    """What is to be handed over, by whose pile and to whom, as it was given."""

    numbers: tuple[int, ...]
    source: str | None
    from_team: str | None
    from_nobody: bool
    person: str | None
    team: str | None
    nobody: bool
    note: str

    def checked(self) -> _Wanted:
        """Return it with the note read; refuse what does not go together."""
        to = (self.person is not None, self.team is not None, self.nobody)
        one_of("--to LOGIN, --team NAME and --nobody", *to)
        if any(self._sources):
            one_of("--from LOGIN, --from-team NAME and --from-nobody", *self._sources)
        return self._replace(note=text_or_input("note", self.note) if self.note else "")

    @property
    def _sources(self) -> tuple[bool, ...]:
        return self.source is not None, self.from_team is not None, self.from_nobody

    def source_in(self, services: Services, actor: Account) -> Assignee:
        """Return whose pile it is: one's own where none is given."""
        if any(self._sources):
            return assignee_for(services, actor, self.source, self.from_team)
        return Assignee(actor.id, actor.name, actor.team)


def _chosen(
    pile: Sequence[IncidentRow], numbers: Sequence[int], whose: Assignee
) -> Sequence[IncidentRow]:
    """Return the rows that are handed over.

    Raises:
        EdsError: One that was named is not in the pile, or there is nothing in it.
    """
    there = {row.number: row for row in pile}
    if missing := [format_number(each) for each in numbers if each not in there]:
        raise EdsError(f"{visible(whose.label)} does not have {', '.join(missing)} (any more).")
    if not pile:
        raise EdsError(f"{visible(whose.label)} has nothing to hand over.")
    return [there[each] for each in dict.fromkeys(numbers)] or pile


@click.command("hand-over-notes")
@click.option("--new", "only_new", is_flag=True, help="Only those you have not read.")
@click.option("--read", "mark", is_flag=True, help="Keep that you have read those that are shown.")
@as_option
@json_option
@database_option
def hand_over_notes(login: str, only_new: bool, mark: bool, as_json: bool) -> None:
    """Print hand-over notes for you, your team or everybody, and your own."""
    with opened_services() as services:
        actor = acting(services, login)
        service = services.hand_overs
        notes = service.unread(actor) if only_new else service.notes(actor)
        for note in notes:
            for line in [note_json(note)] if as_json else _note_lines(note):
                click.echo(line)
        if mark:
            service.mark_read(actor, [note for note in notes if note.is_new])


def _note_lines(note: HandOverNote) -> Iterable[str]:
    yield f"{full_time(note.at)} {visible(note.title)}{' (new)' if note.is_new else ''}"
    yield from indented(note.note or "(no note)")
    for each in note.incidents:
        now = f"with {each.now_with or 'nobody'}" if each.is_open else "done"
        yield visible(f"    {each.reference}  {now}  {each.about}")


COMMANDS = (people, hand_over, hand_over_notes)
"""To be commands of ``eds-tui incidents``."""
