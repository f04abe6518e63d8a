"""Who has rung from a school without being one of its contacts (rules 31 and 42)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from eds_tui.domain.folding import fold
from eds_tui.domain.school import Contact
from eds_tui.domain.views import IncidentRow

MOST_OFFERED = 20
"""Callers of a school that are offered; those who rang longer ago are not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCaller:
    """Somebody who has rung, offered as the caller the next time."""

    name: str
    telephone: str = ""
    called_at: datetime
    """When they rang last."""


def is_contact(name: str, contacts: Iterable[Contact]) -> bool:
    """Return whether a caller is one of a school's contacts, however the name was typed."""
    return fold(name) in {fold(contact.name) for contact in contacts}


def callers_of(contacts: Iterable[Contact], callers: Iterable[KnownCaller]) -> tuple[Contact, ...]:
    """Return everybody who is offered as a caller: contacts, then who rang, the latest first."""
    people = tuple(contacts)
    rang = (
        Contact(name=caller.name, job="rang before", telephone=caller.telephone)
        for caller in callers
        if not is_contact(caller.name, people)
    )
    return (*people, *rang)


def callers_about(
    row: IncidentRow, contacts: Iterable[Contact], callers: Iterable[KnownCaller], last: str
) -> tuple[Contact, ...]:
    """Return who may have rung about an incident, the likeliest first (rule 43).

    Args:
        row: The incident.
        contacts: Of its school.
        callers: Who has rung from there.
        last: Who rang about it last, if anybody did.
    """
    usual = [
        Contact(name=last, job="rang last") if last else None,
        Contact(name=row.contact_name, job="it is theirs", telephone=row.contact_telephone)
        if row.contact_name
        else None,
    ]
    people = [*filter(None, usual), *callers_of(contacts, callers)]
    by_name: dict[str, Contact] = {}
    for person in people:
        by_name.setdefault(fold(person.name), person)
    return tuple(by_name.values())


def next_caller(people: tuple[Contact, ...], typed: str, step: int) -> Contact | None:
    """Return whom to offer next.

    Args:
        people: Everybody who is offered.
        typed: What stands in the field: a whole name goes on from there in the list, and a part
            of one keeps to those who have a name that begins so.
        step: How many further on, or back.
    """
    names = [person.name for person in people]
    if typed in names:
        return people[(names.index(typed) + step) % len(people)]
    begun = [person for person in people if _begins(fold(typed), fold(person.name))]
    return next(iter(begun or people), None)


def _begins(typed: str, name: str) -> bool:
    return bool(typed) and (name.startswith(typed) or f" {typed}" in name)
