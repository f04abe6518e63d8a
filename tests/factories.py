"""Things that tests need, made with as few words as the test has an interest in."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import argon2
from argon2 import PasswordHasher

from eds_tui.domain.account import Account, NewAccount, Role
from eds_tui.domain.incident import IncidentForm
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact
from eds_tui.domain.school import Contact, NewSchool, School
from eds_tui.host import passwords
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services

PASSWORD = "correct horse battery"
QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""Makes hashes as the program does, but not slowly: that is on purpose, and most of a sign-in."""
QUICK_HASHES: tuple[tuple[ModuleType, str, object], ...] = (
    (argon2, "PasswordHasher", lambda: QUICK_HASHER),
    (passwords, "_HASH_OF_NOTHING", QUICK_HASHER.hash("kept by nobody")),
)
"""What is put where by a process that has it: modules, names in them and values."""
START = datetime(2026, 6, 10, 10, 52, 0, tzinfo=UTC)
"""11:52 on a Wednesday in London, in summer time."""

_counter = itertools.count(1)


class SetClock:
    """A clock that stands still until it is moved.

    Put forward or back it is by setting ``now``: that takes no time.
    """

    def __init__(self, now: datetime = START) -> None:
        self.now = now
        self._passed = timedelta()

    def __call__(self) -> datetime:
        """Return the moment it stands at."""
        return self.now

    def forward(self, **parts: float) -> None:
        """Move it on, by the parts of a ``timedelta``, in which so much time goes by."""
        self.now += timedelta(**parts)
        self._passed += timedelta(**parts)

    def seconds(self) -> float:
        """Return the seconds that have gone by."""
        return self._passed.total_seconds()

    def era(self) -> str:
        """Return that these are seconds of its own."""
        return "tests"

    def skew(self) -> timedelta | None:
        """Return nothing: it is the machine's own."""
        return None


def new_school(**changes: Any) -> NewSchool:
    """Return a school with everything filled in."""
    values: dict[str, Any] = {
        "portal_number": "00000",
        "name": "Test School",
        "town": "Test Town",
        "la_number": "888",
        "dfe_number": "888/2001",
        "urn": "119001",
        "telephone": "01772 123456",
        "email": "head@test-school.example",
        "connection_type": "Fibre",
        "bandwidth": "100 Mbps",
        "contacts": (
            Contact(
                name="Test Bursar",
                job="Bursar",
                telephone="01772 123456 ext 4",
                email="bursar@test.example",
                main=True,
            ),
            Contact(
                name="Mrs Testing",
                job="Headteacher",
                telephone="01772 654321",
                email="head@test-school.example",
            ),
        ),
    }
    return NewSchool(**(values | changes))


def new_form(**changes: Any) -> IncidentForm:
    """Return a complete form with a submission key of its own."""
    values: dict[str, Any] = {
        "submission": f"form-{next(_counter)}",
        "category": Category.NETWORK,
        "impact": Impact.SITE,
        "description": "No internet in the whole building.",
        "telephone": "Test Bursar 01772 123456",
    }
    return IncidentForm(**(values | changes))


def _another_school() -> NewSchool:
    """Return a school that differs in everything."""
    return new_school(
        portal_number="30112",
        name="St Mary's and St Michael's",
        town="Garstang",
        dfe_number="888/3456",
        urn="119002",
        telephone="01995 600000",
        email="office@st-marys.example",
        contacts=(Contact(name="Anne O'Brien", job="Office", telephone="01995 600001", main=True),),
    )


@dataclass(frozen=True)
class People:
    """Two schools and an account of every kind; each one's password is ``PASSWORD``."""

    school: School
    other_school: School
    head: Account
    """A school account with a name of its own, login ``00000EDU``."""
    bursar: Account
    """A generic login of the same school."""
    neighbour: Account
    """A school account of the other school."""
    handler: Account
    lead: Account

    @classmethod
    def add_to(cls, database: Database, services: Services) -> People:
        """Put them into a database. One hash serves all, since hashing is slow on purpose."""
        services.schools.add(new_school())
        services.schools.add(_another_school())
        school, other = map(services.schools.by_portal_number, ("00000", "30112"))
        head = NewAccount(login="00000EDU", name="Test User", role=Role.SCHOOL, school_id=school.id)
        services.accounts.add(replace(head, email="user@test.example"), PASSWORD)
        with database.writing() as work:
            known = work.accounts.credentials("00000EDU")
            assert known is not None
            for new in (
                NewAccount(
                    login="bursar",
                    name="Bursar",
                    role=Role.SCHOOL,
                    school_id=school.id,
                    generic=True,
                ),
                NewAccount(
                    login="30112EDU", name="Neighbour", role=Role.SCHOOL, school_id=other.id
                ),
                NewAccount(login="handler", name="A. Handler", role=Role.HANDLER),
                NewAccount(login="lead", name="S. Lead", role=Role.LEAD),
            ):
                work.accounts.add(new, known.password_hash, START)
            work.commit()
        names = ("00000EDU", "bursar", "30112EDU", "handler", "lead")
        return cls(school, other, *map(services.accounts.by_login, names))


def log(services: Services, people: People, count: int, clock: SetClock | None = None) -> None:
    """Log incidents of the head's; where there is a clock, a minute after one another."""
    for _ in range(count):
        services.report.log(people.head, new_form())
        if clock is not None:
            clock.forward(minutes=1)


def set_state(database: Database, people: People, number: int, state: State, at: datetime) -> None:
    """Put an incident into a state, as of a moment, whoever is to triage it."""
    with database.writing() as work:
        found = work.incidents.find(people.handler.scope, number, at)
        assert found is not None
        work.incidents.set_state(found.id, state, found.row.priority, at)
        work.commit()
