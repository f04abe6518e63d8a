"""What a window of each list costs, at its top, half way and at its end, from either side.

*Bare* is the same statement run by the bare driver, for the top of the list. How much more a window
elsewhere costs than that at the top is a figure of its own, as is what ten times the rows cost. All
that is compared is timed in turn: a machine is quicker in one second than in the next. Of lists
that fill no window where there are a tenth of the rows, the growth of their first rows counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, event, func, select

from eds_tui.domain.account import Scope
from eds_tui.domain.sorting import Key
from eds_tui.domain.views import ListQuery, Page, View, Window
from eds_tui.repository.tables import incidents
from eds_tui.repository.unit_of_work import Database
from tests.benchmarks import many
from tests.benchmarks.bare_driver import driver_of
from tests.benchmarks.figures import Figure, Reading
from tests.benchmarks.timing import Times, clock_of

ROUNDS = 25
TIMES_BARE = 3.0
TIMES_TOP = 1.3
TIMES_ROWS = 1.3
HANDLER = Scope(school_id=None, confidential=True, account_id=1, team="Network")
FEW = 10
"""Rows that every list has where there are 100,000 incidents."""
SHORT = frozenset({View.MINE, View.DUE_TODAY, View.FLAGGED})
"""Lists that fill no window there."""
_WINDOWS_AT_MOST = 400
"""Windows that are gone through for the middle of a list; of a longer one the key is computed."""


@dataclass(frozen=True)
class Places:
    """The keys of a list that its windows are read from."""

    middle: Key | None
    """``None`` where the list is shorter than two windows."""

    def windows(self) -> Iterator[Window]:
        """Yield the windows beside that at its top."""
        yield Window(newer=True)
        if self.middle is not None:
            yield Window(key=self.middle)
            yield Window(key=self.middle, newer=True)


@dataclass
class _Sent:
    """The statements that went to the database."""

    statements: list[tuple[str, Any]] = field(default_factory=list)

    def keep(
        self, _connection: Connection, _cursor: object, statement: str, values: Any,
        _context: object, _many: bool,
    ) -> None:  # fmt: skip
        """Keep one."""
        self.statements.append((statement, values))


class ListScale:
    """The figures of the lists in one kind of database."""

    def __init__(self, kind: str) -> None:
        self._bare = {
            view: Figure(
                f"{kind}: list {view.label}, worst window",
                "ms",
                times=TIMES_BARE,
                growth=None if view in SHORT else TIMES_ROWS,
            )
            for view in View
        }
        self._few = {
            view: Figure(
                f"{kind}: list {view.label}, its first {FEW} rows", "ms", growth=TIMES_ROWS
            )
            for view in View
            if view in SHORT
        }
        self._deep = {
            view: Figure(f"{kind}: list {view.label}, worst to top", "ms", times=TIMES_TOP)
            for view in View
        }
        self.figures = (*self._bare.values(), *self._few.values(), *self._deep.values())

    def measure(self, database: Database) -> Iterator[Reading]:
        """Give a reading of each."""
        deep: list[Reading] = []
        for view in View:
            query = ListQuery(view)
            windows = (Window(), *places(database, query).windows())
            calls = [partial(page_of, database, query, window) for window in windows]
            bare, top, *others = in_turn(database, self._bare_call(database, query), *calls)
            worst = max(others, default=top)
            yield self._bare[view].of(max(worst, top), bare)
            if view in SHORT:
                (few,) = in_turn(database, partial(page_of, database, query, Window(limit=FEW)))
                yield self._few[view].of(few)
            deep.append(self._deep[view].of(worst, top))
        yield from deep

    def _bare_call(self, database: Database, query: ListQuery) -> Callable[[], object]:
        sent = _Sent()
        event.listen(database.engine, "before_cursor_execute", sent.keep)
        page_of(database, query, Window())
        event.remove(database.engine, "before_cursor_execute", sent.keep)
        ((statement, values),) = [each for each in sent.statements if "ORDER BY" in each[0]]
        return partial(_by_the_driver, database, statement, values)


def in_turn(database: Database, *calls: Callable[[], object]) -> list[float]:
    """Return how many milliseconds each of some calls takes, of which each has its turn."""
    times = [Times(clock_of(database)) for _ in calls]
    for _ in range(ROUNDS):
        for each, call in zip(times, calls, strict=True):
            each.of(call)
    return [each.median for each in times]


def page_of(database: Database, query: ListQuery, window: Window) -> Page:
    """Read a window as a session does."""
    with database.reading() as work:
        return work.incidents.page(HANDLER, query, window, many.NOW)


def places(database: Database, query: ListQuery) -> Places:
    """Return where the middle of a list is."""
    if query.view is View.CLOSED or query.view is View.ALL:
        return Places(_halfway(database, query.view))
    keys: list[Key] = []
    window = Window()
    while len(keys) < _WINDOWS_AT_MOST:
        page = page_of(database, query, window)
        if not page.older:
            break
        keys.append(query.key(page.rows[-1]))
        window = Window(key=keys[-1])
    return Places(keys[len(keys) // 2] if keys else None)


def _halfway(database: Database, view: View) -> Key:
    column = incidents.c.closes_at if view is View.CLOSED else incidents.c.opened_at
    with database.engine.connect() as connection:
        ends = select(func.min(column).label("first"), func.max(column).label("last"))
        row = connection.execute(ends).one()
    first: datetime = row.first
    return Key(first + (min(row.last, many.NOW) - first) / 2, 1)


def _by_the_driver(database: Database, statement: str, values: Any) -> int:
    with driver_of(database) as driver:
        driver.execute(statement, values)
        return len(driver.fetchall())
