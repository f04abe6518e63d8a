"""What README and pages show can be typed as it stands there, and the pages are read offline."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from eds_tui.repository.unit_of_work import Database
from tests.cases import at_case
from tests.cli.running import PATIENCE, CommandLine
from tests.factories import PASSWORD
from tests.reading import PAGES, README, commands, documents, page

pytestmark = pytest.mark.on_sqlite

BEGINNING = ("eds-tui school add ", "eds-tui account add ")
"""What the README begins an empty database with."""
GO_ON_AND_ON = ("eds-tui", "eds-tui worker", "eds-tui doctor --keys")
"""Run by tests of their own in a terminal or until they are ended, since they do not end."""
MAY_FIND_FAULTS = ("eds-tui doctor",)
"""End with 1 where the machine of the test has something wrong."""


@pytest.fixture
def shell(cli: CommandLine, tmp_path: Path) -> CommandLine:
    """The command line, with the program found by its name and a place for back-ups."""
    program = tmp_path / "bin" / "eds-tui"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m eds_tui "$@"\n')
    program.chmod(0o755)
    (tmp_path / "backup").mkdir()
    return cli


Ended = tuple[int, str]
"""The exit code of a line, and what came on standard error."""


def run(shell: CommandLine, line: str) -> Ended:
    """Run a line as a shell does, with a password or a description on standard input."""
    path = f"{shell.home / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", as_it_is_here(shell, line)],
        cwd=shell.home,
        env=shell.environment | {"PATH": path},
        input=f"{PASSWORD}\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return done.returncode, done.stderr


def inside(shell: CommandLine, line: str) -> Ended:
    """Run a line in this process, where a shell would do no more than part it."""
    _, *arguments = shlex.split(as_it_is_here(shell, line))
    with contextlib.chdir(shell.home):
        done = shell(*arguments, stdin=f"{PASSWORD}\n")
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.stderr


def means_something_to_a_shell(line: str) -> bool:
    """Return whether it has a sign that does something, or would without its quotes."""
    return not set(line).isdisjoint("=$<>|&;*?~`\\!(){}[]#'")


def as_it_is_here(shell: CommandLine, line: str) -> str:
    """Return a line with the folder of back-ups that the test has."""
    return line.replace("/backup/", f"{shell.home}/backup/")


def test_the_readme_begins_an_empty_database(shell: CommandLine) -> None:
    lines = [line for line in commands(README.read_text()) if line.startswith(BEGINNING)]
    assert len(lines) == 3
    run(shell, "eds-tui db upgrade")
    for line in lines:
        assert run(shell, line) == (0, ""), line
    assert shell.done("account", "list").count("\n") >= 2


@pytest.mark.usefixtures("people", "two_old_incidents")
def test_every_other_command_does_what_it_says_as_it_stands_there(
    shell: CommandLine, database: Database
) -> None:
    # A back-up is only restored while nobody else has the database open.
    database.close()
    lines = [line for text in documents().values() for line in commands(text)]
    wanted = [
        line
        for line in dict.fromkeys(lines)
        if line not in GO_ON_AND_ON and not line.startswith(BEGINNING)
    ]
    assert len(wanted) > 15
    assert any(map(means_something_to_a_shell, wanted))
    for line in wanted:
        with at_case(line):
            by = run if means_something_to_a_shell(line) else inside
            code, error = by(shell, line)
            assert code in ({0, 1} if line in MAY_FIND_FAULTS else {0}), error
            assert "Traceback" not in error


def test_the_pages_are_listed_and_read(cli: CommandLine) -> None:
    listed = cli.done("help")
    topics = sorted(file.stem for file in PAGES.glob("*.md"))
    assert [line.split("  ")[0] for line in listed.splitlines()[2:]] == topics
    for topic in topics:
        assert cli.done("help", topic).rstrip() == page(topic).rstrip()


def test_the_help_of_a_command_is_there_by_the_same_way(cli: CommandLine) -> None:
    for names in (("incidents",), ("incidents", "log"), ("help",)):
        assert cli.done("help", *names) == cli.done(*names, "--help")


def test_a_page_that_is_not_there_is_refused_with_those_that_are(cli: CommandLine) -> None:
    for names in (("nonsense",), ("incidents", "nonsense"), ("../../README",)):
        refused = cli("help", *names)
        assert refused.exit_code == 1
        assert "over-ssh" in refused.stderr
