"""Selects incident rows: their columns, who may see them (visibility), and which list they are in.

To put a statement together takes longer than to run it, so each is made once. Who reads and when
stands in it under names, whose values :func:`bind_values` gives when it is run.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    ScalarSelect,
    Select,
    case,
    func,
    literal,
    select,
)
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.account import Scope
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State, state_at
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.school import school_title
from eds_tui.domain.triage_fields import DEFERRAL_ENDED
from eds_tui.domain.unread import Side
from eds_tui.domain.views import IncidentRow
from eds_tui.domain.when import minutes_late
from eds_tui.repository.column_types import Utc
from eds_tui.repository.list_conditions import UNREAD, WAITS_FOR_SCHOOL
from eds_tui.repository.postgres import WALLED
from eds_tui.repository.reader_values import SCHOOL
from eds_tui.repository.tables import (
    comments,
    incidents,
    schools,
)
from eds_tui.repository.wall import pointers

_DETAILS_LENGTH = 300
_parent = incidents.alias("parent")
_child = incidents.alias("child")
_said = comments.alias("said")
_hanging = pointers.alias("hanging")
_points = pointers.c.incident_id == incidents.c.id


class Visibility(NamedTuple):
    """What a reader may see: statements differ in this alone."""

    all_schools: bool
    confidential: bool
    walled: bool = False
    """Whether the database's own wall stands before them as well."""

    @property
    def side(self) -> Side:
        """Whose the reader is."""
        return Side.CENTRE if self.all_schools else Side.SCHOOL

    @classmethod
    def of(cls, scope: Scope, connection: Connection | None = None) -> Visibility:
        """Return what somebody may see.

        Args:
            scope: Who reads.
            connection: What they read through, where the statement has to do with pointers.
        """
        walled = connection is not None and connection.get_execution_options().get(WALLED, False)
        return cls(scope.school_id is None, scope.confidential, walled)


@cache
def select_rows(visibility: Visibility, *extra: ColumnElement[Any]) -> Select[Any]:
    """Return a select of rows, of those alone that the reader may learn of (rule 24).

    Args:
        visibility: What the reader may see.
        extra: Further columns, under names that no row has.
    """
    above, below = _above(visibility), _below(visibility)
    # How it ended is how the service centre has dealt with it, which is kept from a school.
    ended_as = incidents.c.resolution_code if visibility.all_schools else literal("")
    pointing = (above.label("parent"), below.label("children"))
    question = literal("") if visibility.all_schools else case((WAITS_FOR_SCHOOL, _asked()))
    own = (UNREAD[visibility.side].label("unread"), question.label("question"))
    statement = select(
        *extra, *_COLUMNS, *_chased(visibility), *pointing, *own, ended_as.label("ended_as")
    )
    return select_visible(
        visibility, statement.join(schools, schools.c.id == incidents.c.school_id)
    )


def _chased(visibility: Visibility) -> list[ColumnElement[Any]]:
    """Return how often an incident was chased, and when: a school has no part in it (rule 43)."""
    if visibility.all_schools:
        return [incidents.c.chases, incidents.c.chased_at]
    return [literal(0).label("chases"), literal(None, Utc).label("chased_at")]


def _above(visibility: Visibility) -> ScalarSelect[Any]:
    """Return the number of the major incident that one hangs on."""
    number = select(_parent.c.number).where(*visibility_conditions(visibility, _parent.c))
    if not visibility.walled:
        return number.where(_parent.c.id == incidents.c.parent_id).scalar_subquery()
    pointing = pointers.join(_parent, _parent.c.id == pointers.c.parent_id)
    return number.select_from(pointing).where(_points).scalar_subquery()


def _below(visibility: Visibility) -> ScalarSelect[Any]:
    """Return the count of the incidents that hang on one."""
    count = select(func.count()).where(*visibility_conditions(visibility, _child.c))
    if not visibility.walled:
        return count.where(_child.c.parent_id == incidents.c.id).scalar_subquery()
    hanging = _hanging.join(_child, _child.c.id == _hanging.c.incident_id)
    on_it = _hanging.c.parent_id == incidents.c.id
    return count.select_from(hanging).where(on_it).scalar_subquery()


