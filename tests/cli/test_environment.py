"""What of the environment counts in the locked-down kiosk."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from eds_tui.cli.environment import clean, is_own_connection, is_spoilt


@pytest.mark.parametrize(
    "name",
    ["TEXTUAL_DRIVER", "PYTHONINSPECT", "LD_PRELOAD", "EDITOR", "VISUAL", "PAGER", "BROWSER",
     "EDS_TUI_DATABASE_URL", "EDS_TUI_CONFIG", "EDS_TUI_DEBUG", "PGHOST", "XDG_CONFIG_HOME"],
)  # fmt: skip
def test_what_would_steer_the_program_is_dropped(name: str) -> None:
    assert clean({name: "x", "TERM": "xterm"}) == {"TERM": "xterm"}


def test_who_where_and_which_terminal_is_kept() -> None:
    kept = {"HOME": "/h", "PATH": "/bin", "LANG": "C.UTF-8", "LC_ALL": "C", "SSH_CONNECTION": "a"}
    assert clean(kept) == kept


@pytest.mark.parametrize(
    ("name", "spoilt"), [("PYTHONPATH", True), ("LD_PRELOAD", True), ("TEXTUAL_FPS", False)]
)
def test_what_was_read_before_a_line_was_run_needs_a_new_start(name: str, spoilt: bool) -> None:
    assert is_spoilt({name: "x"}) is spoilt


def test_a_new_start_does_not_take_pythons_own_language_for_the_terminals() -> None:
    code = "from eds_tui.cli.environment import clean_start; clean_start(); import os;"
    code += "from eds_tui.host.terminals import started_in; print(started_in())"
    environment = {"LANG": "C", "PYTHONPATH": str(Path(__file__).parents[2]), "TERM": "xterm"}
    command = [sys.executable, "-P", "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, check=True, text=True)
    assert ast.literal_eval(done.stdout) == {"LANG": "C", "TERM": "xterm"}


def test_over_ssh_the_connection_is_of_whoever_sits_there() -> None:
    assert is_own_connection({"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"})
    assert not is_own_connection({})
