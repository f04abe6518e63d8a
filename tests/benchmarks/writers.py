"""Forty processes that write at once: how much the product adds to the bare driver.

Each logs an incident, comments on it, gives it a priority and lists the queue, over and over for a
minute. The bare program sends, through the driver alone, the very statements that the product was
seen to send. *An incident* is the time of the whole minute over the incidents that were logged;
the other figures are the 95th percentile of an action. What was logged is then looked for, and
``eds-tui db check`` follows every incident's history.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from psycopg.types.json import _JsonWrapper
from sqlalchemy import Connection, Engine, event, func, insert, select

from eds_tui import bootstrap
from eds_tui.domain.clock import utc_now
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact
from eds_tui.repository.engine import WRITING, is_postgres
from eds_tui.repository.numbers import go_on_after
from eds_tui.repository.tables import incidents
from eds_tui.repository.unit_of_work import Database
from tests.benchmarks.figures import CannotMeasure, Figure, Reading
from tests.benchmarks.parts import Part
from tests.benchmarks.product import Product
from tests.benchmarks.writing import (
    ACTIONS,
    BEGIN_READING,
    BEGIN_WRITING,
    COMMIT,
    KEY,
    NUMBER,
    ROLLBACK,
    ROW_ID,
    AsJson,
    Ours,
    Step,
    Steps,
    text_of,
)
from tests.factories import People
from tests.servers import running
from tests.stores import Databases, Files, Store

PROCESSES = 40
SECONDS = 60
_NAMES = {"sqlite": ("SQLite", 2.5), "postgresql": ("PostgreSQL", 2)}


@dataclass(frozen=True)
class Run:
    """What forty processes did."""

    numbers: list[int]
    took: dict[str, list[float]]
    refused: int

    @property
    def per_incident(self) -> float:
        """Milliseconds of the minute for each incident."""
        return SECONDS * 1000 / max(1, len(self.numbers))

    def p95(self, action: str) -> float | None:
        """The 95th percentile of an action, in milliseconds."""
        took = self.took.get(action, [])
        return quantiles(took, n=20)[-1] if len(took) > 1 else None


def figures(dialect: str) -> dict[str, Figure]:
    """Return the figures of one kind of database by what they are of."""
    name, times = _NAMES[dialect]
    return {
        "incident": Figure(f"{name}, an incident of {PROCESSES} writers", "ms", times=times),
        **{each: Figure(f"{name}, {each}, 95 in 100", "ms", times=times) for each in ACTIONS},
        "refused": Figure(f"{name}, refused as busy", "times", at_most=0),
        "lost": Figure(f"{name}, lost", "incidents", at_most=0),
        "doubled": Figure(f"{name}, numbers given out twice", "numbers", at_most=0),
        "faults": Figure(f"{name}, faults found by db check", "faults", at_most=0),
    }


def measure(dialect: str, store: Store, folder: Path) -> Iterator[Reading]:
    """Let both programs write, the bare one to a database of its own."""
    steps_file = folder / "steps"
    steps_file.write_text(text_of(record(_furnished(store))))
    ours_url, bare_url = _furnished(store), _furnished(store)
    ours = _run("ours", ours_url, steps_file)
    bare = _run("bare", bare_url, steps_file)
    figure = figures(dialect)
    yield figure["incident"].of(ours.per_incident, bare.per_incident)
    for action in ACTIONS:
        yield figure[action].of(ours.p95(action), bare.p95(action))
    yield figure["refused"].of(ours.refused, bare.refused)
    with closing(Database.at(ours_url)) as database:
        with database.engine.connect() as connection:
            stored = set(connection.execute(select(incidents.c.number)).scalars())
        problems = sum(len(finding.problems) for finding in database.check())
    yield figure["lost"].of(len(set(ours.numbers) - stored))
    yield figure["doubled"].of(len(ours.numbers) - len(set(ours.numbers)))
    yield figure["faults"].of(problems)


def _furnished(store: Store) -> str:
    url = store.empty()
    with closing(bootstrap.open_database(url, make=True)) as database:
        People.add_to(database, bootstrap.open_services(database))
    return url


def record(database_url: str) -> Steps:
    """Return what each action sends to a database, with values that can be told from others."""
    with closing(Database.at(database_url)) as database, database.engine.begin() as connection:
        go_on_after(connection, NUMBER - 1)
        _let_ids_go_on_from(connection, ROW_ID)
    database = bootstrap.open_database(database_url)
    ours = Ours(database)
    steps: dict[str, list[Step]] = {}
    for action in ACTIONS:
        with _recorded(database.engine) as sent:
            getattr(ours, action)(KEY)
        steps[action] = sent
    database.close()
    return steps


def _let_ids_go_on_from(connection: Connection, row_id: int) -> None:
    if is_postgres(connection):
        name = func.pg_get_serial_sequence("incidents", "id")
        connection.execute(select(func.setval(name, row_id - 1)))
        return
    values: dict[str, Any] = {column.name: "" for column in incidents.c if not column.nullable}
    numbers = dict.fromkeys(("school_id", "logged_by_id", "impact", "priority", "version"), 1)
    values |= numbers | {"id": row_id - 1, "number": NUMBER - 1, "confidential": False}
    values |= {"opened_at": utc_now(), "pauses": (), "warned": 0}
    values |= {"state": State.CLOSED.value, "channel": Channel.PHONE.value}
    values |= {"category": Category.DATA.value, "impact": Impact.SITE.value}
    connection.execute(insert(incidents).values(values))


@contextmanager
def _recorded(engine: Engine) -> Iterator[list[Step]]:
    """Collect what is sent through an engine."""
    sent: list[Step] = []

    def keep(
        _connection: Connection, _cursor: object, statement: str, values: Any, _context: object,
        _many: bool,
    ) -> None:  # fmt: skip
        sent.append(Step(statement, _without_adapters(values)))

    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING)
        sent.append(Step(BEGIN_WRITING if writing else BEGIN_READING))

    listeners: dict[str, Callable[..., None]] = {
        "before_cursor_execute": keep,
        "begin": begin,
        "commit": lambda _: sent.append(Step(COMMIT)),
        "rollback": lambda _: sent.append(Step(ROLLBACK)),
    }
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    yield sent
    for name, listener in listeners.items():
        event.remove(engine, name, listener)


def _without_adapters(values: Any) -> Any:
    """Return values that can be handed to another process."""
    if isinstance(values, dict):
        return {name: _without_adapters(value) for name, value in values.items()}
    if isinstance(values, _JsonWrapper):
        return AsJson(values.obj)
    return values


def _run(kind: str, database_url: str, steps_file: Path) -> Run:
    command = [sys.executable, "-m", "tests.benchmarks.writing", kind, database_url, str(SECONDS)]
    with ExitStack() as stack:
        processes = []
        for place in range(PROCESSES):
            process = stack.enter_context(
                subprocess.Popen(
                    [*command, f"writer-{place}", str(steps_file)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            processes.append(process)
            if _line(process) != "ready\n":
                raise CannotMeasure(f"A writer ({kind}) did not come up.")
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        said = [_line(process) for process in processes]
    if not all(said):
        raise CannotMeasure(f"A writer ({kind}) failed.")
    results = [json.loads(line) for line in said]
    took = {
        action: [ms for each in results for ms in each["took"].get(action, ())]
        for action in ACTIONS
    }
    numbers = [number for each in results for number in each["numbers"]]
    return Run(numbers, took, sum(each["refused"] for each in results))


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def on_sqlite(_product: Product) -> Iterator[Reading]:
    """Let them write to a file."""
    with TemporaryDirectory() as folder:
        yield from measure("sqlite", Files(Path(folder)), Path(folder))


def on_postgres(_product: Product) -> Iterator[Reading]:
    """Let them write to a server that keeps its promises: nothing is switched off."""
    with TemporaryDirectory() as folder, running(Path(folder), {}) as server:
        yield from measure("postgresql", Databases(server), Path(folder))


PARTS = (
    Part(on_postgres, tuple(figures("postgresql").values())),
    Part(on_sqlite, tuple(figures("sqlite").values())),
)
