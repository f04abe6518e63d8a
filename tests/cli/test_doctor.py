"""``eds-tui doctor``: what is wrong is said in words, and nothing is changed."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest

from eds_tui.cli.kiosk import NO_TERMINAL
from eds_tui.cli.reaching import clock_finding
from eds_tui.repository.unit_of_work import Database
from tests.cli.running import CommandLine
from tests.factories import START, People
from tests.mail.receiver import HOST, receiving
from tests.stores import Store, file_of

pytestmark = pytest.mark.long_on_postgres

SUBJECTS = [
    "terminal", "colours", "characters", "around it", "Esc key", "language", "database", "clock",
    "mail", "files", "drafts", "log", "private files",
]  # fmt: skip


def complaints(cli: CommandLine, **environment: str) -> dict[str, str]:
    """Run the command and return what it asks to be looked at."""
    done = cli("doctor", "--json", **environment)
    assert done.stderr == ""
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["subject"] for each in findings] == SUBJECTS
    found = {
        each["subject"]: f"{each['found']} {each['to_do']}" for each in findings if not each["ok"]
    }
    assert done.exit_code == (1 if found else 0)
    return found


def test_where_all_is_well_each_line_says_so(cli: CommandLine, people: People) -> None:
    done = cli.program("doctor")

    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    assert [line.split(": ")[:2] for line in lines] == [["ok", subject] for subject in SUBJECTS]
    assert complaints(cli) == {}


def test_a_database_without_an_account_or_without_its_schema_is_told(
    cli: CommandLine, store: Store
) -> None:
    assert "eds-tui account add" in complaints(cli)["database"]

    empty = store.empty()
    assert "eds-tui db upgrade" in complaints(cli, EDS_TUI_DATABASE_URL=empty)["database"]
    store.drop(empty)


@pytest.mark.on_sqlite
def test_a_database_that_is_not_there_is_not_made(cli: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "none" / "eds.db"

    assert "is not there" in complaints(cli, EDS_TUI_DATABASE_URL=f"sqlite:///{file}")["database"]

    assert not file.parent.exists()


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    "url",
    [
        "postgresql://eds:geheim@127.0.0.1:1/eds",
        "postgresql://eds@127.0.0.1:1/eds?password=geheim",
        "oracle://eds:geheim@db/eds",
    ],
)
def test_a_database_that_does_not_answer_is_told_without_its_password(
    cli: CommandLine, url: str
) -> None:
    done = cli.program("doctor", EDS_TUI_DATABASE_URL=url)

    assert done.returncode == 1
    assert b"look at this: database: " in done.stdout
    assert b"geheim" not in done.stdout + done.stderr


@pytest.mark.on_postgres
def test_the_clock_is_held_against_the_databases(cli: CommandLine, people: People) -> None:
    assert "as the database's" in cli.program("doctor").stdout.decode()


def test_a_clock_that_is_off_is_told(database: Database) -> None:
    assert not clock_finding(timedelta(seconds=-4)).to_do
    for skew in (timedelta(seconds=-90), timedelta(seconds=90)):
        finding = clock_finding(skew)
        assert "90 seconds off" in finding.found
        assert finding.to_do
    assert not clock_finding(None, newest=START, now=START - timedelta(minutes=4)).to_do
    ahead = clock_finding(None, newest=START, now=START - timedelta(days=4))
    assert "is of 10-06-2026 11:52:00" in ahead.to_do


@pytest.mark.on_sqlite
def test_the_mail_server_is_spoken_to_and_sent_nothing(cli: CommandLine, people: People) -> None:
    with receiving() as receiver:
        settings = {
            "EDS_TUI_SMTP_HOST": HOST,
            "EDS_TUI_SMTP_PORT": str(receiver.port),
            "EDS_TUI_SMTP_SECURITY": "none",
        }
        assert complaints(cli, **settings) == {}
        assert "mail_from" in complaints(cli, EDS_TUI_MAIL_FROM="nobody", **settings)["mail"]
        assert not receiver.received
    assert "can't be used" in complaints(cli, **settings)["mail"]
    assert "smtp_port" in complaints(cli, **settings | {"EDS_TUI_SMTP_PORT": "x"})["mail"]


@pytest.mark.on_sqlite
def test_folders_that_are_missing_or_open_to_others_are_told(
    cli: CommandLine, people: People, tmp_path: Path
) -> None:
    file, open_to_all = tmp_path / "file", tmp_path / "drafts"
    file.write_text("no folder")
    open_to_all.mkdir()
    open_to_all.chmod(0o755)

    found = complaints(cli, EDS_TUI_FILES=str(tmp_path / "none"), EDS_TUI_DRAFTS=str(open_to_all))
    assert "not there" in found["files"]
    assert f"chmod 700 {open_to_all}" in found["drafts"]

    found = complaints(cli, EDS_TUI_FILES=str(file), EDS_TUI_DRAFTS=str(file / "drafts"))
    assert found.keys() == {"files", "drafts"}


@pytest.mark.on_sqlite
def test_of_a_folder_for_each_account_the_one_above_is_looked_at(
    cli: CommandLine, people: People, tmp_path: Path
) -> None:
    above = tmp_path / "above"
    files = str(above / "of-{account}" / "drop")
    assert f"{above} is not there" in complaints(cli, EDS_TUI_FILES=files)["files"]

    above.touch()
    assert f"{above} can't be used" in complaints(cli, EDS_TUI_FILES=files)["files"]

    above.unlink()
    above.mkdir()
    done = cli.program("doctor", EDS_TUI_FILES=files)
    words = f"ok: files: {above} can be used, and in it of-{{account}}/drop is for each account"
    assert words in done.stdout.decode().splitlines()


@pytest.mark.on_sqlite
def test_no_folder_for_files_is_no_complaint(cli: CommandLine, people: People) -> None:
    settings = cli.home / "settings.toml"
    settings.write_text('files = ""')
    done = cli.program("doctor", EDS_TUI_CONFIG=str(settings))
    assert done.returncode == 0
    assert b"ok: files: no folder" in done.stdout


@pytest.mark.on_sqlite
def test_language_and_keys_and_characters_are_told(cli: CommandLine, people: People) -> None:
    found = complaints(cli, LANG="xx_XX.UTF-8", ESCDELAY="9000", EDS_TUI_CHARACTERS="all")

    assert "locale -a" in found["language"]
    assert "ESCDELAY is 9000" in found["Esc key"]
    assert "auto, ascii, unicode" in found["characters"]


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"TERM": "dumb"}, "look at this: terminal: TERM is dumb"),
        ({"TERM": "xterm-256color"}, "ok: colours: 256: TERM is xterm-256color"),
        ({"NO_COLOR": "1"}, "ok: colours: none: NO_COLOR is set"),
        ({"LANG": "C"}, "look at this: characters: ascii: LANG is C"),
        ({"TMUX": "/tmp/t", "SSH_CONNECTION": "a b"}, "ok: around it: tmux in SSH"),
        ({"COLUMNS": "40", "LINES": "9"}, "look at this: size: 40 columns by 9 rows"),
    ],
    ids=str,
)
def test_in_a_terminal_it_is_told_what_the_terminal_is(
    cli: CommandLine, people: People, variables: dict[str, str], words: str
) -> None:
    pairs = " ".join(f"{name}='{value}'" for name, value in variables.items())
    code = f"import os, sys; os.execlp('sh', 'sh', '-c', \"{pairs} {{}} -m eds_tui doctor\")"
    program = code.replace("{}", "'\" + sys.executable + \"'")

    _, screen = cli.in_terminal(["-c", program])

    assert words in " ".join(screen.decode().split())


@pytest.mark.on_sqlite
def test_keys_are_tried_in_a_terminal_only(cli: CommandLine) -> None:
    done = cli.program("doctor", "--keys")

    assert (done.returncode, done.stderr.decode()) == (1, f"{NO_TERMINAL}\n")


@pytest.mark.on_sqlite
def test_what_others_can_read_is_told_with_the_mend(cli: CommandLine, people: People) -> None:
    """The mode alone does not say it: what a folder closes is closed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database, back_up, config = (folder / each for each in ("eds.db", "old.db", "eds.toml"))
        for each in (database, back_up):
            shutil.copyfile(file_of(cli.database_url), each)
        config.write_text('smtp_password = "geheim"')
        (folder / "groceries.txt").write_text("Bread")
        for each in folder.iterdir():
            each.chmod(0o644)
        here = {"EDS_TUI_DATABASE_URL": f"sqlite:///{database}", "EDS_TUI_CONFIG": str(config)}

        assert "private files" not in complaints(cli, **here)
        assert str(back_up) in cli.program("doctor", stdin=b"", **here).stdout.decode()
        folder.chmod(0o755)
        found = complaints(cli, **here)["private files"]

        assert f"others can read {database}, {back_up}, {config} " in found
        assert found.endswith(f"chmod 600 {database} {back_up} {config}")
        assert "geheim" not in found
