"""Turns a search into SQL conditions, and picks the index to begin with (rule 35)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, false, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.account import Role, Scope
from eds_tui.domain.folding import fold
from eds_tui.domain.lifecycle import State
from eds_tui.domain.school import SchoolLookup
from eds_tui.domain.search import ME, NOBODY, SearchQuery
from eds_tui.domain.search_words import asked_words
from eds_tui.domain.triage_fields import REPLIED
from eds_tui.domain.views import View
from eds_tui.repository.full_text import Words, full_text_of
from eds_tui.repository.list_conditions import in_view
from eds_tui.repository.reader_values import bind_values
from eds_tui.repository.schools import named
from eds_tui.repository.schools_reached import (
    schools_named,
    schools_reached,
)
from eds_tui.repository.tables import NOT_CLOSED, accounts, incidents, schools

MOST_LOOKED_AT = 20_000
"""Incidents that are looked at for one window, where an index proposes those of all schools."""

MOST_READ_THROUGH = 10_000
"""The same where the whole text of each must be read."""

MOST_SCHOOLS = 10
"""Schools whose incidents are gone through; where ``school:`` means more, it narrows little."""

_MOST_RANGED = 20_000
"""Incidents of a span of time up to which their row ids are compared one by one."""

Conditions = tuple[ColumnElement[bool], ...]


@dataclass(frozen=True, slots=True)
class Search:
    """A search as it is put to the database.

    Incidents are proposed by an index, newest first; of each few of them those are kept for which
    the conditions hold. An index can't serve every filter, and need not: most proposals hold.
    """

    scope: Scope
    now: datetime
    terms: tuple[str, ...]
    """What the full text finds; where there is none, the index of a list proposes."""
    school_ids: tuple[int, ...]
    """The schools whose incidents are proposed; those of all where there is none."""
    or_schools: tuple[int, ...]
    """Schools of which all incidents hold the terms: a contact or a telephone of theirs does."""
    narrowing: Conditions
    """The conditions that the index of a list keeps to."""
    conditions: Conditions
    """All but the terms, the narrowing ones included."""
    ids: Select[int] | None = None
    """The row ids that the narrowing conditions leave, where those are few."""
    between: tuple[int, int] | None = None
    """The range of row ids that they leave, where those are many."""
    most: int | None = None
    """Proposals that are looked at for one window; ``None`` is as many as there are."""

    @property
    def internal(self) -> bool:
        """Whether work notes are searched (rule 27)."""
        return self.scope.school_id is None

    @property
    def has_phrases(self) -> bool:
        """Whether words are to follow one another somewhere, of all schools' incidents."""
        everywhere = not self.school_ids and self.ids is None
        return everywhere and any(
            len(each) > 1 for term in self.terms for each in asked_words(term)
        )

    @property
    def words(self) -> Words:
        """What is looked for in the full text."""
        return Words(
            terms=self.terms, internal=self.internal, confidential=self.scope.confidential,
            school_ids=self.school_ids, or_schools=self.or_schools, ids=self.ids,
            between=self.between,
        )  # fmt: skip

    @property
    def order(self) -> tuple[ColumnElement[Any], ...]:
        """What newer ones have more of."""
        # The full text gives its rows in the order of their ids alone, which is that of logging.
        return (incidents.c.id,) if self.terms else (incidents.c.opened_at, incidents.c.number)

    def also(self, *conditions: ColumnElement[bool]) -> Search:
        """Return the search for those of which these hold as well."""
        return replace(self, conditions=(*self.conditions, *conditions))


def prepare(
    connection: Connection, scope: Scope, query: SearchQuery, now: datetime
) -> Search | None:
    """Return a search, or ``None`` where nothing can be found."""
    conditions = _conditions(connection, scope, query, now)
    narrowing = _narrowing(query)
    school_ids: tuple[int, ...] = () if scope.school_id is None else (scope.school_id,)
    if query.school:
        lookup = SchoolLookup.of(query.school)
        named = _named(lookup)
        if scope.school_id is None:
            found = schools_named(connection, lookup, named, MOST_SCHOOLS + 1)
        else:
            found = connection.execute(select(schools.c.id).where(named)).scalars().all()
        if not found or not set(school_ids) <= set(found):
            return None
        conditions.append(named)
        if len(found) <= MOST_SCHOOLS:
            school_ids = school_ids or tuple(found)
    full_text = full_text_of(connection)
    # The number of each incident begins so: that is asked of none.
    asked = [term for term in query.words if fold(term) != "inc"]
    literal_terms = [term for term in asked if not full_text.knows(term)]
    search = Search(
        scope,
        now,
        terms=tuple(term for term in asked if term not in literal_terms),
        school_ids=school_ids,
        or_schools=() if literal_terms else _reached(connection, scope, query),
        narrowing=tuple(narrowing),
        conditions=tuple(conditions),
    )
    for term in literal_terms:
        search = search.also(
            full_text.holding(term, internal=search.internal, confidential=scope.confidential)
        )
    return search if school_ids else _bounded(connection, search, query, bool(literal_terms))


def _bounded(
    connection: Connection, search: Search, query: SearchQuery, is_read_through: bool
) -> Search | None:
    """Return a search of all schools with what keeps it from looking at too much."""
    if _only_open(query):
        # Of many schools that are named some have one: to look for it would take long.
        is_any = not search.terms or bool(query.school) or _is_any(connection, search)
        return replace(search, ids=_ids(search)) if is_any else None
    most = MOST_READ_THROUGH if is_read_through else MOST_LOOKED_AT
    if search.terms:
        most = min(most, full_text_of(connection).most)
    search = replace(search, most=most)
    return _within_range(connection, search) if search.terms and search.narrowing else search


