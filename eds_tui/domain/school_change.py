"""What of a school can be changed, and what a change of it comes to (rules 28, 30 and 37)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.folding import fold
from eds_tui.domain.school import Contact, School, check_new_school, head_email


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolChange:
    """What is to be another; ``None`` stays as it is, and an empty text takes away."""

    portal_number: str | None = None
    name: str | None = None
    town: str | None = None
    la_number: str | None = None
    dfe_number: str | None = None
    urn: str | None = None
    telephone: str | None = None
    email: str | None = None
    """The address that is notified; empty for the head's again."""
    connection_type: str | None = None
    bandwidth: str | None = None
    closed: bool | None = None
    contacts: tuple[Contact, ...] = ()
    """People who come, or who are put in the place of those of the same name."""
    without: tuple[str, ...] = ()
    """Names of people who are contacts no more."""
    main: str | None = None
    """The name of who becomes the main contact."""


_OF_CONTACTS = ("contacts", "without", "main")
_PLAIN = tuple(field.name for field in fields(SchoolChange) if field.name not in _OF_CONTACTS)


def changed_school(school: School, change: SchoolChange) -> School:
    """Return a school as a change leaves it.

    The notified address follows the head's, where it was that.

    Raises:
        InvalidInput: With a sentence for each field that is wrong.
    """
    values: dict[str, Any] = {
        name: value for name in _PLAIN if (value := getattr(change, name)) is not None
    }
    people = _people(school.contacts, change)
    values["email"] = _notified(school, people, change.email)
    after = replace(school, **values, contacts=people)
    check_new_school(after)
    return after


def _notified(school: School, people: tuple[Contact, ...], wanted: str | None) -> str:
    head, head_before = head_email(people), head_email(school.contacts)
    if wanted is not None:
        return wanted or head
    follows = head and head != head_before and school.email in {"", head_before}
    return head if follows else school.email


def _people(contacts: tuple[Contact, ...], change: SchoolChange) -> tuple[Contact, ...]:
    by_name = {fold(contact.name): contact for contact in contacts}
    wanted = [*change.without, *([change.main] if change.main is not None else [])]
    known = by_name.keys() | {fold(contact.name) for contact in change.contacts}
    if missing := [name for name in wanted if fold(name) not in known]:
        names = ", ".join(contact.name for contact in contacts) or "nobody"
        raise InvalidInput(
            {"contacts": f"There is no contact {missing[0]}; the contacts are: {names}."}
        )
    for contact in change.contacts:
        before = by_name.get(fold(contact.name))
        by_name[fold(contact.name)] = replace(contact, main=bool(before and before.main))
    for name in change.without:
        by_name.pop(fold(name), None)
    return _with_a_main_one(by_name.values(), change.main)


def _with_a_main_one(people: Iterable[Contact], main: str | None) -> tuple[Contact, ...]:
    people = tuple(people)
    if main is not None:
        people = tuple(replace(each, main=fold(each.name) == fold(main)) for each in people)
    if people and not any(contact.main for contact in people):
        people = (replace(people[0], main=True), *people[1:])
    return people


def differences(before: School, after: School) -> dict[str, list[object]]:
    """Return what a change has made another, by field, from and to, as the event log keeps it."""
    changed: dict[str, list[object]] = {
        name: [getattr(before, name), getattr(after, name)]
        for name in _PLAIN
        if getattr(before, name) != getattr(after, name)
    }
    gone, come = (
        set(before.contacts) - set(after.contacts),
        set(after.contacts) - set(before.contacts),
    )
    if gone or come:
        changed["contacts"] = [_listed(gone), _listed(come)]
    return changed


def conflicting(seen: School, now: School, change: SchoolChange) -> dict[str, list[object]]:
    """Return what others made another since a school was seen, of what a change is about (rule 37).

    Args:
        seen: The school as whoever changes it saw it.
        now: As it is.
        change: What is to be another.
    """
    wanted = {name for name in _PLAIN if getattr(change, name) is not None}
    changed = {name: pair for name, pair in differences(seen, now).items() if name in wanted}
    about = {fold(name) for name in (*change.without, *(each.name for each in change.contacts))}
    before, after = (
        {each for each in school.contacts if fold(each.name) in about} for school in (seen, now)
    )
    if before != after:
        changed["contacts"] = [_listed(before - after), _listed(after - before)]
    return changed


def contact_of(text: str) -> Contact:
    """Return the contact that is written ``NAME; JOB; TELEPHONE; EMAIL``.

    Parts at the end may be left out.

    Raises:
        InvalidInput: There is no name, or there are more parts.
    """
    parts = [part.strip() for part in text.split(";")]
    if len(parts) > _PARTS or not parts[0]:
        raise InvalidInput({"contact": f"write {CONTACT_FORM}, the name first"})
    name, job, telephone, email = parts + [""] * (_PARTS - len(parts))
    return Contact(name=name, job=job, telephone=telephone, email=email)


def written_contact(contact: Contact) -> str:
    """Return a contact as :func:`contact_of` reads it."""
    parts = (contact.name, contact.job, contact.telephone, contact.email)
    return "; ".join(parts).rstrip("; ")


CONTACT_FORM = "NAME;JOB;TELEPHONE;EMAIL"
_PARTS = CONTACT_FORM.count(";") + 1


def _listed(contacts: Iterable[Contact]) -> str:
    return ", ".join(sorted(map(contact_text, contacts)))


def contact_text(contact: Contact) -> str:
    """Return a contact in one line: ``Test Bursar · Bursar · 01772 123456 · main contact``."""
    main = "main contact" if contact.main else ""
    parts = (contact.name, contact.job, contact.telephone, contact.email, main)
    return " · ".join(part for part in parts if part)
