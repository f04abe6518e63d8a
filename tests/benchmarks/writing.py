"""A process of its own that logs, comments, triages and lists as fast as it can.

Run as ``python -m tests.benchmarks.writing KIND URL SECONDS NAME STEPS``. It says ``ready``, begins
when it is given a line, and at the end prints what it did as one JSON object.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol

import psycopg
from psycopg.types.json import Json
from sqlalchemy import make_url

if TYPE_CHECKING:
    from eds_tui.repository.unit_of_work import Database

ACTIONS = ("log", "comment", "triage", "look")

NUMBER, ROW_ID, KEY = 7_000_001, 8_000_001, "submission-of-the-recording"
"""Values in recorded statements in whose place the bare program puts its own."""

BEGIN_READING, BEGIN_WRITING, COMMIT, ROLLBACK = "begin reading", "begin writing", "commit", "undo"


_DRAWS_NUMBER = ("UPDATE sequences", "SELECT nextval('incident_numbers')")
"""How the statement begins that draws a number, on either kind of database."""
_AS_JSON, _MOMENT = "sent as JSON", "a moment"


@dataclass(frozen=True)
class Step:
    """A statement as the product sent it, or the begin or the end of a transaction."""

    statement: str
    values: Any = None


@dataclass(frozen=True)
class AsJson:
    """A value that the driver is to send as JSON."""

    value: Any


Steps = Mapping[str, Sequence[Step]]
"""What each action sends."""


def text_of(steps: Steps) -> str:
    """Return steps as text, for another process."""
    return json.dumps(
        {
            action: [(step.statement, step.values) for step in sent]
            for action, sent in steps.items()
        },
        default=_told,
    )


def steps_from(text: str) -> Steps:
    """Return the steps of a text."""
    return {
        action: [Step(statement, values) for statement, values in sent]
        for action, sent in json.loads(text, object_hook=_understood).items()
    }


def _told(value: object) -> dict[str, object]:
    if isinstance(value, AsJson):
        return {_AS_JSON: value.value}
    assert isinstance(value, datetime)
    return {_MOMENT: value.isoformat()}


def _understood(found: dict[str, Any]) -> object:
    if _AS_JSON in found:
        return AsJson(found[_AS_JSON])
    return datetime.fromisoformat(found[_MOMENT]) if _MOMENT in found else found


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
            if step.statement.startswith(_DRAWS_NUMBER):
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
        connection = sqlite3.connect(path, isolation_level=None)
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


def work(writer: Writer, seconds: float, name: str) -> dict[str, Any]:
    """Go round the four actions until the time is up, and return what came of it.

    Returns:
        ``numbers`` that were given out, the ``took`` of every action in milliseconds, and the
        ``refused``: how often the database was busy for longer than anybody waits.
    """
    from eds_tui.domain.errors import Unavailable

    took: dict[str, list[float]] = defaultdict(list)
    numbers: list[int] = []
    refused = 0
    end = perf_counter() + seconds
    for turn in count():
        for action in ACTIONS:
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
    raise AssertionError("The time never ends.")


def main(kind: str, database_url: str, seconds: str, name: str, steps_file: str) -> None:
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
    print(json.dumps(work(writer, float(seconds), name)))


if __name__ == "__main__":
    main(*sys.argv[1:6])
