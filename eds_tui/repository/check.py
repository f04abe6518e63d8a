"""Checks that what is stored agrees: numbers, history, versions, files, full text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, and_, case, column, func, or_, select, table, true
from sqlalchemy.sql.elements import ColumnClause, ColumnElement

from eds_tui.domain.event import SAID_IN, EventKind
from eds_tui.domain.incident import format_number
from eds_tui.domain.restoring import numbers_between
from eds_tui.repository import wall_check
from eds_tui.repository.engine import is_postgres
from eds_tui.repository.history_check import followed, streamed
from eds_tui.repository.numbers import last_taken, lost_numbers
from eds_tui.repository.tables import (
    attachments,
    chunks,
    comments,
    events,
    incidents,
    notifications,
)  # fmt: skip

MOST_LISTED = 20
"""Problems of one kind that are listed one by one; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one part of the check found."""

    subject: str
    """What was looked at, and how many of it."""
    problems: tuple[str, ...]
    """A sentence each; none is as it should be."""


def check(connection: Connection) -> Iterator[Finding]:
    """Yield what was found of each part, over one snapshot; nothing is changed."""
    for part in (_file, _numbers, _history, _links, _comments, _files, _full_text, _mail):
        subject, problems = part(connection)
        yield Finding(subject=subject, problems=_at_most(problems))


Part = tuple[str, list[str]]


def _at_most(problems: list[str]) -> tuple[str, ...]:
    beyond = len(problems) - MOST_LISTED
    return (*problems[:MOST_LISTED], *([f"… and {beyond} more."] if beyond > 0 else []))


def _file(connection: Connection) -> Part:
    """Ask SQLite whether the file is whole; PostgreSQL keeps watch by itself, and the wall."""
    if is_postgres(connection):
        return "What schools reach in PostgreSQL", wall_check.problems(connection)
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
    problems = [str(line) for line in found if line != "ok"]
    problems += [
        f"A row of {row.table} belongs to one of {row.parent} that is not there."
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
    ]
    return "The file", problems


def _numbers(connection: Connection) -> Part:
    columns = incidents.c
    ends = func.min(columns.number).label("first"), func.max(columns.number).label("last")
    row = connection.execute(select(func.count().label("number_of_rows"), *ends)).one()
    count, first, last = row.number_of_rows, row.first, row.last
    last_given = last_taken(connection)
    lost = lost_numbers(connection)
    problems = []
    # On PostgreSQL what was undone leaves a gap.
    has_gaps = is_postgres(connection)
    is_off = last_given < last if has_gaps else last_given != last
    if count and is_off and (last + 1, last_given) not in lost:
        problems.append(
            f"The last number given out is {format_number(last_given)},"
            f" and the last incident {format_number(last)}."
        )
    missing = last - first + 1 - count - numbers_between(first, last, lost) if count else 0
    if missing and not has_gaps:
        problems.append(
            f"Between {format_number(first)} and {format_number(last)} {missing} are missing."
        )
    return f"Numbers of {count:,} incidents", problems


def _history(connection: Connection) -> Part:
    """Follow every change of every incident from what it was logged with to what it is now."""
    number_of_events, problems = followed(connection)
    return f"History, {number_of_events:,} events", problems


def _links(connection: Connection) -> Part:
    """Look for incidents that hang on one another, below another that hangs, or on themselves."""
    columns = incidents.c
    rows = connection.execute(
        select(columns.id, columns.number, columns.parent_id, columns.duplicate_of_id).where(
            or_(columns.parent_id.is_not(None), columns.duplicate_of_id.is_not(None))
        )
    ).all()
    numbers = {row.id: format_number(row.number) for row in rows}
    parents = {row.id: row.parent_id for row in rows if row.parent_id is not None}
    originals = {row.id: row.duplicate_of_id for row in rows if row.duplicate_of_id is not None}
    problems = [
        f"{numbers[each]} hangs on {numbers[above]}, which hangs on another one."
        if each != above
        else f"{numbers[each]} hangs on itself."
        for each, above in parents.items()
        if above in parents
    ]
    problems += [
        f"{numbers[each]} is a duplicate that leads back to itself."
        for each in originals
        if _leads_back(each, originals)
    ]
    return f"Links, {len(rows):,}", problems


def _leads_back(start: int, pointers: dict[int, int]) -> bool:
    passed = {start}
    at = pointers.get(start)
    while at is not None and at not in passed:
        passed.add(at)
        at = pointers.get(at)
    return at == start


def _comments(connection: Connection) -> Part:
    """Compare what was said with what the log says was said."""
    naming = streamed(
        connection,
        select(events.c.kind, events.c.incident_id, events.c.details).where(
            events.c.kind.in_([kind.value for kind in SAID_IN])
        ),
    )
    said = (
        (event.details.get(SAID_IN[EventKind(event.kind)]), event.incident_id) for event in naming
    )
    logged = {comment: incident for comment, incident in said if comment is not None}
    rows = connection.execute(
        select(comments.c.id, comments.c.incident_id, incidents.c.number).join(
            incidents, incidents.c.id == comments.c.incident_id
        )
    ).all()
    problems = [
        f"{format_number(row.number)}: comment {row.id} is not in the event log."
        for row in rows
        if logged.pop(row.id, None) != row.incident_id
    ]
    problems += [f"The event log has a comment {each} that is not there." for each in logged]
    return f"Comments, {len(rows):,}", problems


def _files(connection: Connection) -> Part:
    columns = attachments.c
    stored = (
        select(
            chunks.c.attachment_id,
            func.sum(func.length(chunks.c.data)).label("stored_size"),
            func.count().label("pieces"),
            func.max(chunks.c.position).label("last"),
        )
        .group_by(chunks.c.attachment_id)
        .subquery()
    )
    rows = connection.execute(
        select(columns.id, columns.name, columns.size, incidents.c.number, stored)
        .join(incidents, incidents.c.id == columns.incident_id)
        .outerjoin(stored, stored.c.attachment_id == columns.id)
        .where(
            or_(
                # Of what was taken back nothing is to be left.
                case((columns.taken_back_at.is_(None), columns.size), else_=0)
                != func.coalesce(stored.c.stored_size, 0),
                stored.c.last + 1 != stored.c.pieces,
            )
        )
    )
    problems = [
        f"{format_number(row.number)}: of the {row.size:,} bytes of {row.name!r}"
        f" {row.stored_size or 0:,} are there."
        for row in rows
    ]
    count = connection.execute(select(func.count()).select_from(attachments)).scalar_one()
    return f"Attached files, {count:,}", problems


def _full_text(connection: Connection) -> Part:
    columns = incidents.c
    if is_postgres(connection):
        places: dict[str, ColumnElement[bool]] = {"incident_search": true()}
    else:
        # In the other table its own school would find what it may not know of (rule 24).
        hidden = columns.confidential
        places = {"incident_search": ~hidden, "incident_search_confidential": hidden}
    problems = []
    for name, belongs_there in places.items():
        key: ColumnClause[int] = column("incident_id" if is_postgres(connection) else "rowid")
        found = select(key).select_from(table(name, key))
        for wrong, sentence in (
            (and_(belongs_there, columns.id.not_in(found)), "can't be found by its words."),
            (and_(~belongs_there, columns.id.in_(found)), "is found by who may not know of it."),
        ):
            numbers = select(columns.number).where(wrong).order_by(columns.number)
            rows = connection.execute(numbers).scalars()
            problems += [f"{format_number(number)} {sentence}" for number in rows]
    return "Full text", problems


def _mail(connection: Connection) -> Part:
    rows = connection.execute(
        select(incidents.c.number)
        .join(notifications, notifications.c.incident_id == incidents.c.id)
        .where(incidents.c.confidential, notifications.c.sent_at.is_(None))
        .distinct()
    ).scalars()
    problems = [f"{format_number(each)} is confidential, and an e-mail waits." for each in rows]
    return "E-mails that wait", problems
