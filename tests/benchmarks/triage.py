"""What a decision of triage costs, and what a change of the calendar does.

*A priority*: ``p`` and a digit on a row of the queue, from the digit to the last byte it causes;
bare: a cursor move in the same list, before and after each. What is read again a second later is
not waited for.

*Due dates*: another calendar put in force over 10,000 open incidents with three pauses each, from
the call to the stored due dates; bare: a loop that adds up the same stretches of their lives.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import insert

from eds_tui import bootstrap
from eds_tui.domain.account import NewAccount, Role
from eds_tui.domain.calendar import Calendar
from eds_tui.domain.explanation import Kind, explain
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import ON_HOLD, State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.school import NewSchool
from eds_tui.domain.service_hours import Hours
from eds_tui.domain.service_level import Pause
from eds_tui.domain.targets import EXAMPLE
from eds_tui.domain.triage_fields import ClockPause
from eds_tui.repository.tables import incidents
from eds_tui.repository.unit_of_work import Database
from tests.benchmarks.figures import Figure, Reading
from tests.benchmarks.parts import Part
from tests.benchmarks.product import Product, sign_in
from tests.factories import SetClock
from tests.terminal import Terminal

DECISIONS = 7
OPEN = 10_000
NOW = datetime(2026, 6, 10, 10, 52, 0, tzinfo=UTC)

_SEED = 22
_LATER = 1.4
"""Seconds without a byte after which the list has been read again, too."""
_DAYS = 60
_PAUSES = 3
_ROUNDS = 3

PRIORITY_MS = Figure("p and a digit in the queue, settled", "ms", times=2)
PRIORITY_BYTES = Figure("p and a digit in the queue", "bytes")
DUE_DATES = Figure("due dates of 10,000 after a change", "s", at_most=2)

LONGER = replace(EXAMPLE, calendar=Calendar((*((Hours(time(8), time(18)),),) * 5, (), ())))
"""Open an hour longer on weekdays than the example."""

Life = tuple[datetime, Priority, tuple[Pause, ...]]
"""When an incident was logged, its priority and its pauses."""


def measure_priority(product: Product) -> Iterator[Reading]:
    """Decide on what waits for triage, and move the cursor there in between."""
    with product.start() as terminal:
        sign_in(terminal)
        terminal.settle()
        terminal.send("g2")
        terminal.wait_for(r"▸Triage")
        terminal.settle(_LATER)
        answers, moves = [], []
        for _ in range(DECISIONS):
            moves += [terminal.press(key) for key in ("down", "up")]
            terminal.settle(_LATER)
            terminal.send("p")
            terminal.wait_for(r"Priority\?")
            terminal.settle()
            answers.append(terminal.press("3"))
            _require_decision(terminal)
            terminal.settle(_LATER)
    yield PRIORITY_MS.of(
        median(answer.ms for answer in answers), median(answer.ms for answer in moves)
    )
    yield PRIORITY_BYTES.of(
        median(answer.size for answer in answers), median(answer.size for answer in moves)
    )


def _require_decision(terminal: Terminal) -> None:
    terminal.wait_for(r"INC\d{7}: 3 – Medium, In Progress")


def measure_due_dates(_: Product) -> Iterator[Reading]:
    """Put another calendar in force and take it back, several times."""
    lives = _lives(Random(_SEED))
    with TemporaryDirectory() as folder:
        database = bootstrap.open_database(f"sqlite:///{Path(folder) / 'open.db'}", make=True)
        _fill(database, lives)
        services = bootstrap.open_services(database, SetClock(NOW))
        took = []
        for level in (LONGER, EXAMPLE) * _ROUNDS:
            began = perf_counter()
            services.service_levels.change(None, level)
            took.append(perf_counter() - began)
        database.close()
    yield DUE_DATES.of(median(took), _bare_loop(lives))


def _lives(rng: Random) -> list[Life]:
    priorities = (Priority.CRITICAL, Priority.HIGH, Priority.MEDIUM, Priority.LOW)
    lives = []
    for _ in range(OPEN):
        opened = at = NOW - timedelta(minutes=rng.randrange(_DAYS * 24 * 60))
        pauses = []
        for _ in range(_PAUSES):
            began = at + (NOW - at) * rng.random() / 2
            at = began + (NOW - began) * rng.random() / 2
            pauses.append(Pause(began, at))
        lives.append((opened, rng.choice(priorities), tuple(pauses)))
    return lives


def _fill(database: Database, lives: list[Life]) -> None:
    with database.writing() as work:
        school_id = work.schools.add(
            NewSchool(portal_number="00000", name="Test School", town="Test Town")
        )
        new = NewAccount(login="handler", name="A. Handler", role=Role.HANDLER)
        handler_id = work.accounts.add(new, "", NOW)
        work.commit()
    common = {
        "school_id": school_id,
        "category": Category.NETWORK.value,
        "impact": Impact.SITE.value,
        "confidential": False,
        "description": "No internet in the whole building.",
        "contact_name": "Test Bursar",
        "contact_telephone": "",
        "contact_email": "",
        "channel": Channel.PHONE.value,
        "logged_by_id": handler_id,
        "logged_by": "A. Handler",
        "state": State.IN_PROGRESS.value,
        "version": 1,
    }
    holds = sorted(ON_HOLD)
    rows = [_row(number, life, holds) for number, life in enumerate(lives, 1)]
    with database.engine.begin() as connection:
        connection.execute(insert(incidents), [common | row for row in rows])


def _row(number: int, life: Life, holds: list[State]) -> dict[str, Any]:
    opened, priority, pauses = life
    return {
        "number": number,
        "submission": f"open-{number}",
        "opened_at": opened,
        "priority": priority.value,
        "pauses": tuple(
            ClockPause(began=pause.began, ended=pause.ended, state=hold)
            for pause, hold in zip(pauses, holds, strict=True)
        ),
    }


def _bare_loop(lives: list[Life]) -> float:
    """Return the seconds of adding up, for each life, the stretches in which its clock runs."""
    segments = [
        [
            (each.start, each.end, each.kind is Kind.RUNNING)
            for each in explain(opened, LONGER.target(priority), LONGER.calendar, pauses, NOW)
        ]
        for opened, priority, pauses in lives
    ]
    began = perf_counter()
    for life in segments:
        used = timedelta(0)
        for start, end, runs in life:
            if runs:
                used += end - start
    return perf_counter() - began


PARTS = (
    Part(measure_priority, (PRIORITY_MS, PRIORITY_BYTES)),
    Part(measure_due_dates, (DUE_DATES,)),
)
