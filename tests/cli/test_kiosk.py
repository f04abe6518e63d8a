"""On the way to the kiosk: a terminal, a database, somebody who may sign in."""

from __future__ import annotations

import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from eds_tui import bootstrap
from eds_tui.cli.kiosk import NO_SCREEN, NO_TERMINAL
from eds_tui.demo.built import is_built
from eds_tui.domain.first_start import first_start_words, without_password
from eds_tui.host.database_url import sqlite_file
from eds_tui.services.container import Services
from tests.cli.running import CommandLine
from tests.factories import People

START = "import sys; from eds_tui.cli import main; sys.argv = ['eds-tui', {}]; "
REACHED = (
    "import eds_tui.ssh.kiosk\n"
    "def reached(settings, *, demo, **chosen):\n"
    "    print('REACHED', demo, settings.database_url)\n"
    "    print(*sys.modules, sep='\\n')\n"
    "    return 7\n"
    "eds_tui.ssh.kiosk.run_kiosk = reached\n"
    "main()\n"
)


def _reach_kiosk(cli: CommandLine, *arguments: str) -> tuple[int, list[str]]:
    code = START.format(", ".join(map(repr, arguments))) + REACHED
    status, screen = cli.in_terminal(["-c", code])
    return status, screen.decode().splitlines()


@pytest.mark.parametrize("command", [(), ("demo",)])
def test_without_a_terminal_the_way_by_command_is_named(
    cli: CommandLine, people: People, command: tuple[str, ...]
) -> None:
    done = cli.program(*command)

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == f"{NO_TERMINAL}\n"
    assert not (cli.home / "data").exists()


@pytest.mark.on_sqlite
@pytest.mark.parametrize("command", [(), ("demo",)])
@pytest.mark.parametrize("term", ["dumb", "unknown", "", None])
def test_a_terminal_of_which_nothing_is_known_is_refused_before_anything_is_drawn(
    cli: CommandLine, people: People, command: tuple[str, ...], term: str | None
) -> None:
    code = f"import os; os.environ.pop('TERM'); os.environ |= {{'TERM': {term!r}}}; "
    if term is None:
        code = "import os; os.environ.pop('TERM'); "
    start = START.format(", ".join(map(repr, command)))

    status, screen = cli.in_terminal(["-c", code + start + "main()"])

    assert (status, screen.decode().splitlines()) == (1, [NO_SCREEN])
    assert not (cli.home / "data").exists()


@pytest.mark.on_sqlite
def test_where_there_is_no_database_yet_it_is_made_and_the_first_steps_are_told(
    tmp_path: Path,
) -> None:
    at_the_default_place = CommandLine(tmp_path, "")
    url = f"sqlite:///{tmp_path / 'data' / 'eds-tui' / 'eds-tui.db'}"

    status, screen = at_the_default_place.in_terminal(["-m", "eds_tui"])

    assert status == 1
    assert screen.decode().splitlines() == first_start_words(url).splitlines()
    assert at_the_default_place.done("account", "list").splitlines()[1:] == []


@pytest.mark.on_sqlite
def test_a_kiosk_that_others_use_opens_while_the_database_is_away_and_makes_none(
    cli: CommandLine, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'mounted' / 'eds.db'}"

    status, (reached, *_) = _reach_kiosk(cli, "kiosk", "--database", url)

    assert (status, reached) == (7, f"REACHED False {url}")
    assert not (tmp_path / "mounted").exists()


def test_the_first_steps_have_a_line_each_on_a_terminal_of_80_columns(cli: CommandLine) -> None:
    _, *steps = first_start_words(cli.database_url).splitlines()
    assert max(map(len, steps)) <= 78


def test_the_first_steps_work_as_they_are_told(cli: CommandLine, services: Services) -> None:
    words = first_start_words(cli.database_url)
    commands = [line.split(maxsplit=1)[1] for line in words.splitlines() if line[:3] == "  e"]

    for command in commands:
        cli.done(*shlex.split(command), stdin="a long enough password\n")

    assert [account.login for account in services.accounts.all()] == ["09021EDU", "handler"]


def test_the_kiosk_is_reached_without_loading_what_the_database_needs(
    cli: CommandLine, people: People
) -> None:
    status, (reached, *loaded) = _reach_kiosk(cli)

    assert (status, reached) == (7, f"REACHED False {cli.database_url}")
    heavy = {"sqlalchemy", "alembic", "argon2", "phonenumbers"}
    assert not {name.split(".")[0] for name in loaded} & heavy
    rules = {name for name in loaded if name.startswith("eds_tui.domain.")}
    assert rules == {
        f"eds_tui.domain.{name}"
        for name in (
            "appearance",
            "clock",
            "database_url",
            "errors",
            "first_start",
            "text",
            "text_bytes",
        )
    }


