"""Who has a file open, in words that tell an administrator what to end first."""

from __future__ import annotations

import pytest

from eds_tui.host.file_users import FileUser

pytestmark = pytest.mark.on_sqlite


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("/usr/bin/sqlite3", "desk.db"), "sqlite3"),
        ((), "a program"),
        (("/venv/bin/python", "/venv/bin/eds-tui"), "a kiosk"),
        (("eds-tui", "demo", "--no-open"), "a kiosk"),
        (("eds-tui", "preload"), "a kiosk"),
        (("eds-tui", "--verbose", "worker"), "a worker"),
        (("/venv/bin/python", "-I", "/venv/bin/eds-tui", "db", "check"), "eds-tui db"),
    ],
)
def test_a_program_that_has_the_file_is_called_what_it_is(
    command: tuple[str, ...], name: str
) -> None:
    assert FileUser(4711, command).name == name