def _asked() -> ScalarSelect[Any]:
    """Return what the service centre said last to the school of an incident."""
    said = _said.c
    by_centre = (~said.from_school, ~said.internal, said.former_school_id.is_(None))
    last = select(func.max(said.id)).where(said.incident_id == incidents.c.id, *by_centre)
    # Two selects deep, the incident is not taken for that of the row by itself.
    of_this_row = comments.c.id == last.correlate(incidents).scalar_subquery()
    return select(comments.c.body).where(of_this_row).correlate(incidents).scalar_subquery()


def pointer(name: str) -> ColumnElement[Any]:
    """Return what an incident points to, as it is seen through the wall."""
    column = pointers.c[name]
    return select(column).where(_points).scalar_subquery().label(name)


def select_visible(visibility: Visibility, statement: Select[Any]) -> Select[Any]:
    """Leave of a select from incidents only what the reader may learn of (rule 24)."""
    return statement.where(*visibility_conditions(visibility, incidents.c))


def visibility_conditions(visibility: Visibility, columns: Any) -> list[ColumnElement[bool]]:
    """Return the conditions on the columns of an incident that a reader may learn of it."""
    conditions: list[ColumnElement[bool]] = []
    if not visibility.all_schools:
        conditions.append(columns.school_id == SCHOOL)
    if not visibility.confidential:
        conditions.append(columns.confidential.is_(False))
    return conditions


_COLUMNS = (
    incidents.c.number, incidents.c.school_id, schools.c.name, schools.c.town,
    func.substr(incidents.c.description, 1, _DETAILS_LENGTH).label("details"),
    incidents.c.contact_name, incidents.c.contact_telephone, incidents.c.contact_email,
    incidents.c.logged_by, incidents.c.channel, incidents.c.category, incidents.c.impact,
    incidents.c.confidential, incidents.c.state, incidents.c.priority, incidents.c.sla_due,
    incidents.c.opened_at, incidents.c.closes_at, incidents.c.version, incidents.c.assigned_to,
    incidents.c.team, incidents.c.paused_since, incidents.c.deferred_until, incidents.c.flag,
)  # fmt: skip
_WIDTH = len(_COLUMNS) + 7
"""Those, and what follows them in a select of rows."""
ROW_FIELDS = frozenset(column.name for column in _COLUMNS)
"""The names of the columns that every row has already."""


# A look into a table takes a tenth of the time that an enumeration takes to find its member.
_STATES = {state.value: state for state in State}
_CHANNELS = {channel.value: channel for channel in Channel}
_CATEGORIES = {category.value: category for category in Category}
_IMPACTS = {impact.value: impact for impact in Impact}
_PRIORITIES = {priority.value: priority for priority in Priority}


def to_row(row: Any, now: datetime, rank: int = 0) -> IncidentRow:
    """Return a row as every reader sees it at a moment (rules 16, 18), with its rank in a list."""
    # A list has a hundred rows: what stands last in each is taken apart by its place, not by name.
    (
        number, school_id, name, town, details, contact_name, contact_telephone, contact_email,
        logged_by, channel, category, impact, confidential, stored, priority, sla_due, opened_at,
        closes_at, version, assigned_to, team, paused_since, deferred_until, flag,
        chases, chased_at, parent, children, unread, question, ended_as,
    ) = row[-_WIDTH:]  # fmt: skip
    ended = deferred_until is not None and deferred_until <= now
    paused = paused_since is not None and not ended
    # Of what is closed, how late it was does not grow any more.
    stood = paused_since if paused else min(now, closes_at or now)
    late_minutes = minutes_late(sla_due, stood)
    state = state_at(_STATES[stored], closes_at, now, deferred_until)
    return IncidentRow(
        number=number, school_id=school_id, school=school_title(name, town), details=details,
        contact_name=contact_name, contact_telephone=contact_telephone,
        contact_email=contact_email, logged_by=logged_by,
        channel=_CHANNELS[channel], category=_CATEGORIES[category], impact=_IMPACTS[impact],
        confidential=confidential, state=state, priority=_PRIORITIES[priority],
        sla_due=sla_due, opened_at=opened_at, closes_at=closes_at, version=version,
        assigned_to=assigned_to, team=team,
        paused=paused, late=bool(late_minutes), late_minutes=late_minutes,
        deferred_until=deferred_until if state is State.ON_HOLD_DEFERRAL else None,
        as_of=now, flag=flag or (DEFERRAL_ENDED if ended else ""),
        parent=parent, children=children, chases=chases, chased_at=chased_at,
        resolution=ended_as, unread=unread, question=question or "", rank=rank,
    )  # fmt: skip