@pytest.mark.on_sqlite
def test_an_embedded_database_brings_in_nothing_of_postgresql(
    cli: CommandLine, people: People
) -> None:
    code = START.format("'incidents', 'list', '--as', 'handler'")
    code += "import atexit; atexit.register(lambda: print(*sys.modules, sep='\\n')); main()"

    status, screen = cli.in_terminal(["-c", code])

    loaded = set(screen.decode().split())
    assert status == 0
    assert "sqlalchemy.dialects.sqlite.pysqlite" in loaded
    assert not {name for name in loaded if "postgresql" in name}


def test_a_demonstration_is_made_once_and_said_where(cli: CommandLine) -> None:
    url = f"sqlite:///{cli.home / 'data' / 'eds-tui' / 'demo.db'}"

    first = cli("demo", "--no-open")
    second = cli("demo", "--no-open")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout == second.stdout == f"The demonstration is at {url}\n"
    assert first.stderr == (
        "Making the demonstration, once; while another program writes to it this waits, up to 10"
        " minutes…\n"
    )
    assert second.stderr == ""
    assert _built(url)
    assert not (cli.home / "eds.db").exists()

    status, (reached, *loaded) = _reach_kiosk(cli, "demo")
    assert (status, reached) == (7, f"REACHED True {url}")
    assert "sqlalchemy" not in loaded


@pytest.mark.long
@pytest.mark.long_on_postgres
def test_a_demonstration_made_anew_has_nothing_of_the_old_one(cli: CommandLine) -> None:
    demo = ("demo", "--no-open", "--database", cli.database_url)
    cli.done(*demo)
    cli.done("school", "add", "--portal-number", "99998", "--name", "Mine", "--town", "T")

    cli.done(*demo)
    assert "Mine, T" in cli.done("school", "list")
    cli.done(*demo, "--reset")

    assert "Mine, T" not in cli.done("school", "list")
    assert _built(cli.database_url)


@pytest.mark.parametrize("reset", [(), ("--reset",)])
def test_a_database_that_people_use_is_no_demonstration_though_the_accounts_have_its_names(
    cli: CommandLine, people: People, reset: tuple[str, ...]
) -> None:
    result = cli("demo", "--no-open", "--database", cli.database_url, *reset)

    assert (result.exit_code, result.stdout) == (1, "")
    shown = without_password(cli.database_url)
    assert result.stderr == f"{shown} is in use and no demonstration. Nothing was changed.\n"
    assert "00000EDU" in cli.done("account", "list")


@pytest.mark.parametrize("reset", [(), ("--reset",)])
def test_schools_that_wait_for_their_accounts_are_not_replaced(
    cli: CommandLine, reset: tuple[str, ...]
) -> None:
    cli.done("school", "add", "--portal-number", "99998", "--name", "Mine", "--town", "T")

    result = cli("demo", "--no-open", "--database", cli.database_url, *reset)

    assert (result.exit_code, result.stdout) == (1, "")
    assert "Mine, T" in cli.done("school", "list")


def test_a_file_of_another_kind_is_never_removed(cli: CommandLine, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as foreign:
        foreign.execute("CREATE TABLE groceries (name TEXT)")
    text = tmp_path / "notes.txt"
    text.write_text("Not a database at all.\n" * 99)

    for file in (other, text):
        before = file.stat().st_ino
        result = cli("demo", "--no-open", "--reset", "--database", f"sqlite:///{file}")
        assert (result.exit_code, file.stat().st_ino) == (1, before)
    with closing(sqlite3.connect(other)) as foreign:
        tables = foreign.execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("groceries",)]
    assert text.read_text().startswith("Not a database at all.")


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:////var/lib/eds.db", "/var/lib/eds.db"),
        ("sqlite:///eds.db", "eds.db"),
        ("sqlite+pysqlite:////a b/c%20d.db?timeout=5", "/a b/c d.db"),
        ("sqlite://", None),
        ("postgresql:///eds", None),
    ],
)
def test_the_file_of_a_url_is_the_one_the_database_opens(url: str, file: str | None) -> None:
    assert sqlite_file(url) == (Path(file) if file else None)


def _built(url: str) -> bool:
    database = bootstrap.open_database(url)
    try:
        return is_built(database)
    finally:
        database.close()
