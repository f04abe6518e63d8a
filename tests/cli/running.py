"""Ways to run the command line: inside the test, as a program, and as a program in a terminal."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from eds_tui.cli.program import program

PATIENCE = 60
"""Seconds after which a program that hangs is given up."""


@dataclass(frozen=True)
class CommandLine:
    """The command line in a home folder, set to a database by the environment."""

    home: Path
    database_url: str

    @property
    def environment(self) -> dict[str, str]:
        """The variables it runs with."""
        return {
            "EDS_TUI_DATABASE_URL": self.database_url,
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "LANG": "C.UTF-8",
            "TERM": "xterm",
            "PATH": os.environ["PATH"],
        }

    def __call__(self, *arguments: str, stdin: str | bytes = "", **environment: str) -> Result:
        """Run a command inside the test; standard output and error are kept apart."""
        nothing_else: dict[str, str | None] = dict.fromkeys(os.environ)
        runner = CliRunner(env=nothing_else | self.environment | environment)
        return runner.invoke(program, arguments, input=stdin)

    def done(self, *arguments: str, stdin: str | bytes = "") -> str:
        """Run a command that must succeed and return what it printed."""
        result = self(*arguments, stdin=stdin)
        assert result.exit_code == 0, result.output
        return result.stdout

    def log(self, *arguments: str, stdin: str | bytes = "") -> str:
        """Log a complete incident, changed by arguments, and return its number."""
        usual = ("--category", "N", "--impact", "2", "--description", "No internet.")
        return self.done("incidents", "log", *usual, *arguments, stdin=stdin).strip()

    def decide(self, verb: str, *arguments: str, stdin: str = "") -> str:
        """Have the handler do something to an incident, and return what is printed."""
        return self.done("incidents", verb, *arguments, "--as", "handler", stdin=stdin)

    def refused(self, verb: str, *arguments: str) -> str:
        """Have the handler try what must be refused, and return the words."""
        result = self("incidents", verb, *arguments, "--as", "handler")
        assert (result.exit_code, result.stdout) == (1, "")
        return result.stderr

    def shown(self, number: str, login: str) -> dict[str, Any]:
        """Return an incident as ``show --json`` gives it."""
        found = json.loads(self.done("incidents", "show", number, "--as", login, "--json"))
        assert isinstance(found, dict)
        return found

    def python(self, *arguments: str, **environment: str) -> str:
        """Run Python with arguments and return what it printed; a variable set to nothing goes."""
        given = {name: value for name, value in environment.items() if value}
        kept = {name: v for name, v in self.environment.items() if name not in environment}
        return subprocess.run(
            [sys.executable, *arguments],
            capture_output=True,
            env=kept | given,
            timeout=PATIENCE,
            check=True,
            text=True,
        ).stdout

    def program(
        self, *arguments: str | bytes, stdin: bytes = b"", **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        """Run the program itself, with no terminal anywhere."""
        return subprocess.run(
            [sys.executable, "-m", "eds_tui", *arguments],
            input=stdin,
            capture_output=True,
            env=self.environment | environment,
            timeout=PATIENCE,
            check=False,
        )

    def in_terminal(
        self, command: Sequence[str], answers: Sequence[tuple[bytes, bytes]] = ()
    ) -> tuple[int, bytes]:
        """Run Python with arguments in a terminal; return the exit code and all that it showed.

        Args:
            command: Arguments of Python.
            answers: What to wait for on the screen, and what to type then.
        """
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, *command],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=self.environment,
            start_new_session=True,
        )
        os.close(theirs)
        try:
            screen = _converse(ours, list(answers))
            return process.wait(PATIENCE), screen
        finally:
            process.kill()
            process.wait()
            os.close(ours)


def _converse(terminal: int, answers: list[tuple[bytes, bytes]]) -> bytes:
    screen, seen = b"", 0
    while select.select([terminal], [], [], PATIENCE)[0]:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        screen += data
        if answers and answers[0][0] in screen[seen:]:
            seen = len(screen)
            os.write(terminal, answers.pop(0)[1])
    assert not answers, f"never asked for {answers[0][0]!r}: {screen!r}"
    return screen
