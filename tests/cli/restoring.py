"""What the tests of ``db restore`` share: a back-up, and what is there after it or without it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import psycopg
import pytest

from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.files import FileShelf
from tests.cli.running import PATIENCE, CommandLine
from tests.factories import People, new_form
from tests.servers import bundled_programs


@pytest.fixture(autouse=True)
def client_programs_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the programs that came with the test's server before all others of their names."""
    monkeypatch.setenv("PATH", str(bundled_programs()), prepend=os.pathsep)


@pytest.fixture
def file(
    cli: CommandLine, services: Services, people: People, database: Database, tmp_path: Path
) -> Path:
    """A back-up of INC0000001 with a file; since it was taken INC0000002 has been logged."""
    (tmp_path / "error.txt").write_text("Error 5")
    attached = FileShelf(tmp_path).choose((), "error.txt")
    services.report.log(people.head, new_form(files=(attached,)))
    file = tmp_path / "monday.backup"
    cli.done("db", "backup", str(file))
    services.report.log(people.head, new_form())
    database.close()
    return file


def numbers(cli: CommandLine) -> list[str]:
    """Return the numbers of the incidents that are there, oldest first."""
    lines = cli.done("incidents", "list", "--as", "handler").splitlines()[1:]
    return [line.split()[0] for line in reversed(lines)]


def refused(cli: CommandLine, file: Path, *options: str) -> str:
    """Try a restoring that must be refused, and return the words; all is as it was."""
    before = numbers(cli)
    result = cli("db", "restore", str(file), *options)
    assert (result.exit_code, result.stdout) == (1, ""), result.output
    assert numbers(cli) == before
    return result.stderr


def flip_a_page(file: Path) -> None:
    """Change every bit of a piece in the middle of a file."""
    content = bytearray(file.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = bytes(each ^ 0xFF for each in content[middle : middle + 4096])
    file.write_bytes(content)


def nobody_else(cli: CommandLine) -> None:
    """Wait until the server has noticed that a client is gone."""
    if not cli.database_url.startswith("postgresql"):
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    with psycopg.connect(cli.database_url, autocommit=True) as connection:
        end = time.monotonic() + PATIENCE
        while (row := connection.execute(others).fetchone()) != (1,):
            assert time.monotonic() < end, row
