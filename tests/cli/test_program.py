"""The program itself: usage, failures in words, and what it takes to start."""

from __future__ import annotations

import pytest

import eds_tui
from tests.cases import each_case
from tests.cli.running import CommandLine
from tests.stores import file_of

HEAVY = (
    "sqlalchemy",
    "jinja2",
    "smtplib",
    "alembic",
    "argon2",
    "holidays",
    "phonenumbers",
    "textual",
)


def test_the_version_is_told(cli: CommandLine) -> None:
    assert cli.done("--version") == f"eds-tui {eds_tui.__version__}\n"


def test_help_names_every_command(cli: CommandLine) -> None:
    output = cli.done("--help")

    for command in (
        "account",
        "db",
        "demo",
        "incidents",
        "mail",
        "message",
        "reply",
        "school",
        "service-level",
        "worker",
    ):
        assert f"\n  {command}  " in output


@each_case(
    "command",
    [
        *(("account", verb) for verb in ("add", "list", "password", "disable", "enable", "team")),
        *(("incidents", verb) for verb in ("list", "show", "log", "comment", "attachment")),
        *(("incidents", verb) for verb in ("priority", "state", "assign", "note", "confidential")),
        *(("incidents", verb) for verb in ("link", "duplicate", "undo", "history", "why-due")),
        *(("mail", verb) for verb in ("status", "list", "retry")),
        *(("message", verb) for verb in ("list", "show", "preview", "set", "reset")),
        ("worker",),
        *(("reply", verb) for verb in ("add", "list", "remove")),
        *(("service-level", verb) for verb in ("show", "set")),
        *(("school", verb) for verb in ("add", "list")),
        ("db", "upgrade"),
        ("demo",),
        (),
    ],
)
def test_every_command_takes_the_database_and_has_help(
    cli: CommandLine, command: tuple[str, ...]
) -> None:
    assert "--database URL" in cli.done(*command, "-h")


@each_case(
    "arguments",
    [
        ("nonsense",),
        ("--nonsense",),
        ("incidents",),
        ("incidents", "list"),
        ("incidents", "show", "--as", "handler"),
        ("incidents", "show", "first", "--as", "handler"),
        ("incidents", "list", "--as", "handler", "--limit", "0"),
        ("incidents", "attachment", "1", "x", "--as", "handler"),
        ("incidents", "priority", "1", "6", "--as", "handler"),
        ("incidents", "state", "1", "finished", "--as", "handler"),
        ("incidents", "state", "1", "resolved", "--code", "magic", "--as", "handler"),
        ("incidents", "assign", "1", "--as", "handler"),
        ("incidents", "assign", "1", "--to", "handler", "--nobody", "--as", "handler"),
        ("incidents", "confidential", "1", "perhaps", "--reason", "R", "--as", "handler"),
        ("incidents", "confidential", "1", "yes", "--as", "handler"),
        ("incidents", "link", "1", "--as", "handler"),
        ("incidents", "link", "1", "--parent", "2", "--no-parent", "--as", "handler"),
        ("incidents", "duplicate", "1", "--as", "handler"),
        ("account", "add", "x", "--name", "X", "--role", "king"),
        ("school", "list", "--database", ""),
        ("school", "list", "surplus"),
    ],
)
def test_a_command_that_is_not_understood_ends_with_2(
    cli: CommandLine, arguments: tuple[str, ...]
) -> None:
    result = cli(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: ")


@pytest.mark.parametrize(
    "url",
    ["nonsense", "postgresql://u:secret@h/d", "sqlite://", "sqlite:////proc/none/eds.db"],
)
def test_a_database_that_can_not_be_used_is_told_in_words(cli: CommandLine, url: str) -> None:
    done = cli.program("school", "list", "--database", url)

    assert (done.returncode, done.stdout) == (1, b"")
    assert len(done.stderr.splitlines()) == 1
    assert b"Traceback" not in done.stderr
    assert b"secret" not in done.stderr


@pytest.mark.on_sqlite
def test_a_file_that_is_no_database_is_told_and_left_alone(cli: CommandLine) -> None:
    file = file_of(cli.database_url)
    file.write_text("a shopping list, and nothing that SQLite knows\n" * 99)

    done = cli.program("school", "list")

    assert (done.returncode, done.stdout) == (1, b"")
    assert b"Traceback" not in done.stderr
    assert file.read_text().startswith("a shopping list")


def test_an_unexpected_error_is_one_sentence_and_a_traceback_only_on_demand(
    cli: CommandLine,
) -> None:
    cli.done("db", "upgrade")
    code = (
        "import os, sys; {}\nfrom eds_tui.cli import main;"
        "full = os.open('/dev/full', os.O_WRONLY); os.dup2(full, 1);"
        "sys.argv = ['eds-tui', 'school', 'list']; main()"
    )

    status, screen = cli.in_terminal(["-c", code.format("")])
    wish = "os.environ['EDS_TUI_DEBUG'] = '1'"
    _, traceback = cli.in_terminal(["-c", code.format(wish)])

    assert status == 1
    assert screen.decode() == (
        "eds-tui had to stop: No space left on device."
        " With EDS_TUI_DEBUG=1 in the environment it says where.\r\n"
    )
    assert b"Traceback" in traceback


@pytest.mark.parametrize(
    "command", [(), ("account",), ("incidents", "state"), ("reply",), ("service-level", "set")]
)
def test_help_loads_nothing_heavy(cli: CommandLine, command: tuple[str, ...]) -> None:
    code = (
        "import atexit, sys; from eds_tui.cli import main;"
        "atexit.register(lambda: print(*sys.modules, sep='\\n'));"
        f"sys.argv = ['eds-tui', *{command!r}, '--help']; main()"
    )

    status, screen = cli.in_terminal(["-c", code])

    assert status == 0
    loaded = screen.decode().split()
    assert "eds_tui.cli.program" in loaded
    assert not {name.split(".")[0] for name in loaded} & set(HEAVY)
    assert ("eds_tui.cli.incidents" in loaded) is ("incidents" in command)
