"""The service that finds schools and shows what they have open (rules 31 and 32)."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.school import Contact, NewSchool, School, SchoolLookup, check_new_school
from eds_tui.domain.text import storable
from eds_tui.domain.views import PAGE_SIZE, ListQuery, SchoolCard, View, Window
from eds_tui.repository.unit_of_work import Database

SHOWN = 50
"""Schools that a look-up shows at most."""


class Schools:
    """Looks schools up and adds them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def find(self, actor: Account, text: str) -> tuple[tuple[School, ...], int]:
        """Return the schools that a text finds, best first, and how many there are in all."""
        actor.require(Action.LOOK_UP_SCHOOLS)
        with self._database.reading(actor) as work:
            return work.schools.find(SchoolLookup.of(text), SHOWN)

    def card(self, actor: Account, school_id: int) -> SchoolCard:
        """Return a school with its contacts and the incidents it has open (rule 32).

        Raises:
            NotFound: The school is no longer in the list.
        """
        actor.require(Action.LOOK_UP_SCHOOLS)
        with self._database.reading(actor) as work:
            school = work.schools.by_id(school_id)
            if school is None:
                raise NotFound("That school is no longer in the list.")
            query = ListQuery(View.OPEN, school_id)
            return SchoolCard(
                school, work.incidents.page(actor.scope, query, Window(), self._clock())
            )

    def own(self, actor: Account) -> School | None:
        """Return the school an account belongs to, with its contacts (rules 1 and 14)."""
        if actor.school_id is None:
            return None
        with self._database.reading(actor) as work:
            return work.schools.by_id(actor.school_id)

    def by_portal_number(self, portal_number: str) -> School:
        """Return the school with a portal number.

        Raises:
            NotFound: There is none.
        """
        with self._database.reading() as work:
            school = work.schools.by_portal_number(storable(portal_number))
        if school is None:
            raise NotFound(f"There is no school with portal number {portal_number}.")
        return school

    def all(self) -> tuple[School, ...]:
        """Return every school by portal number."""
        found: list[School] = []
        with self._database.reading() as work:
            while page := work.schools.page(found[-1].portal_number if found else "", PAGE_SIZE):
                found += page
        return tuple(found)

    def add(self, new: NewSchool) -> None:
        """Add a school, from the console.

        Raises:
            InvalidInput: A field is wrong.
            Conflict: Another school has the portal number.
        """
        new = _storable(new)
        check_new_school(new)
        with self._database.writing() as work:
            work.schools.add(new)
            details = {"portal_number": new.portal_number}
            work.events.add(EventKind.SCHOOL_ADDED, self._clock(), None, details=details)
            work.commit()


Entered = TypeVar("Entered", NewSchool, Contact)


def _storable(entered: Entered) -> Entered:
    texts: dict[str, Any] = {
        field.name: storable(value)
        for field in fields(entered)
        if isinstance(value := getattr(entered, field.name), str)
    }
    entered = replace(entered, **texts)
    if isinstance(entered, NewSchool):
        return replace(entered, contacts=tuple(map(_storable, entered.contacts)))
    return entered
