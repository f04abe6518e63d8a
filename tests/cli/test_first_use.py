"""A database file that is missing is told by every command, and made by those that are for it."""

from __future__ import annotations

import shutil
import signal
from functools import partial
from pathlib import Path

import pytest

from tests.cli.mailing import Mailing, ended
from tests.cli.running import CommandLine
from tests.mail.receiver import receiving

pytestmark = pytest.mark.on_sqlite

COMMANDS = [
    ("account", "list"),
    ("account", "add", "handler", "--name", "A. Handler", "--role", "handler"),
    ("db", "check"),
    ("db", "backup", "eds.backup"),
    ("incidents", "list", "--as", "handler"),
    ("mail", "status"),
    ("message", "list"),
    ("reply", "list"),
    ("school", "list"),
    ("service-level", "show"),
    ("worker", "--once"),
    (),
]


def test_every_command_tells_that_it_is_missing_and_makes_none(tmp_path: Path) -> None:
    file = tmp_path / "mounted" / "eds.db"
    cli = CommandLine(tmp_path, f"sqlite:///{file}")
    for command in COMMANDS:
        result = cli(*command, stdin="a long enough password\n" * 2)
        assert (result.exit_code, result.stdout.strip("\n")) == (1, ""), command
        assert f"There is no database at {file}" in result.stderr, command
        assert "eds-tui db upgrade" in result.stderr, command
    assert cli("doctor").exit_code == 1
    assert not file.parent.exists()

    cli.done("db", "upgrade")
    assert file.stat().st_mode & 0o777 == 0o600
    cli.done("school", "list")


def test_the_default_place_gets_one_at_its_first_start_and_never_again_in_passing(
    tmp_path: Path,
) -> None:
    cli = CommandLine(tmp_path, "")
    folder = tmp_path / "data" / "eds-tui"
    assert "is made at the first start" in cli("doctor").stdout
    assert not folder.exists()
    cli.done("school", "list")
    assert folder.stat().st_mode & 0o777 == 0o700

    for take_away in ((folder / "eds-tui.db").unlink, partial(shutil.rmtree, folder)):
        take_away()
        result = cli("school", "list")
        assert result.exit_code == 1
        assert f"There is no database at {folder / 'eds-tui.db'}" in result.stderr
        assert not (folder / "eds-tui.db").exists()
        assert "is not there, though one was used before" in cli("doctor").stdout
        cli.done("db", "upgrade")


def test_a_worker_waits_for_a_database_that_is_away(tmp_path: Path) -> None:
    cli = CommandLine(tmp_path, f"sqlite:///{tmp_path / 'eds.db'}")
    with receiving() as receiver, Mailing(cli, receiver).worker() as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "There is no database at" in line
        assert "It is tried again every few seconds." in line
        cli.done("db", "upgrade")
        assert "The database is there again." in process.stdout.readline()
        assert ended(process, signal.SIGTERM) == (0, "")
