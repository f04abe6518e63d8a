"""Reads and stores schools, and finds them by anything a caller says (rule 31)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    Executable,
    Insert,
    Row,
    Update,
    and_,
    bindparam,
    delete,
    insert,
    literal,
    select,
    true,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.errors import Conflict
from eds_tui.domain.folding import school_name
from eds_tui.domain.school import (
    Contact,
    NewSchool,
    School,
    SchoolLookup,
    dfe_digits,
    found_by,
    school_title,
)  # fmt: skip
from eds_tui.domain.telephone import telephone_numbers
from eds_tui.repository.column_types import new_id
from eds_tui.repository.engine import is_postgres
from eds_tui.repository.full_text import full_text_of
from eds_tui.repository.id_lists import one_of, value_of
from eds_tui.repository.school_finding import SchoolFinding
from eds_tui.repository.school_vocabulary import keep_words
from eds_tui.repository.tables import contacts, incidents, schools, telephones

_OWN_COLUMNS = [field.name for field in fields(NewSchool) if field.name != "contacts"]
_CONTACT_COLUMNS = (
    contacts.c.name, contacts.c.job, contacts.c.telephone, contacts.c.email, contacts.c.main,
)  # fmt: skip
_CONTACT_NAMES = tuple(column.name for column in _CONTACT_COLUMNS)
_COLUMNS: list[ColumnElement[Any]] = [
    schools.c.id,
    schools.c.closed,
    *(schools.c[name] for name in _OWN_COLUMNS),
]
_NAMES = [column.name for column in _COLUMNS]
_IDS = "ids"
_Statements = Mapping[bool, Executable]
"""A statement for PostgreSQL under true, and for SQLite."""
_SCHOOLS: _Statements = {
    kind: select(*_COLUMNS).where(one_of(schools.c.id, _IDS, on_postgres=kind))
    for kind in (False, True)
}
_PEOPLE: _Statements = {
    kind: select(contacts.c.school_id, *_CONTACT_COLUMNS)
    .where(one_of(contacts.c.school_id, _IDS, on_postgres=kind))
    .order_by(contacts.c.main.desc(), contacts.c.name)
    for kind in (False, True)
}
_CLOSED = select(schools.c.closed).where(schools.c.id == bindparam("wanted"))
_EMAIL = select(schools.c.email).where(schools.c.id == bindparam("wanted"))


class SchoolRepository:
    """Adds, reads and looks up schools."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: NewSchool) -> int:
        """Add a school with its contacts and return its id.

        Raises:
            Conflict: Another school has that portal number.
        """
        result = self._store(insert(schools), new)
        school_id = new_id(result)
        self._add_people(school_id, new)
        return school_id

    def change(self, before: School, after: School) -> None:
        """Store a school as it is now, with its contacts, and whatever it is found by anew.

        Raises:
            Conflict: Another school has that portal number.
        """
        self._store(update(schools).where(schools.c.id == after.id), after, closed=after.closed)
        for of_school in (contacts, telephones):
            self._connection.execute(delete(of_school).where(of_school.c.school_id == after.id))
        self._add_people(after.id, after)
        if before.title != after.title:
            self._fold_incidents(after.id)

    def _store(
        self, statement: Insert | Update, new: NewSchool, **more: object
    ) -> CursorResult[Any]:
        values = {name: getattr(new, name) for name in _OWN_COLUMNS}
        values |= {
            "dfe_digits": dfe_digits(new.dfe_number),
            "folded": school_name(f"{new.name} {new.town}"),
            "findable": found_by(new),
            **more,
        }
        try:
            return self._connection.execute(statement.values(**values))
        except IntegrityError as error:
            raise Conflict(
                f"Portal number {new.portal_number} belongs to another school."
            ) from error

    def _fold_incidents(self, school_id: int) -> None:
        """Read the name of a school anew into the full text of its incidents."""
        full_text = full_text_of(self._connection)
        ids = select(incidents.c.id).where(incidents.c.school_id == school_id)
        for incident_id in self._connection.execute(ids).scalars().all():
            full_text.index(self._connection, incident_id)

    def _add_people(self, school_id: int, new: NewSchool) -> None:
        keep_words(self._connection, school_id, new)
        if new.contacts:
            rows = [asdict(contact) | {"school_id": school_id} for contact in new.contacts]
            self._connection.execute(insert(contacts), rows)
        if rows := telephone_rows(
            school_id, (new.telephone, *(contact.telephone for contact in new.contacts))
        ):
            self._connection.execute(insert(telephones), rows)

    def by_id(self, school_id: int) -> School | None:
        """Return a school with its contacts."""
        return self._one(schools.c.id == school_id)

    def is_closed(self, school_id: int) -> bool:
        """Return whether a school takes no new incident."""
        return bool(self._connection.execute(_CLOSED, {"wanted": school_id}).scalar_one_or_none())

    def titles(self, school_ids: Collection[int]) -> dict[int, str]:
        """Return names and towns by row id."""
        columns = schools.c
        found = select(columns.id, columns.name, columns.town).where(columns.id.in_(school_ids))
        rows = self._connection.execute(found)
        return {row.id: school_title(row.name, row.town) for row in rows}

    def email(self, school_id: int) -> str | None:
        """Return the e-mail address of a school, or ``None`` where there is no such school."""
        return self._connection.execute(_EMAIL, {"wanted": school_id}).scalar_one_or_none()

    def by_portal_number(self, portal_number: str) -> School | None:
        """Return the school with a portal number, with its contacts."""
        return self._one(schools.c.portal_number == portal_number)

    def _one(self, condition: ColumnElement[bool]) -> School | None:
        rows = self._connection.execute(select(*_COLUMNS).where(condition)).all()
        return next(iter(self._with_contacts(rows)), None)

    def _with_contacts(self, rows: Sequence[Row[Any]]) -> tuple[School, ...]:
        people: dict[int, list[Contact]] = {row.id: [] for row in rows}
        values: list[Any]
        for school_id, *values in self._of_ids(_PEOPLE, list(people)):
            person: dict[str, Any] = dict(zip(_CONTACT_NAMES, values, strict=True))
            people[school_id].append(Contact(**person))
        return tuple(_school(row, people[row.id]) for row in rows)

    def _of_ids(self, statements: _Statements, ids: Sequence[int]) -> Sequence[Row[Any]]:
        """Return the rows of a statement that is put together once for any row ids."""
        on_postgres = is_postgres(self._connection)
        given = {_IDS: value_of(ids, on_postgres=on_postgres)}
        return self._connection.execute(statements[on_postgres], given).all()

    def find(
        self, lookup: SchoolLookup, limit: int, *, closed: bool = False
    ) -> tuple[tuple[School, ...], int]:
        """Return the schools that a look-up finds, best first, and how many there are in all.

        A number that is exactly one of a school's own comes first, then names that start with the
        text, then those with a word that does, then those found by another spelling or a contact,
        then those whose names hold it inside a word. Where there is none, a slip is forgiven.

        Args:
            lookup: What is looked for.
            limit: How many at most.
            closed: Whether closed schools are among them.
        """
        if lookup.is_empty:
            return (), 0
        ids, total = SchoolFinding(self._connection, lookup, closed=closed).found(limit)
        by_id = {row.id: row for row in self._of_ids(_SCHOOLS, ids)}
        return self._with_contacts([by_id[each] for each in ids]), total

    def page(self, after: str, limit: int) -> tuple[School, ...]:
        """Return schools by portal number, from the one after ``after``, without their contacts."""
        rows = self._connection.execute(
            select(*_COLUMNS)
            .where(schools.c.portal_number > after)
            .order_by(schools.c.portal_number)
            .limit(limit)
        )
        return tuple(_school(row) for row in rows)


def _school(row: Row[Any], people: Iterable[Contact] = ()) -> School:
    return School(**dict(zip(_NAMES, row, strict=True)), contacts=tuple(people))


def telephone_rows(school_id: int, texts: Iterable[str]) -> list[dict[str, Any]]:
    """Return what is kept of the telephone numbers of a school: one text may hold several."""
    numbers = {digits for text in texts for digits in telephone_numbers(text)}
    return [
        {"school_id": school_id, "digits": digits, "reversed": digits[::-1]}
        for digits in sorted(numbers)
    ]


def named(column: ColumnElement[str], lookup: SchoolLookup) -> ColumnElement[bool]:
    """Return the condition that a column holds every word of a look-up."""
    held = literal(" ") + column + literal(" ")
    return and_(
        true(),
        *(
            held.contains(f" {word} " if word in lookup.whole else word, autoescape=True)
            for word in lookup.words
        ),
    )
