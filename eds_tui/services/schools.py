"""The service that finds, adds and changes schools, and shows what they have open."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import Ambiguous, Conflict, NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.folding import school_name
from eds_tui.domain.history import changes_in_words
from eds_tui.domain.school import (
    Contact,
    NewSchool,
    School,
    SchoolLookup,
    check_new_school,
    head_email,
)
from eds_tui.domain.school_card import SchoolCard
from eds_tui.domain.school_change import SchoolChange, changed_school, conflicting, differences
from eds_tui.domain.school_words import found_count
from eds_tui.domain.text import storable, visible
from eds_tui.domain.views import PAGE_SIZE, ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.core.administration import AdministrativeLog

SHOWN = 50
"""Schools that a look-up shows at most."""


class Schools:
    """Looks schools up, adds and changes them.

    Args:
        database: Where they are.
        clock: The clock.
        operator: The Linux user at the console; empty where it is nobody's doing.
    """

    def __init__(self, database: Database, clock: Clock, operator: str = "") -> None:
        self._database = database
        self._clock = clock
        self._log = AdministrativeLog(clock=clock, operator=operator)

    def find(self, actor: Account, text: str) -> tuple[tuple[School, ...], int]:
        """Return the schools that a text finds, best first, and how many there are in all.

        Closed ones are not among them: they take no new incident.
        """
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
                school,
                work.incidents.page(actor.scope, query, Window(), self._clock()),
                work.calls.callers(school_id),
            )

    def by_id(self, actor: Account, school_id: int | None) -> School:
        """Return a school with its contacts; a school account reads its own.

        Raises:
            NotFound: There is none, or none that the account may know of.
        """
        if school_id is not None and school_id != actor.school_id:
            actor.require(Action.LOOK_UP_SCHOOLS)
        with self._database.reading(actor) as work:
            school = None if school_id is None else work.schools.by_id(school_id)
        if school is None:
            raise NotFound("That school is no longer in the list.")
        return school

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

    def named(self, text: str, *, for_new: bool = False) -> School:
        """Return the school that a portal number means, or a name where only one has it.

        Args:
            text: A portal number, or whatever the look-up takes, as a name or part of it.
            for_new: Whether it is for a new incident: one that is open goes before closed ones.

        Raises:
            NotFound: None is meant.
            Ambiguous: Several are; its further lines name them.
        """
        lookup = SchoolLookup.of(text)
        with self._database.reading() as work:
            if school := work.schools.by_portal_number(storable(text.strip())):
                return school
            found, total = work.schools.find(lookup, SHOWN, closed=not for_new)
            if not found and for_new:
                found, total = work.schools.find(lookup, SHOWN, closed=True)
        wanted = school_name(text)
        exact = [each for each in found if wanted in map(school_name, (each.name, each.title))]
        if len(found if total == 1 else exact) == 1:
            return (exact or found)[0]
        if not found:
            kind = "with portal number" if text.strip().isdigit() or not text.strip() else "named"
            raise NotFound(f"There is no school {kind} {visible(text.strip())}.")
        raise Ambiguous(
            f"{found_count(total)} schools are found by {visible(text)};"
            " give the portal number of one.",
            [f"{each.portal_number}  {visible(each.title)}" for each in found],
        )

    def all(self) -> tuple[School, ...]:
        """Return every school by portal number."""
        found: list[School] = []
        with self._database.reading() as work:
            while page := work.schools.page(found[-1].portal_number if found else "", PAGE_SIZE):
                found += page
        return tuple(found)

    def add(self, new: NewSchool) -> None:
        """Add a school, from the console; without an address the head's is notified.

        Raises:
            InvalidInput: A field is wrong.
            Conflict: Another school has the portal number.
        """
        new = _storable(new)
        new = replace(new, email=new.email or head_email(new.contacts))
        check_new_school(new)
        with self._database.writing() as work:
            work.schools.add(new)
            self._log.add(work, EventKind.SCHOOL_ADDED, None, portal_number=new.portal_number)
            work.commit()

    def change(
        self, actor: Account, school_id: int, change: SchoolChange, seen: School | None = None
    ) -> tuple[School, School]:
        """Change a school: details, notified address, contacts, connection, whether it is closed.

        Args:
            actor: A lead.
            school_id: The school's row id.
            change: What is to be another.
            seen: The school as the actor sees it; where it is not, nobody else's change is in the
                way (rule 37).

        Returns:
            The school before and after; what is the same as before is no event.

        Raises:
            InvalidInput: A field is wrong.
            Conflict: Another school has the portal number, or somebody else has changed the same.
            NotAllowed: The account is not a lead's.
            NotFound: There is no such school.
        """
        actor.require(Action.MANAGE_SCHOOLS)
        change = _stripped(_storable(change))
        with self._database.writing(actor) as work:
            before = work.schools.by_id(school_id)
            if before is None:
                raise NotFound("That school is no longer in the list.")
            if seen is not None and (others := conflicting(seen, before, change)):
                raise Conflict(f"Somebody else changed it meanwhile: {changes_in_words(others)}.")
            after = changed_school(before, change)
            if changed := differences(before, after):
                work.schools.change(before, after)
                self._log.add(
                    work,
                    EventKind.SCHOOL_CHANGED,
                    actor,
                    portal_number=before.portal_number,
                    changed=changed,
                )
            work.commit()
        return before, after


Entered = TypeVar("Entered", NewSchool, SchoolChange, Contact)


def _storable(entered: Entered) -> Entered:
    texts: dict[str, Any] = {
        field.name: storable(value)
        for field in fields(entered)
        if isinstance(value := getattr(entered, field.name), str)
    }
    entered = replace(entered, **texts)
    if isinstance(entered, (NewSchool, SchoolChange)):
        return replace(entered, contacts=tuple(map(_storable, entered.contacts)))
    return entered


def _stripped(change: SchoolChange) -> SchoolChange:
    texts: dict[str, Any] = {
        field.name: value.strip()
        for field in fields(change)
        if isinstance(value := getattr(change, field.name), str)
    }
    return replace(change, **texts)
