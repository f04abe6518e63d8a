"""Plans what the demonstration database will hold, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from eds_tui.demo.accounts import ACCOUNTS
from eds_tui.demo.data import DemoData, GuideIncident
from eds_tui.domain.account import NewAccount, Role
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.school import Contact, NewSchool

OWN_SCHOOL = "00000"
"""The portal number of the school that the demonstration's school accounts belong to."""

SERVICE_CENTRE = tuple(account.login for account in ACCOUNTS if account.role.is_service_centre)
"""The account names of the service centre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedComment:
    """A comment that will be written."""

    login: str
    caller: str
    """For whom, when it was taken on the telephone."""
    body: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedIncident:
    """An incident that will be written, with all that belongs to it."""

    portal_number: str
    login: str
    """Who logs it."""
    channel: Channel
    category: Category
    impact: Impact
    confidential: bool
    description: str
    contact: Contact
    opened_at: datetime
    state: State
    priority: Priority
    resolved_at: datetime | None = None
    handling_seconds: int | None = None
    comments: tuple[PlannedComment, ...] = ()
    file: str = ""
    """The name of the attached file, or ``""``."""


def school_accounts(school: NewSchool, school_id: int | None = None) -> Iterator[NewAccount]:
    """Yield the accounts of a school; any other than the guide's has one, after its number."""
    if school.portal_number == OWN_SCHOOL:
        for own in ACCOUNTS:
            if own.role is Role.SCHOOL:
                yield NewAccount(
                    login=own.login,
                    name=own.name,
                    role=own.role,
                    school_id=school_id,
                    generic=own.generic,
                    email=own.email,
                )
        return
    main = main_contact(school)
    login = f"{school.portal_number}EDU"
    yield NewAccount(
        login=login, name=main.name, role=Role.SCHOOL, school_id=school_id, email=main.email
    )


def main_contact(school: NewSchool) -> Contact:
    """Return the contact that is offered first as the caller."""
    return next(contact for contact in school.contacts if contact.main)


def reporting_contact(account: NewAccount, school: NewSchool, person: Contact) -> Contact:
    """Return the contact details of a report made with an account.

    Args:
        account: The school's.
        school: Whose number is given.
        person: Who names themselves when the account is a shared one (rule 6).
    """
    telephone = f"{person.name} {person.telephone}" if account.generic else school.telephone
    return Contact(name=account.name, telephone=telephone, email=account.email)


def guide_incidents(data: DemoData, now: datetime) -> list[PlannedIncident]:
    """Return the guide's own incidents in the order of their numbers."""
    school = next(school for school in data.schools if school.portal_number == OWN_SCHOOL)
    return [_guide_incident(row, school, now) for row in data.guide]


def _guide_incident(row: GuideIncident, school: NewSchool, now: datetime) -> PlannedIncident:
    call = row.login in SERVICE_CENTRE
    email = "" if call else main_contact(school).email
    resolved = None
    if row.resolved_hours is not None:
        resolved = now - timedelta(hours=row.resolved_hours)
    return PlannedIncident(
        portal_number=school.portal_number,
        login=row.login,
        channel=Channel.PHONE if call else Channel.SELF_SERVICE,
        category=row.category,
        impact=row.impact,
        confidential=False,
        description=row.description,
        contact=Contact(name=row.contact, telephone=school.telephone, email=email),
        opened_at=row.opened.astimezone(UTC),
        state=row.state,
        priority=row.priority,
        resolved_at=resolved,
        comments=tuple(
            PlannedComment(login=said.login, caller="", body=said.says, at=said.at.astimezone(UTC))
            for said in row.comments
        ),
        file=row.file,
    )
