"""Reads and stores incidents, within the visibility of whoever reads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    and_,
    bindparam,
    case,
    literal,
    or_,
    select,
    update,
)  # fmt: skip

from eds_tui.domain.account import Scope
from eds_tui.domain.found import Beside, Found
from eds_tui.domain.incident import LARGEST_NUMBER, NewIncident
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage_fields import LOGGED, Difference, TriageFields, difference
from eds_tui.domain.views import IncidentRow, ListQuery, Page, View, Window
from eds_tui.repository import full_text, open_words, state_counts
from eds_tui.repository.column_types import Utc, new_id
from eds_tui.repository.come_due import come_due
from eds_tui.repository.engine import WRITING
from eds_tui.repository.incident_counts import COUNTED, counting
from eds_tui.repository.incident_pages import page_of
from eds_tui.repository.incident_rows import Visibility, to_row
from eds_tui.repository.incident_statements import (
    ADD,
    CHANGE,
    TRIAGE_FIELDS,
    Pointer,
    one,
    pointing_to,
)  # fmt: skip
from eds_tui.repository.numbers import next_number
from eds_tui.repository.reader_values import bind_values
from eds_tui.repository.recorded_fields import stored, typed
from eds_tui.repository.tables import NOT_CLOSED, incidents


class IncidentRepository:
    """Adds, lists and reads incidents."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._writing = bool(connection.get_execution_options().get(WRITING))

    def next_number(self) -> int:
        """Take the next number; on SQLite an undone unit of work gives it back."""
        return next_number(self._connection)

    def add(self, new: NewIncident, number: int) -> int:
        """Add an incident in state New with priority 0 (rule 10) and return its row id."""
        values = asdict(new) | {
            "number": number,
            "category": new.category.value,
            "impact": new.impact.value,
            "channel": new.channel.value,
            "state": State.NEW.value,
            "priority": Priority.NONE.value,
            "version": 1,
        }
        result = self._connection.execute(ADD, values)
        incident_id = new_id(result)
        full_text.index(self._connection, incident_id)
        open_words.keep(self._connection, incident_id, new.description)
        state_counts.moved(self._connection, None, State.NEW)
        return incident_id

    def change(
        self, found: Found, after: TriageFields, changed_by: str, *, version: int | None = None
    ) -> bool:
        """Store triage fields over those that were found.

        Args:
            found: What was read.
            after: The fields as they are to be.
            changed_by: Who does it, to be named to whoever the change conflicts with.
            version: The version to store over; the one found by default.

        Returns:
            Whether it was stored: not, where somebody else was quicker.
        """
        made = difference(found.fields, after)
        # What was logged is seldom put right, and need not be written again with every decision.
        names = [name for name in TRIAGE_FIELDS if name not in LOGGED or name in made]
        values = {name: stored(getattr(after, name)) for name in names}
        values |= {
            "changed_by": changed_by,
            "row_id": found.id,
            "known_version": found.row.version if version is None else version,
        }
        changed = self._connection.execute(CHANGE, values).rowcount == 1
        if changed and not made.keys().isdisjoint(_IN_FULL_TEXT):
            full_text.index(self._connection, found.id)
        if changed:
            self._keep_words(found.id, made, after)
            state_counts.moved(self._connection, found.fields.state, after.state)
        return changed

    def _keep_words(self, row_id: int, made: Difference, after: TriageFields) -> None:
        """Keep the words by which lookalikes are found, as long as it is open (rule 33)."""
        if after.state is State.CLOSED:
            if "state" in made:
                open_words.forget(self._connection, row_id)
        elif "description" in made or State.CLOSED in made.get("state", ()):
            open_words.keep_anew(self._connection, row_id, after.description)

    def set_state(
        self,
        incident_id: int,
        state: State,
        priority: Priority,
        at: datetime,
        until: datetime | None = None,
    ) -> Difference:
        """Set state and priority at a moment, for incidents that come with a past of their own.

        Args:
            incident_id: The row id.
            state: The state.
            priority: The priority.
            at: When it came to that state.
            until: The end of a deferral.

        Returns:
            What that changed, for the event log.
        """
        found = self.by_id(incident_id, at)
        moved = found.fields.moved(state, at, until)
        if state is State.CLOSED and found.fields.closes_at is not None:
            moved = replace(
                moved, resolved_at=found.fields.resolved_at, closes_at=found.fields.closes_at
            )
        after = replace(moved, priority=priority)
        self.change(found, after, "")
        return difference(found.fields, after)

    def find(self, scope: Scope, number: int, now: datetime) -> Found | None:
        """Return an incident, or ``None`` where there is none or the reader may not know of it."""
        if not 0 < number < LARGEST_NUMBER:
            return None
        statement = one(Visibility.of(scope, self._connection), incidents.c.number, self._writing)
        return self._found(statement, bind_values(scope, now, wanted=number), now)

    def by_id(self, incident_id: int, now: datetime) -> Found:
        """Return an incident by its row id, for the program's own use, whoever may see it."""
        statement = one(Visibility.of(_EVERYTHING), incidents.c.id, self._writing)
        found = self._found(statement, bind_values(_EVERYTHING, now, wanted=incident_id), now)
        assert found is not None
        return found

    def _found(self, statement: Select[Any], values: dict[str, Any], now: datetime) -> Found | None:
        row = self._connection.execute(statement, values).one_or_none()
        if row is None:
            return None
        given = row._mapping
        fields = {name: typed(name, given[name]) for name in TRIAGE_FIELDS if name in given}
        triage = TriageFields(**fields)
        changed_by = given.get("changed_by", "")
        read = row.last_news, row.said
        beside = Beside(*(given[name] for name in _BESIDE if name in given))
        return Found(row.id, to_row(row, now), row.description, triage, changed_by, *read, beside)

    def page(self, scope: Scope, query: ListQuery, window: Window, now: datetime) -> Page:
        """Return a window of a list; reads only that many rows, and one more."""
        return page_of(self._connection, scope, query, window, now)

    def counts(self, scope: Scope, now: datetime) -> dict[View, int]:
        """Return how many rows the lists of open incidents have, all from one query."""
        row = self._connection.execute(
            counting(Visibility.of(scope)), bind_values(scope, now)
        ).one()
        return {view: int(row._mapping[view.value]) for view in COUNTED}

    def put_counts_together(self) -> None:
        """Keep one row for each state of how many are in it; a writer adds one for each change."""
        state_counts.put_together(self._connection)

    def numbers(self, row_ids: Collection[int]) -> dict[int, int]:
        """Return the numbers of incidents by row id, for the service centre, which sees all."""
        columns = incidents.c
        found = select(columns.id, columns.number).where(columns.id.in_(row_ids))
        return {row.id: row.number for row in self._connection.execute(found)} if row_ids else {}

    def has_children(self, incident_id: int) -> bool:
        """Return whether any incident hangs on this one."""
        found = select(incidents.c.id).where(incidents.c.parent_id == incident_id).limit(1)
        return self._connection.execute(found).first() is not None

    def pointing_to(
        self, scope: Scope, incident_id: int, now: datetime, pointer: Pointer, view: View = View.ALL
    ) -> tuple[IncidentRow, ...]:
        """Return the incidents of a list that hang on one or are duplicates of it, oldest first."""
        statement = pointing_to(Visibility.of(scope, self._connection), view, pointer)
        rows = self._connection.execute(statement, bind_values(scope, now, above=incident_id))
        return tuple(to_row(row, now) for row in rows)

    def open_clocks(self) -> tuple[tuple[int, datetime, TriageFields], ...]:
        """Return what a due date depends on, for every incident that is not resolved."""
        columns = incidents.c
        statement = select(columns.id, columns.opened_at, columns.priority, columns.pauses).where(
            NOT_CLOSED, columns.state != State.RESOLVED.value
        )
        return tuple(
            (row.id, row.opened_at, _clock_fields(row))
            for row in self._connection.execute(statement)
        )

    def set_clock(self, incident_id: int, fields: TriageFields) -> None:
        """Store how the clock stands and what was warned of; no version counts that as a change."""
        self._connection.execute(
            update(incidents)
            .where(incidents.c.id == incident_id)
            .values(sla_due=fields.sla_due, warn_at=fields.warn_at, warned=fields.warned)
        )

    def set_due_dates(
        self, due: dict[int, tuple[datetime | None, datetime | None]], now: datetime
    ) -> None:
        """Store when incidents are due and when to warn; no version counts that as a change.

        Args:
            due: By row id: when it is due, and when to warn.
            now: Where the due date has moved ahead of it, warnings are given anew.
        """
        new_due = bindparam("new_due", type_=Utc)
        moved_ahead = and_(
            incidents.c.sla_due.is_distinct_from(new_due),
            or_(new_due.is_(None), new_due > literal(now, Utc)),
        )
        if due:
            self._connection.execute(
                update(incidents)
                .where(incidents.c.id == bindparam("row_id"))
                .values(
                    warned=case((moved_ahead, 0), else_=incidents.c.warned),
                    sla_due=new_due,
                    warn_at=bindparam("new_warning", type_=Utc),
                ),
                [
                    {"row_id": row_id, "new_due": moment, "new_warning": warn_at}
                    for row_id, (moment, warn_at) in due.items()
                ],
            )

    def come_due(self, now: datetime, limit: int) -> tuple[int, ...]:
        """Return row ids of incidents to which something has happened by the clock alone.

        A deferral has ended, a resolved one is closed, or a warning of the service level is to be
        given; what has been stored already is not among them.
        """
        found = self._connection.execute(come_due(), {"at": now, "most": limit}).scalars()
        return tuple(sorted(found)[:limit])


_IN_FULL_TEXT = frozenset(
    {
        "confidential", "duplicate_of_id", "school_id", "contact_name", "contact_telephone",
        "description",
    }
)  # fmt: skip
"""Fields on which it depends who finds an incident by which words."""
_BESIDE = ("has_files", "has_rating", "has_duplicates")
_EVERYTHING = Scope(school_id=None, confidential=True)


def _clock_fields(row: Any) -> TriageFields:
    return TriageFields(State.IN_PROGRESS, Priority(row.priority), pauses=row.pauses)
