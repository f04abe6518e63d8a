"""A process of its own that logs, comments, triages and lists as fast as it can.

Run as ``python -m tests.benchmarks.writing KIND URL SECONDS NAME STEPS PAUSE ACTION...``, with the
seconds between two actions. It says ``ready``, begins when it is given a line, and at the end
prints what it did as one JSON object.
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any, Protocol

import psycopg
from psycopg.types.json import Json
from sqlalchemy import make_url

from tests.benchmarks.steps import (
    BEGIN_READING,
    BEGIN_WRITING,
    COMMIT,
    COUNTED,
    DRAWN,
    KEY,
    NUMBER,
    ROLLBACK,
    ROW_ID,
    AsJson,
    Step,
    Steps,
    steps_from,
)

if TYPE_CHECKING:
    from eds_tui.repository.unit_of_work import Database

ACTIONS = ("log", "comment", "triage", "look")


class Writer(Protocol):
    """Does the four actions."""

    def log(self, key: str) -> int:
        """Log an incident under a key and return its number."""

    def comment(self, key: str) -> None:
        """Comment on the incident that was logged last."""

    def triage(self, key: str) -> None:
        """Give it a priority."""

    def look(self, key: str) -> None:
        """Read the queue and its counts."""


class Ours:
    """The product's services."""

    def __init__(self, database: Database) -> None:
        from eds_tui import bootstrap
        from eds_tui.domain.priority import Priority
        from eds_tui.domain.views import ListQuery, View, Window
        from tests.factories import new_form

        self._services = bootstrap.open_services(database)
        self._actor = self._services.accounts.by_login("handler")
        self._form, self._priority = new_form, Priority.MEDIUM
        self._query, self._window = ListQuery(View.OPEN), Window()
        self._school_id = self._services.schools.by_portal_number("00000").id
        self._number = 0

    def log(self, key: str) -> int:
        """Log an incident under a key and return its number."""
        form = self._form(submission=key, school_id=self._school_id, caller="Test Bursar")
        self._number = self._services.report.log(self._actor, form).number
        return self._number

    def comment(self, key: str) -> None:
        """Comment on the incident that was logged last."""
        self._services.conversation.comment(
            self._actor, self._number, "An engineer is coming.", key
        )

    def triage(self, key: str) -> None:
        """Give it a priority."""
        self._services.triage.set_priority(self._actor, self._number, 1, self._priority)

    def look(self, key: str) -> None:
        """Read the queue and its counts."""
        self._services.queue.page(self._actor, self._query, self._window)
        self._services.queue.counts(self._actor)


class Bare:
    """The same statements through the driver alone."""

    def __init__(self, connection: Any, steps: Steps) -> None:
        self._connection = connection
        self._steps = steps
        self._number, self._row_id = NUMBER, ROW_ID
        self._own: dict[object, object] = {}

    def log(self, key: str) -> int:
        """Log an incident under a key and return its number."""
        self._own = {KEY: key}
        for step in self._steps["log"]:
            found, last_id = self._do(step)
            if step.statement.startswith((DRAWN, COUNTED)):
                self._own[NUMBER] = self._number = found[0][0]
            if step.statement.startswith("INSERT INTO incidents"):
                self._own[ROW_ID] = self._row_id = found[0][0] if found else last_id
        return self._number

    def comment(self, key: str) -> None:
        """Comment on the incident that was logged last."""
        self._again("comment", key)

    def triage(self, key: str) -> None:
        """Give it a priority."""
        self._again("triage", key)

    def look(self, key: str) -> None:
        """Read the queue and its counts."""
        self._again("look", key)

    def _again(self, action: str, key: str) -> None:
        self._own = {KEY: key, NUMBER: self._number, ROW_ID: self._row_id}
        for step in self._steps[action]:
            self._do(step)

    def _do(self, step: Step) -> tuple[list[Any], int]:
        if step.statement in {BEGIN_READING, BEGIN_WRITING, COMMIT, ROLLBACK}:
            self._mark(step.statement)
            return [], 0
        if _is_of_many(step.values):
            many = [self._values(each) for each in step.values]
            self._connection.cursor().executemany(step.statement, many)
            return [], 0
        cursor = self._connection.execute(step.statement, self._values(step.values))
        return (cursor.fetchall() if cursor.description else []), getattr(cursor, "lastrowid", 0)

    def _mark(self, mark: str) -> None:
        raise NotImplementedError

    def _values(self, values: Any) -> Any:
        if isinstance(values, Mapping):
            return {name: self._value(value) for name, value in values.items()}
        return tuple(self._value(value) for value in values or ())

    def _value(self, value: Any) -> Any:
        if isinstance(value, AsJson):
            return Json(value.value)
        return self._own.get(value, value) if isinstance(value, int | str) else value