def _reached(connection: Connection, scope: Scope, query: SearchQuery) -> tuple[int, ...]:
    if scope.school_id is not None or not query.words:
        return ()
    return schools_reached(connection, query.words, MOST_SCHOOLS)


def _is_any(connection: Connection, search: Search) -> bool:
    """Return whether any incident keeps the conditions, whatever its words."""
    statement = select(incidents.c.id).where(*search.conditions).limit(1)
    return connection.execute(statement, bind_values(search.scope, search.now)).first() is not None


def _ids(search: Search) -> Select[int]:
    return select(incidents.c.id).where(*search.narrowing)


def _within_range(connection: Connection, search: Search) -> Search | None:
    """Return the search with the range of row ids outside which it need not look.

    Of very many only the ends are looked up, by when they were logged: of a range so wide it may
    miss what was stored long before or after its time.
    """
    few = _ids(search).limit(_MOST_RANGED + 1).subquery()
    ends = connection.execute(
        select(
            func.min(few.c.id).label("first"),
            func.max(few.c.id).label("last"),
            func.count().label("many"),
        )
    ).one()
    if ends.first is None:
        return None
    if ends.many <= _MOST_RANGED:
        return replace(search, between=(ends.first, ends.last))
    order = (incidents.c.opened_at, incidents.c.number)
    first, last = (
        connection.execute(_ids(search).order_by(*by).limit(1)).scalar_one()
        for by in (order, [column.desc() for column in order])
    )
    least, greatest = min(first, ends.first), max(last, ends.last)
    return replace(search, between=(least - _MOST_RANGED, greatest + _MOST_RANGED))


def _conditions(
    connection: Connection, scope: Scope, query: SearchQuery, now: datetime
) -> list[ColumnElement[bool]]:
    """Return every condition but those on words and school."""
    columns = incidents.c
    conditions = _narrowing(query)
    for column, wanted in (
        (columns.category, [each.value for each in query.categories]),
        (columns.impact, [each.value for each in query.impacts]),
        (columns.priority, [each.value for each in query.priorities]),
    ):
        if wanted:
            conditions.append(column.in_(wanted))
    if query.states:
        conditions.append(_in_states(query.states, scope, now))
    if query.late:
        conditions.append(in_view(View.LATE))
    if query.replied:
        conditions += [in_view(View.OPEN), columns.flag == REPLIED]
    if query.confidential:
        conditions.append(columns.confidential.is_(True))
    if query.assigned:
        conditions.append(_assigned(connection, scope, query.assigned))
    return conditions


def _narrowing(query: SearchQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.opened_from is not None:
        conditions.append(incidents.c.opened_at >= query.opened_from)
    if query.opened_to is not None:
        conditions.append(incidents.c.opened_at < query.opened_to)
    if _only_open(query):
        conditions.append(NOT_CLOSED)
    return conditions


def _only_open(query: SearchQuery) -> bool:
    by_state = bool(query.states) and State.CLOSED not in query.states
    return by_state or query.late or query.replied


def _named(lookup: SchoolLookup) -> ColumnElement[bool]:
    if lookup.literal:
        return or_(
            *(
                column.contains(lookup.literal, autoescape=True)
                for column in (schools.c.name, schools.c.town)
            )
        )
    # A school's own reads reach its name alone, and no other one's is looked for by it.
    by_name = named(schools.c.folded, lookup)
    if not lookup.number:
        return by_name
    return or_(by_name, schools.c.portal_number.startswith(lookup.number, autoescape=True))


def _in_states(states: frozenset[State], scope: Scope, now: datetime) -> ColumnElement[bool]:
    until = incidents.c.deferred_until
    deferred = incidents.c.state == State.ON_HOLD_DEFERRAL.value
    over = and_(until.is_not(None), until <= now)
    as_stored = states - {State.CLOSED, State.ON_HOLD_DEFERRAL}
    choices: list[ColumnElement[bool]] = [
        incidents.c.state.in_([state.value for state in as_stored])
    ]
    if State.IN_PROGRESS in states:
        choices.append(and_(deferred, over))
    if State.ON_HOLD_DEFERRAL in states:
        choices.append(and_(deferred, ~over))
    conditions: list[ColumnElement[bool]] = [and_(in_view(View.OPEN), or_(*choices))]
    if State.CLOSED in states:
        conditions.append(in_view(View.CLOSED))
    return or_(*conditions)


def _assigned(connection: Connection, scope: Scope, wanted: str) -> ColumnElement[bool]:
    if scope.school_id is not None:
        return false()
    person, team = incidents.c.assigned_to_id, incidents.c.team
    if wanted.casefold() == ME:
        return person == scope.account_id
    if wanted.casefold() == NOBODY:
        return and_(person.is_(None), team == "")
    # Names are compared here, since not every database folds the case of every letter.
    known = connection.execute(
        select(accounts.c.id, accounts.c.name, accounts.c.team).where(
            accounts.c.role != Role.SCHOOL.value
        )
    ).all()
    people = [row.id for row in known if _is_part(wanted, row.name)]
    teams = {row.team for row in known if row.team and _is_part(wanted, row.team)}
    return or_(person.in_(people), team.in_(teams))


def _is_part(text: str, name: str) -> bool:
    folded = fold(text)
    return folded in fold(name) if folded else text in name
