"""Handing over: who has what, and the note that the next one reads first (rule 51)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from eds_tui.domain.account import Account, Scope
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.incident import format_number
from eds_tui.domain.text import LONGEST_TEXT, first_line, storable
from eds_tui.domain.triage import Assignee
from eds_tui.domain.views import PileView

LONGEST_NOTE = LONGEST_TEXT
"""Characters that a hand-over note may have."""

EVERYBODY = "everybody"
"""What is called whoever reads a note that is for no person and no team."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """What a person has to do, or a team of which nobody has it, or nobody at all."""

    holder: Assignee
    open: int
    """Incidents that are neither resolved nor closed."""
    late: int
    oldest: datetime | None
    """When the first of them was logged."""
    login: str = ""
    """The account of the person."""
    disabled: bool = False
    """Whether the person can't sign in any more."""
    as_of: datetime


class Counted(NamedTuple):
    """What there is of one pile, as it is counted."""

    account_id: int | None
    team: str
    """Of what no person has; else empty."""
    open: int
    late: int
    oldest: datetime


def piles_of(
    people: Iterable[Account], counted: Iterable[Counted], now: datetime
) -> tuple[Pile, ...]:
    """Return the piles that are shown: nobody's, the teams', then everybody's by name.

    A person of the service centre has one without any incident as well; one whose account is
    disabled, or who has gone to a school, only while there is something to hand over.

    Args:
        people: Every account.
        counted: The piles that have something in them.
        now: When they were counted.
    """
    found = {(each.account_id, each.team): each for each in counted}
    here = [each for each in people if each.role.is_service_centre and not each.disabled]
    gone = [each for each in people if each not in here and (each.id, "") in found]
    teams = {"", *(each.team for each in here), *(team for who, team in found if who is None)}
    by_name = sorted([*here, *gone], key=lambda each: each.name.casefold())
    return (
        *(_pile(Assignee(team=team), found.get((None, team)), now) for team in sorted(teams)),
        *(
            replace(
                _pile(Assignee(each.id, each.name, each.team), found.get((each.id, "")), now),
                login=each.login,
                disabled=each in gone,
            )
            for each in by_name
        ),
    )


def _pile(holder: Assignee, found: Counted | None, now: datetime) -> Pile:
    if found is None:
        return Pile(holder=holder, open=0, late=0, oldest=None, as_of=now)
    return Pile(holder=holder, open=found.open, late=found.late, oldest=found.oldest, as_of=now)


def view_of_pile(holder: Assignee) -> PileView:
    """Return the list of what a person has, or of what nobody of a team has."""
    return PileView.POOL if holder.account_id is None else PileView.PERSON


def scope_of_pile(holder: Assignee, scope: Scope) -> Scope:
    """Return the scope in which a pile is read: what the reader may see, as the holder's.

    Args:
        holder: Whose the pile is.
        scope: Of whoever reads.
    """
    return replace(scope, account_id=holder.account_id or 0, team=holder.team)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """One handing over, of whatever many incidents."""

    submission: str
    """A key made with the dialog; what is handed over under it has one note."""
    source: Assignee
    """Whose the pile was."""
    target: Assignee
    """Who gets it."""
    note: str = ""

    @property
    def key(self) -> str:
        """Under which it is kept: another note or another target makes it another one."""
        content = f"{self.submission} {self.target} {self.note}"
        return uuid.uuid5(uuid.NAMESPACE_OID, content).hex

    def checked(self) -> HandOver:
        """Return it as it can be stored.

        Raises:
            InvalidInput: The note is too long.
        """
        note = storable(self.note)
        if problem := note_problem(note):
            raise InvalidInput({"note": problem})
        return replace(self, note=note)


def note_problem(note: str) -> str:
    """Return what is wrong with a hand-over note, or ``""``; it may be empty."""
    if len(note) <= LONGEST_NOTE:
        return ""
    return (
        f"The hand-over note has {len(note):,} characters; at most {LONGEST_NOTE:,} can be kept."
        " Nothing was handed over."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIncident:
    """An incident that was handed over, and who has it by now."""

    number: int
    details: str
    """The start of the description, as typed."""
    now_with: str
    """Who has it; empty for nobody."""
    is_open: bool
    confidential: bool

    @property
    def about(self) -> str:
        """What it is about, in one line, marked in words where it is confidential (rule 26)."""
        return f"{'CONFIDENTIAL ' if self.confidential else ''}{first_line(self.details)}"

    @property
    def reference(self) -> str:
        """``INC0123456``."""
        return format_number(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverNote:
    """What was handed over, as it is read later."""

    id: int
    at: datetime
    author: str
    source: str
    """Whose pile it was."""
    target: str
    """Whom it is for."""
    note: str
    incidents: tuple[HandedIncident, ...]
    is_new: bool
    """Whether the reader is to read it, and has not yet."""

    @property
    def title(self) -> str:
        """Who handed how much to whom, in words."""
        count = len(self.incidents)
        whose = "" if self.source == self.author else f" of {self.source}"
        noun = "incident" if count == 1 else "incidents"
        return f"{self.author} handed {count} {noun}{whose} to {self.target}"