def _is_of_many(values: Any) -> bool:
    """Return whether a statement was sent for several rows at once."""
    rows = values if isinstance(values, Sequence) else ()
    return bool(rows) and all(isinstance(each, list | tuple | Mapping) for each in rows)


_IN_SQLITE = {
    BEGIN_READING: "BEGIN",
    BEGIN_WRITING: "BEGIN IMMEDIATE",
    COMMIT: "COMMIT",
    ROLLBACK: "ROLLBACK",
}


class BareSqlite(Bare):
    """Through the driver of SQLite."""

    def __init__(self, database_url: str, steps: Steps) -> None:
        path = database_url.removeprefix("sqlite:///")
        # What the product's own triggers and statements call is there for whoever connects.
        from eds_tui.repository.sqlite import FOLDED_TEXT, folded_text

        connection = sqlite3.connect(path, isolation_level=None)
        connection.create_function(FOLDED_TEXT, 1, folded_text, deterministic=True)
        for pragma in ("busy_timeout = 5000", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        super().__init__(connection, steps)

    def _mark(self, mark: str) -> None:
        self._connection.execute(_IN_SQLITE[mark])


class BarePostgres(Bare):
    """Through the driver of PostgreSQL."""

    def __init__(self, database_url: str, steps: Steps) -> None:
        url = make_url(database_url).render_as_string(hide_password=False)
        super().__init__(psycopg.connect(url), steps)

    def _mark(self, mark: str) -> None:
        if mark == COMMIT:
            self._connection.commit()
        elif mark == ROLLBACK:
            self._connection.rollback()
        else:
            reading = mark == BEGIN_READING
            level = psycopg.IsolationLevel
            self._connection.isolation_level = (
                level.REPEATABLE_READ if reading else level.READ_COMMITTED
            )
            self._connection.read_only = reading


def work(
    writer: Writer, seconds: float, name: str, pause: float, actions: Sequence[str]
) -> dict[str, Any]:
    """Go round some actions until the time is up, and return what came of it.

    Args:
        writer: Does them.
        seconds: How long.
        name: Tells this writer from the others.
        pause: Seconds from the end of one to the next.
        actions: Some of :data:`ACTIONS`, in their order.

    Returns:
        ``numbers`` that were given out, the ``took`` of every action in milliseconds, and the
        ``refused``: how often the database was busy for longer than anybody waits.
    """
    from eds_tui.domain.errors import Unavailable

    took: dict[str, list[float]] = defaultdict(list)
    numbers: list[int] = []
    refused = 0
    end = perf_counter() + seconds
    # People do not begin all at once.
    sleep(pause * random.random())
    for turn in count():
        for action in actions:
            began = perf_counter()
            if began >= end:
                return {"numbers": numbers, "took": took, "refused": refused}
            do: Callable[[str], int | None] = getattr(writer, action)
            try:
                number = do(f"{name}-{turn}-{action}")
            except (Unavailable, sqlite3.OperationalError):
                refused += 1
                # Without an incident there is nothing to go on with.
                break
            took[action].append((perf_counter() - began) * 1000)
            if number is not None:
                numbers.append(number)
            sleep(pause)
    raise AssertionError("The time never ends.")


def main(
    kind: str, database_url: str, seconds: str, name: str, steps_file: str, pause: str,
    *actions: str,
) -> None:  # fmt: skip
    """Open the database, wait for the start, work, and print what came of it."""
    writer: Writer
    if kind == "ours":
        from eds_tui import bootstrap

        writer = Ours(bootstrap.open_database(database_url))
    else:
        steps = steps_from(Path(steps_file).read_text())
        bare = BareSqlite if database_url.startswith("sqlite") else BarePostgres
        writer = bare(database_url, steps)
    # A program's first actions put statements together for all the later ones.
    for action in ACTIONS:
        getattr(writer, action)(f"{name}-first-{action}")
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(work(writer, float(seconds), name, float(pause), actions)))


if __name__ == "__main__":
    main(*sys.argv[1:])
