"""Checks that what is stored agrees: numbers, history, versions, files, full text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from sqlalchemy import Connection, and_, case, column, func, or_, select, table, true
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import ColumnClause, ColumnElement

from eds_tui.domain.incident import format_number
from eds_tui.domain.lookalike import COMPARED, telling_words
from eds_tui.domain.progress import Progress, untold
from eds_tui.domain.restoring import numbers_between
from eds_tui.repository import postgres, state_counts, wall_check
from eds_tui.repository.engine import is_postgres
from eds_tui.repository.file_check import (
    FOREIGN_KEYS,
    INTEGRITY,
    FileCheck,
    connected,
    looking_through,
)  # fmt: skip
from eds_tui.repository.finding import Finding, Problems
from eds_tui.repository.history_check import HistoryCheck
from eds_tui.repository.numbers import last_taken, lost_numbers
from eds_tui.repository.tables import (
    NOT_CLOSED,
    attachments,
    chunks,
    incidents,
    notifications,
    open_words,
)  # fmt: skip

_above = incidents.alias("above")


def check(connection: Connection, progress: Progress = untold) -> Iterator[Finding]:
    """Yield what was found of each part, over one snapshot; nothing is changed.

    Whatever is stored, little of it is in memory at a time.

    Args:
        connection: Reads the snapshot.
        progress: Is told how far it is.
    """
    if is_postgres(connection):
        postgres.take_time(connection)
        walls = Problems(wall_check.problems(connection))
        yield walls.of("What schools reach in PostgreSQL")
        yield from _stored(connection, progress)
        return
    # SQLite looks the file through by itself meanwhile: the most time goes into these two.
    with (
        connected(connection.engine) as beside,
        looking_through(beside, INTEGRITY, FOREIGN_KEYS) as file,
    ):
        try:
            found = list(_stored(connection, lambda done: progress((done + file.done) / 2)))
        except DBAPIError:
            # What is damaged may not be read, but SQLite can say where it is.
            yield _file(file, progress)
            raise
        yield _file(file, lambda done: progress((1 + done) / 2))
    yield from found


def _file(check_of_file: FileCheck, progress: Progress) -> Finding:
    try:
        problems = check_of_file.wait(progress)
    except sqlite3.Error as error:
        problems = [str(error)]
    return Problems(problems).of("The file")


def _stored(connection: Connection, progress: Progress) -> Iterator[Finding]:
    # Follow every change of every incident from what it was logged with to what it is now.
    history, comments = HistoryCheck(connection).follow(progress)
    yield _numbers(connection)
    yield history
    yield _links(connection)
    yield comments
    yield _files(connection)
    yield _full_text(connection)
    yield _open_words(connection)
    yield _state_counts(connection)
    yield _mail(connection)


def _numbers(connection: Connection) -> Finding:
    columns = incidents.c
    ends = func.min(columns.number).label("first"), func.max(columns.number).label("last")
    row = connection.execute(select(func.count().label("number_of_rows"), *ends)).one()
    count, first, last = row.number_of_rows, row.first, row.last
    last_given = last_taken(connection)
    lost = lost_numbers(connection)
    problems = Problems()
    # On PostgreSQL what was undone leaves a gap.
    has_gaps = is_postgres(connection)
    is_off = last_given < last if has_gaps else last_given != last
    if count and is_off and (last + 1, last_given) not in lost:
        problems.add(
            f"The last number given out is {format_number(last_given)},"
            f" and the last incident {format_number(last)}."
        )
    missing = last - first + 1 - count - numbers_between(first, last, lost) if count else 0
    if missing and not has_gaps:
        problems.add(
            f"Between {format_number(first)} and {format_number(last)} {missing} are missing."
        )
    return problems.of(f"Numbers of {count:,} incidents")


def _links(connection: Connection) -> Finding:
    """Look for incidents that hang on one another, below another that hangs, or on themselves."""
    columns, above = incidents.c, _above.c
    number = select(func.count()).where(
        or_(columns.parent_id.is_not(None), columns.duplicate_of_id.is_not(None))
    )
    problems = Problems()
    hanging = (
        select(columns.id, columns.number, above.id.label("above"), above.number.label("on"))
        .join(_above, above.id == columns.parent_id)
        .where(above.parent_id.is_not(None))
        .order_by(columns.id)
    )
    problems.extend(
        f"{format_number(row.number)} hangs on {format_number(row.on)}, which hangs on another one."
        if row.id != row.above
        else f"{format_number(row.number)} hangs on itself."
        for row in connection.execute(hanging)
    )
    # Whoever leads back to itself points to a duplicate, which few do.
    chained = (
        select(columns.id, columns.number, columns.duplicate_of_id)
        .join(_above, above.id == columns.duplicate_of_id)
        .where(above.duplicate_of_id.is_not(None))
        .order_by(columns.id)
    )
    rows = connection.execute(chained).all()
    originals = {row.id: row.duplicate_of_id for row in rows}
    problems.extend(
        f"{format_number(row.number)} is a duplicate that leads back to itself."
        for row in rows
        if _leads_back(row.id, originals)
    )
    return problems.of(f"Links, {connection.execute(number).scalar_one():,}")


def _leads_back(start: int, pointers: dict[int, int]) -> bool:
    passed = {start}
    at = pointers.get(start)
    while at is not None and at not in passed:
        passed.add(at)
        at = pointers.get(at)
    return at == start


def _files(connection: Connection) -> Finding:
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
    problems = Problems(
        f"{format_number(row.number)}: of the {row.size:,} bytes of {row.name!r}"
        f" {row.stored_size or 0:,} are there."
        for row in rows
    )
    count = connection.execute(select(func.count()).select_from(attachments)).scalar_one()
    return problems.of(f"Attached files, {count:,}")


def _full_text(connection: Connection) -> Finding:
    columns = incidents.c
    if is_postgres(connection):
        places: dict[str, ColumnElement[bool]] = {"incident_search": true()}
    else:
        # In the other table its own school would find what it may not know of (rule 24).
        hidden = columns.confidential
        places = {"incident_search": ~hidden, "incident_search_confidential": hidden}
    problems = Problems()
    for name, belongs_there in places.items():
        key: ColumnClause[int] = column("incident_id" if is_postgres(connection) else "rowid")
        # Not by a list of ids: PostgreSQL goes through one that is longer than its memory anew for
        # each incident, which for a million of them never ends.
        found = select(key).select_from(table(name, key)).where(key == columns.id).exists()
        for wrong, sentence in (
            (and_(belongs_there, ~found), "can't be found by its words."),
            (and_(~belongs_there, found), "is found by who may not know of it."),
        ):
            numbers = select(columns.number).where(wrong).order_by(columns.number)
            rows = connection.execute(numbers).scalars()
            problems.extend(f"{format_number(number)} {sentence}" for number in rows)
    return problems.of("Full text")


def _open_words(connection: Connection) -> Finding:
    """Compare of which incidents the telling words are kept with which are open."""
    columns = incidents.c
    kept = select(open_words.c.incident_id).where(open_words.c.incident_id == columns.id).exists()
    without = select(columns.number, columns.description).where(NOT_CLOSED, ~kept)
    problems = Problems(
        f"{format_number(row.number)} is open, and not compared with what is typed."
        for row in connection.execute(without.order_by(columns.number))
        if telling_words(row.description[:COMPARED])
    )
    of_closed = select(columns.number).where(
        ~NOT_CLOSED, columns.id.in_(select(open_words.c.incident_id))
    )
    problems.extend(
        f"{format_number(number)} is closed, and compared with what is typed."
        for number in connection.execute(of_closed.order_by(columns.number)).scalars()
    )
    count = select(func.count()).select_from(incidents).where(NOT_CLOSED)
    return problems.of(f"Words of {connection.execute(count).scalar_one():,} open incidents")


def _state_counts(connection: Connection) -> Finding:
    """Compare how many incidents are said to be in each state with how many there are."""
    wrong = state_counts.wrong(connection)
    problems = Problems(
        f"Incidents that are {state.label}: {kept:,} are counted, and {there:,} found."
        for state, (kept, there) in sorted(wrong.items())
    )
    return problems.of("Numbers beside the lists")


def _mail(connection: Connection) -> Finding:
    rows = connection.execute(
        select(incidents.c.number)
        .join(notifications, notifications.c.incident_id == incidents.c.id)
        .where(incidents.c.confidential, notifications.c.sent_at.is_(None))
        .distinct()
    ).scalars()
    problems = Problems(
        f"{format_number(each)} is confidential, and an e-mail waits." for each in rows
    )
    return problems.of("E-mails that wait")
