"""Forty processes that write at once: how much the product adds to the bare driver.

Each logs an incident, comments on it, gives it a priority and lists the queue, over and over for a
minute. The bare program sends, through the driver alone, the very statements that the product was
seen to send. *An incident* is the time of the whole minute over the incidents that were logged;
the other figures are the 95th percentile of an action. What was logged is then looked for, and
``eds-tui db check`` follows every incident's history.

*With a second between* two actions they do what people do. Without one all wait for each other on
SQLite, in turn and by choice, so that a comment and a decision have no target there.

*A call* on PostgreSQL is logged over and over, and nothing else done. Beside it stands the bare
driver that takes its number from a counter, whose row it holds until it has committed; *the same,
bare* is the driver that draws it from the sequence.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from sqlalchemy import insert, select

from eds_tui import bootstrap
from eds_tui.repository.tables import incidents, sequences
from eds_tui.repository.unit_of_work import Database
from tests.benchmarks.figures import CannotMeasure, Figure, Reading
from tests.benchmarks.parts import Part
from tests.benchmarks.product import Product
from tests.benchmarks.recording import record
from tests.benchmarks.steps import COUNTED, DRAWN, HOLDS, Step, Steps, text_of
from tests.benchmarks.writing import ACTIONS
from tests.factories import People
from tests.servers import running
from tests.stores import Databases, Files, Store

PROCESSES = 40
SECONDS = 60
PAUSE = 1.0
"""Seconds between two actions of somebody who does what people do."""
_NAMES = {"sqlite": ("SQLite", 2.5), "postgresql": ("PostgreSQL", 2)}
_WAIT_IN_TURN = {("sqlite", "comment"), ("sqlite", "triage")}
"""What all wait for alike, without a pause between."""
_WITH_PAUSES_MS = {("sqlite", "comment"): 30, ("sqlite", "triage"): 30}
"""The most that each may take where there is one."""
CALL = Figure(f"PostgreSQL, a call of {PROCESSES} writers", "ms", times=0.2)
BARE_CALL = Figure("PostgreSQL, the same, bare", "ms")


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
        **{
            each: Figure(
                f"{name}, {each}, 95 in 100",
                "ms",
                times=None if (dialect, each) in _WAIT_IN_TURN else times,
            )
            for each in ACTIONS
        },
        **{
            paused(each): Figure(
                f"{name}, {each}, a second between, 95 in 100",
                "ms",
                at_most=_WITH_PAUSES_MS.get((dialect, each)),
            )
            for each in ACTIONS
        },
        "refused": Figure(f"{name}, refused as busy", "times", at_most=0),
        "lost": Figure(f"{name}, lost", "incidents", at_most=0),
        "doubled": Figure(f"{name}, numbers given out twice", "numbers", at_most=0),
        "faults": Figure(f"{name}, faults found by db check", "faults", at_most=0),
    }


def paused(action: str) -> str:
    """Return what the figure of an action is kept under where there is a pause between two."""
    return f"{action} with pauses"


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
    like_people = _run("ours", _furnished(store), steps_file, PAUSE)
    for action in ACTIONS:
        yield figure[paused(action)].of(like_people.p95(action))
    yield figure["refused"].of(ours.refused + like_people.refused, bare.refused)
    with closing(Database.at(ours_url)) as database:
        with database.engine.connect() as connection:
            stored = set(connection.execute(select(incidents.c.number)).scalars())
        problems = sum(len(finding.problems) for finding in database.check())
    yield figure["lost"].of(len(set(ours.numbers) - stored))
    yield figure["doubled"].of(len(ours.numbers) - len(set(ours.numbers)))
    yield figure["faults"].of(problems)


def measure_calls(store: Store, folder: Path) -> Iterator[Reading]:
    """Let both programs log calls alone, the bare one also as it was with a counter."""
    steps, files = record(_furnished(store)), (folder / "drawn", folder / "counted")
    for file, each in zip(files, (steps, counted(steps)), strict=True):
        file.write_text(text_of(each))
    drawn, holding = files
    only = ("log",)
    url = _furnished(store)
    with closing(Database.at(url)) as database, database.engine.begin() as connection:
        connection.execute(insert(sequences).values(name="incident", value=0))
    former = _run("bare", url, holding, actions=only).per_incident
    bare = _run("bare", _furnished(store), drawn, actions=only).per_incident
    ours = _run("ours", _furnished(store), drawn, actions=only).per_incident
    yield CALL.of(ours, former)
    yield BARE_CALL.of(bare, former)


def counted(steps: Steps) -> Steps:
    """Return what is sent where a number comes from a counter, and who has it is alone."""
    taking = f"{COUNTED} SET value = value + 1 WHERE name = 'incident' RETURNING value"
    log = [
        Step(taking) if HOLDS in step.statement else step
        for step in steps["log"]
        if not step.statement.startswith(DRAWN)
    ]
    return {**steps, "log": log}


def _furnished(store: Store) -> str:
    url = store.empty()
    with closing(bootstrap.open_database(url, make=True)) as database:
        People.add_to(database, bootstrap.open_services(database))
    return url


def _run(
    kind: str, database_url: str, steps_file: Path, pause: float = 0,
    actions: Sequence[str] = ACTIONS,
) -> Run:  # fmt: skip
    command = [sys.executable, "-m", "tests.benchmarks.writing", kind, database_url, str(SECONDS)]
    how = [str(steps_file), str(pause), *actions]
    with ExitStack() as stack:
        processes = []
        for place in range(PROCESSES):
            process = stack.enter_context(
                subprocess.Popen(
                    [*command, f"writer-{place}", *how],
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


def calls_on_postgres(_product: Product) -> Iterator[Reading]:
    """Let them log calls on a server that keeps its promises."""
    with TemporaryDirectory() as folder, running(Path(folder), {}) as server:
        yield from measure_calls(Databases(server), Path(folder))


PARTS = (
    Part(on_postgres, tuple(figures("postgresql").values())),
    Part(calls_on_postgres, (CALL, BARE_CALL)),
    Part(on_sqlite, tuple(figures("sqlite").values())),
)
