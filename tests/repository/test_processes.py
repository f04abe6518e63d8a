"""Several processes on one database file, as several kiosks are."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from eds_tui import bootstrap
from eds_tui.repository import schema
from eds_tui.repository.unit_of_work import Database
from tests.factories import People

PROCESSES = 6
SAVES = 40


def run_together(database_url: str, saves: int) -> list[list[int]]:
    """Let processes go at the same moment and return the numbers that each was given."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.repository.writer", database_url, "00000EDU", str(saves),
             str(process)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for process in range(PROCESSES)
    ]  # fmt: skip
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate() for process in started]
    assert [error for _, error in answers] == [""] * PROCESSES
    return [json.loads(answer) for answer, _ in answers]


@pytest.mark.long
def test_every_save_of_many_processes_succeeds_with_a_number_of_its_own(
    database: Database, people: People, database_url: str
) -> None:
    numbers = run_together(database_url, SAVES)
    assert all(given == sorted(given) for given in numbers)
    assert sorted(number for given in numbers for number in given) == list(
        range(1, PROCESSES * SAVES + 1)
    )


@pytest.mark.long
def test_several_first_starts_at_once_make_one_database(database_url: str) -> None:
    assert run_together(database_url, 0) == [[]] * PROCESSES
    database = bootstrap.open_database(database_url)
    assert schema.is_current(database)
    with database.writing() as work:
        assert work.incidents.next_number() == 1
    database.close()
