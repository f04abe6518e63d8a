"""Keeps how many incidents are in each state, so that nobody counts forty thousand open ones.

Whoever logs an incident or moves it to another state adds by how much that changes a number, in the
same transaction: the sum is exact for every reader, and no writer waits for another's row. What is
closed is not counted: it is the most, and nobody asks.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, ScalarSelect, delete, func, insert, select, union_all

from eds_tui.domain.lifecycle import State
from eds_tui.repository.tables import NOT_CLOSED, incidents, state_counts

_columns = state_counts.c
_ADD = insert(state_counts).inline()
_TAKE_ALL = delete(state_counts).returning(_columns.state, _columns.number)
_COUNT = (
    select(incidents.c.state, func.count().label("number"))
    .where(NOT_CLOSED)
    .group_by(incidents.c.state)
)
_KEPT = select(_columns.state, func.sum(_columns.number).label("number")).group_by(_columns.state)
_taken_off = select(_columns.state, (-func.sum(_columns.number)).label("number"))
_both = union_all(_COUNT, _taken_off.group_by(_columns.state)).subquery("both")
_off_by = func.sum(_both.c.number)
# One statement sees one moment: what others are just adding is in neither of the two.
_PUT_RIGHT = _ADD.from_select(
    ["state", "number"],
    select(_both.c.state, _off_by).group_by(_both.c.state).having(_off_by != 0),
)


def moved(connection: Connection, before: State | None, after: State) -> None:
    """Count an incident under another state.

    Args:
        connection: Of the transaction in which it is moved.
        before: The state that it was in; ``None`` for one that is just logged.
        after: The state that it is in.
    """
    if before is not after:
        change = Counter({after: 1})
        if before is not None:
            change[before] -= 1
        _add(connection, change)


def number_in(*states: State) -> ScalarSelect[int]:
    """Return the select of how many incidents are stored as being in one of some states."""
    values = [state.value for state in states]
    kept = func.coalesce(func.sum(_columns.number), 0)
    return select(kept).where(_columns.state.in_(values)).scalar_subquery()


def put_together(connection: Connection) -> None:
    """Keep one row for each state in place of the many that were added, of what is there.

    A program of before this was kept, which is still running, adds nothing.
    """
    connection.execute(_PUT_RIGHT)
    numbers: Counter[State] = Counter()
    for row in connection.execute(_TAKE_ALL):
        numbers[State(row.state)] += row.number
    _add(connection, numbers)


def fill(connection: Connection) -> None:
    """Count anew what is stored."""
    connection.execute(delete(state_counts))
    connection.execute(_ADD.from_select(["state", "number"], _COUNT))


def wrong(connection: Connection) -> dict[State, tuple[int, int]]:
    """Return the states of which another number is kept than there are, each with both."""
    kept, there = (
        {State(row.state): int(row.number) for row in connection.execute(statement)}
        for statement in (_KEPT, _COUNT)
    )
    both = {state: (kept.get(state, 0), there.get(state, 0)) for state in {*kept, *there}}
    return {state: numbers for state, numbers in both.items() if numbers[0] != numbers[1]}


def _add(connection: Connection, change: Counter[State]) -> None:
    rows = [
        {"state": state.value, "number": number}
        for state, number in change.items()
        if number and state is not State.CLOSED
    ]
    if rows:
        connection.execute(_ADD, rows)
